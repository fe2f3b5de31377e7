import type { LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { analyse } from '../../graph/index.ts';
import type { Hardware } from '../deviceFacts.ts';
import { LayerFailure } from '../model/layerFailure.ts';

const gigabytes = (bytes: number) => `${(bytes / 1e9).toLocaleString('en', { maximumFractionDigits: 1 })} GB`;
const FLOAT_BYTES = 4;

/**
 * Refuses a training of which a single layer's output is larger than all the memory there is: some native libraries crash where an
 * allocation fails, and take the process along. Everything smaller is tried.
 * @param samples in the training part: a batch is never larger
 * @throws ProblemError `out-of-memory`
 */
export function checkFits(document: LoomDocument, samples: number, hardware: Hardware | undefined): void {
  const total = hardware?.memory?.total;
  if (total === undefined) return;
  const batch = Math.min(document.training.batchSize, samples);
  const { nodes } = analyse({ document, dataset: null });
  let bytes = 0;
  for (const node of nodes.values()) bytes = Math.max(bytes, node.activationBytes * batch);
  if (bytes <= total) return;
  const half = Math.floor((batch * total) / bytes / 2);
  const advice =
    half >= 1
      ? `A batch size of ${half} or less may fit (now ${batch}).`
      : 'Not even a single sample would fit: make the layers smaller.';
  throw new ProblemError({
    code: 'out-of-memory',
    title: 'Out of memory',
    message: `The network does not fit into the memory: the output of one layer alone takes ${gigabytes(bytes)} with a batch of ${batch}, and there are ${gigabytes(total)}. ${advice}`,
    facts: { bytes, total, batch },
  });
}

/** An error of TensorFlow or of JavaScript for lack of memory, as a sentence that helps; any other error as it is. */
export function explainedMemory(error: unknown, batch: number): unknown {
  if (!(error instanceof Error) || error instanceof ProblemError) return error;
  const refused = /OOM when allocating tensor with shape\[([\d,]*)\]/.exec(error.message);
  const thrown = error instanceof LayerFailure ? error.cause : error;
  const noRoom = thrown instanceof RangeError && /allocation failed|typed array length/i.test(error.message);
  if (!refused && !noRoom && !/TF_Status: 8\b|bad_alloc|out of memory/i.test(error.message)) return error;
  const shape = refused?.[1]?.split(',').map(Number) ?? [];
  const bytes = shape.reduce((product, size) => product * size, FLOAT_BYTES);
  const what =
    shape.length > 0 ? `: no room was left for a tensor of ${shape.join('×')} numbers, ${gigabytes(bytes)}` : '';
  return new ProblemError({
    code: 'out-of-memory',
    title: 'Out of memory',
    message: `The memory is full${what}. Use a smaller batch size (now ${batch}) or smaller layers, or close other programs.`,
    facts: { batch, ...(shape.length > 0 && { bytes }) },
    details: error.message,
  });
}
