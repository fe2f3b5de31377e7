import type { JsonValue } from '../../core/json.ts';
import type { Shape } from '../../core/tensor/index.ts';

/** One layer with one set of parameters on given input shapes: what the conformance and the parity suites run over. */
export interface LayerCase {
  readonly type: string;
  /** What is special about it; names the test together with the type. */
  readonly name: string;
  readonly params: { readonly [name: string]: JsonValue };
  readonly inputs: readonly Shape[];
  /** Inputs are whole numbers below this (an embedding's indices); they have no gradient. */
  readonly integersBelow?: number;
  /**
   * Inputs are whole multiples of 0.5, so that there are zeros and ties, where functions have kinks. Gradients there are a choice: they are
   * compared with Keras's, and not with finite differences.
   */
  readonly coarse?: boolean;
  /** Random by design, so that only shapes, not values, can agree with Keras. */
  readonly random?: boolean;
  /** Keras takes the output penalty of this layer and forgets it. */
  readonly kerasDropsPenalty?: boolean;
  /** Weights whose gradient is zero whatever they are, so that nothing but rounding can be compared. */
  readonly zeroGradients?: readonly string[];
  /** Largest difference allowed against Keras, relative to the values' size; 2e-5 unless told. */
  readonly tolerance?: number;
}

/** Cases of one type: [name, params, input shapes, options]. */
export function cases(
  type: string,
  ...rows: readonly [
    name: string,
    params: LayerCase['params'],
    inputs: LayerCase['inputs'],
    options?: Partial<LayerCase>,
  ][]
): readonly LayerCase[] {
  return rows.map(([name, params, inputs, options]) => ({ type, name, params, inputs, ...options }));
}
