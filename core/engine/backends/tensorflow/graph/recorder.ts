import type * as tf from '@tensorflow/tfjs-core';
import { type Draw, withPerStepListener } from '../../../train/step/perStep.ts';
import type { Attr, Binding, NativeBackend, Output } from '../kernels/native.ts';

export interface RecordedOperation {
  readonly name: string;
  readonly attrs: readonly Attr[];
  /** Numbers of tensors. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** A tensor made of numbers from JavaScript while recording. `draw` makes those of another step; null for a constant. */
export interface RecordedValues {
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly values: ArrayBufferView;
  readonly draw: Draw | null;
}

export interface Recording {
  readonly operations: readonly RecordedOperation[];
  readonly made: ReadonlyMap<number, RecordedValues>;
  /** Number of the tensor that the recorded function returned. */
  readonly result: number;
  /** Why this is not all that the function did: it read a tensor back, so that what follows may hang on its values. */
  readonly readBack: boolean;
}

/**
 * Runs a function and writes down every operation that it has TensorFlow run, by standing between the backend and its binding. `after`
 * is called before the function's tensors are disposed of.
 */
export function record(native: NativeBackend, run: () => tf.Tensor, after: () => void): Recording {
  const operations: RecordedOperation[] = [];
  const made = new Map<number, RecordedValues>();
  const draws = new Map<object, Draw>();
  let readBack = false;
  const { binding } = native;
  const listening: Binding = Object.create(binding, {
    executeOp: {
      value: (name: string, attrs: readonly Attr[], inputs: readonly number[], count: number): readonly Output[] => {
        const outputs = binding.executeOp(name, attrs, inputs, count);
        operations.push({ name, attrs, inputs: [...inputs], outputs: outputs.map(({ id }) => id) });
        return outputs;
      },
    },
    createTensor: {
      value: (shape: readonly number[], dtype: number, values: ArrayBufferView): number => {
        const id = binding.createTensor(shape, dtype, values as Float32Array);
        const draw = draws.get(values) ?? null;
        // Constants are copied: whoever made them may use the array again.
        made.set(id, { shape: [...shape], dtype, values: draw ? values : structuredClone(values), draw });
        return id;
      },
    },
    tensorDataSync: {
      value: (id: number) => {
        readBack = true;
        return binding.tensorDataSync(id);
      },
    },
  });
  native.binding = listening;
  try {
    return withPerStepListener({ entered: (values, draw) => draws.set(values, draw) }, () => {
      const tensor = run();
      const [result = -1] = native.getInputTensorIds([tensor]);
      after();
      tensor.dispose();
      return { operations, made, result, readBack };
    });
  } finally {
    native.binding = binding;
  }
}
