import type { TfLayer } from '../../catalogue/index.ts';

export interface FailedLayer {
  readonly nodeId: string;
  readonly name: string;
  /** What kind of layer it is, as people call it. */
  readonly title: string;
}

/** An error of TensorFlow.js with the layer in which it came up; the error itself is its `cause`. */
export class LayerFailure extends Error {
  readonly layer: FailedLayer;
  constructor(layer: FailedLayer, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'LayerFailure';
    this.layer = layer;
  }
}

/**
 * Has errors say in which layer of the design they came up: the kernels of TensorFlow.js know of none. Wherever the layer is called, while
 * the model is built and while it computes.
 */
export function nameFailures(layer: TfLayer, of: FailedLayer): void {
  const apply = layer.apply.bind(layer);
  layer.apply = (inputs, kwargs) => {
    try {
      return apply(inputs, kwargs);
    } catch (error) {
      throw error instanceof LayerFailure ? error : new LayerFailure(of, error);
    }
  };
}
