import { ProblemError } from '../errors.ts';
import { type FailedLayer, LayerFailure } from './model/layerFailure.ts';
import type { EngineMethod } from './protocol.ts';

/** What was being done, as sentences name it. */
export type Task = 'training' | 'evaluation' | 'prediction' | 'export' | 'engine’s work';

/** What a request of the engine is for. */
export function taskOf(method: EngineMethod | string): Task {
  if (method.startsWith('train.')) return 'training';
  if (method.startsWith('export.')) return 'export';
  return method === 'evaluate' ? 'evaluation' : method === 'predict' ? 'prediction' : 'engine’s work';
}

interface Cause {
  readonly code: string;
  readonly words: RegExp;
  /** What is the matter, as the end of a sentence. */
  readonly why: string;
  /** What to do, in whole sentences. */
  readonly advice: string;
}

/** Errors of TensorFlow.js, its kernels and native TensorFlow whose words tell what a person can mend. */
const CAUSES: readonly Cause[] = [
  {
    code: 'out-of-memory',
    words: /\bOOM\b|out of memory|bad_alloc|allocation failed|typed array length|TF_Status: 8\b/i,
    why: 'the memory is full',
    advice: 'Close other programs, or make the layers or the batch smaller.',
  },
  {
    code: 'embedding-range',
    words: /GatherV2|Gather\b|indices\[.*\] = |is not in \[0, ?\d+[\])]|out of (range|bounds)/i,
    why: 'a row is looked up that its table does not have',
    advice:
      'An Embedding wants whole numbers from 0 to its vocabulary less one: make the vocabulary larger than the largest number of the column, and set scaling to none.',
  },
  {
    code: 'device-lacks-operation',
    words:
      /Kernel '?\w+'? not registered|not (yet )?(implemented|supported) (on|for|in|by) (the )?(backend|webgpu|wasm|cpu|tensorflow)/i,
    why: 'the chosen device cannot compute an operation that it needs',
    advice: 'Choose another device in the training settings.',
  },
  {
    code: 'gradient-missing',
    words:
      /Cannot compute gradient|gradient function not found|no gradient defined|Cannot find a connection between any variable/i,
    why: 'it cannot be learnt through: no gradient leads back from the loss',
    advice:
      'Something between the weights and the Output lets no gradient through, such as an Embedding of what another layer works out. Connect the Output to a layer that learns.',
  },
  {
    code: 'shape-refused',
    words: /shape|rank|dimension|incompatible|must match|axis/i,
    why: 'what arrives has a shape that it cannot work with',
    advice:
      'Compare the shapes on its wires with what it wants (select it to see both), and its settings with its defaults.',
  },
];

/**
 * An error of the engine's libraries as a sentence that names the layer and says what to do; their own words go to `details`. Problems and
 * refusals of the operating system come back as they are.
 */
export function explainedFailure(error: unknown, task: Task): unknown {
  if (error instanceof ProblemError || !(error instanceof Error)) return error;
  if (error instanceof LayerFailure && error.cause instanceof ProblemError) return error.cause;
  if ('syscall' in error) return error;
  const layer = error instanceof LayerFailure ? error.layer : null;
  const cause = CAUSES.find(({ words }) => words.test(error.message));
  // Without a layer and without a known cause there is nothing to say that `toProblem` does not say.
  if (layer === null && cause === undefined && task === 'engine’s work') return error;
  return new ProblemError({
    code: cause?.code ?? 'engine-error',
    title: layer === null ? `Failed ${task}` : 'Layer failed',
    message: `${what(layer, task)}${cause === undefined ? '' : `: ${cause.why}`}. ${cause?.advice ?? unknownAdvice(layer)}`,
    ...(layer !== null && { nodeId: layer.nodeId }),
    details: error.message,
    facts: { task, ...(layer !== null && { layer: layer.name }) },
  });
}

function what(layer: FailedLayer | null, task: Task): string {
  return layer === null ? `The ${task} failed` : `The ${task} failed in “${layer.name}” (${layer.title})`;
}

function unknownAdvice(layer: FailedLayer | null): string {
  const take =
    layer === null ? '' : ' Take the layer out, or set it back to its defaults, to see whether the rest works.';
  return `The design rules should have told of this before.${take} Another device in the training settings may do it too; please report it with the details.`;
}
