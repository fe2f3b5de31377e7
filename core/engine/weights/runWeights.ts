import { ProblemError } from '../../errors.ts';
import { resolveNetwork } from '../../graph/index.ts';
import { readRunWeights } from '../checkpoint/checkpoint.ts';
import { readRunDocument } from '../checkpoint/runDocument.ts';
import { storedWeight } from '../model/weights.ts';
import type { LayerWeights, WeightSummary } from '../protocol.ts';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';
import { summariseWeight } from './summariseWeight.ts';

/**
 * What a run has learnt, in figures: each layer's weights, in the order of the network. Layers without weights are left out.
 * @param node id of a node of the main graph, whose layers alone are wanted; null for all
 * @throws ProblemError when the run has no such weights, or others than its design, or cannot be read; `cancelled` when the signal says so
 */
export async function runWeights(
  runDir: string,
  which: 'best' | 'last',
  node: string | null,
  signal: AbortSignal,
): Promise<LayerWeights[]> {
  const network = resolveNetwork(await readRunDocument(runDir));
  if (!network.ok) throw new ProblemError(network.error);
  const stored = await readRunWeights(runDir, which);
  const pause = async (): Promise<void> => {
    await yieldToEventLoop();
    signal.throwIfAborted();
  };
  const layers: LayerWeights[] = [];
  for (const { id, name, weights: specs } of network.value.layers) {
    if (specs.length === 0 || (node !== null && !isWithin(id, node))) continue;
    const weights: WeightSummary[] = [];
    for (const spec of specs) {
      const { shape, data } = storedWeight(stored, `${name}/${spec.name}`, spec);
      await pause();
      weights.push({ name: spec.name, shape: [...shape], ...(await summariseWeight(data, pause)) });
    }
    layers.push({ id, name, weights });
  }
  return layers;
}

/** Whether a path of node ids is that of a node, or of something in the block that it uses. */
function isWithin(id: string, node: string): boolean {
  return id === node || id.startsWith(`${node}/`) || id.startsWith(`${node}[`);
}
