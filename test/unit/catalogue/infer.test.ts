import { describe, expect, it } from 'vitest';
import { checkParams, findLayer, type Inference, listLayers } from '../../../core/catalogue/index.ts';
import type { JsonValue } from '../../../core/json.ts';
import type { Shape } from '../../../core/tensor/index.ts';

function infer(type: string, params: { [name: string]: JsonValue }, ...inputs: Shape[]): Inference {
  const layer = findLayer(type);
  if (layer === undefined) throw new Error(`No layer ${type}.`);
  return layer.infer(checkParams(layer, params).params, inputs);
}

function failure(inference: Inference) {
  if (inference.ok) throw new Error('Expected a failure.');
  return inference.failure;
}

describe('arithmetic', () => {
  it('works out a valid convolution', () => {
    expect(infer('Conv2D', {}, [8, 8, 1])).toMatchObject({
      shape: [6, 6, 32],
      arithmetic: ['⌊(n + 2p − f) / s⌋ + 1, p = 0', '⌊(8 + 2·0 − 3) / 1⌋ + 1 = 6'],
    });
  });

  it('shows each axis where they differ, and where the odd padding goes', () => {
    expect(infer('Conv2D', { padding: 'same', strides: [2, 2] }, [8, 7, 1])).toMatchObject({
      shape: [4, 4, 32],
      arithmetic: ['⌈n / s⌉', 'height: ⌈8 / 2⌉ = 4; p = 0 before, 1 after', 'width: ⌈7 / 2⌉ = 4; p = 1'],
    });
  });
});

describe('failures', () => {
  it('explains a kernel that does not fit, with what would', () => {
    const { code, message, suggestions } = failure(infer('Conv2D', { kernelSize: [5, 3] }, [4, 8, 1]));
    expect(code).toBe('window-too-large');
    expect(message).toContain('along the height the kernel covers 5 positions and the input has 4');
    expect(suggestions).toEqual([
      { kind: 'setParam', param: 'padding', value: 'same', label: 'Set padding to same' },
      { kind: 'setParam', param: 'kernelSize', value: [4, 3], label: 'Shrink the kernel to 4×3' },
    ]);
  });

  it('counts dilation in', () => {
    const { message } = failure(infer('Conv1D', { kernelSize: [3], dilationRate: [4] }, [8, 1]));
    expect(message).toContain('4·(3 − 1) + 1 = 9');
  });

  it('offers a reshape where a convolution gets a vector', () => {
    const { code, suggestions } = failure(infer('Conv2D', {}, [64]));
    expect(code).toBe('rank-mismatch');
    expect(suggestions).toMatchObject([{ kind: 'insertBefore', type: 'Reshape', params: { targetShape: [8, 8, 1] } }]);
  });

  it('names what attention cannot work with', () => {
    const one = failure(infer('MultiHeadAttention', {}, [16]));
    expect(one.message).toContain('its query is 16, of rank 1');
    const apart = failure(infer('MultiHeadAttention', {}, [4, 8], [5, 8], [6, 8]));
    expect(apart.code).toBe('length-mismatch');
    expect(apart.message).toContain('its value 5×8 has 5 positions and its key 6×8 has 6');
    const map = failure(infer('MultiHeadAttention', {}, [4, 8], [2, 3, 8]));
    expect(map.suggestions).toMatchObject([{ input: 1, type: 'Reshape', params: { targetShape: [6, 8] } }]);
  });

  it('says both products where a reshape does not fit', () => {
    const { message, suggestions } = failure(infer('Reshape', { targetShape: [5, 5] }, [4, 6]));
    expect(message).toContain('has 4·6 = 24');
    expect(message).toContain('has 5·5 = 25');
    expect(suggestions).toMatchObject([{ param: 'targetShape', value: [-1] }]);
  });

  it('names groups that divide both channels and filters', () => {
    const { message, suggestions } = failure(infer('Conv2D', { filters: 8, groups: 4 }, [8, 8, 6]));
    expect(message).toContain('6 channels divided by 4 leave 2 over');
    expect(suggestions).toMatchObject([{ param: 'groups', value: 2 }]);
  });

  it('offers a projection for a residual sum of two widths', () => {
    const { suggestions } = failure(infer('Add', {}, [8, 8, 16], [4, 4, 32]));
    expect(suggestions).toMatchObject([{ input: 0, type: 'Conv2D', params: { filters: 32, strides: [2, 2] } }]);
  });

  it('stretches a gate in Multiply, not in Add', () => {
    expect(infer('Multiply', {}, [8, 8, 4], [1, 1, 4])).toMatchObject({ ok: true, shape: [8, 8, 4] });
    expect(failure(infer('Add', {}, [8, 8, 4], [1, 1, 4])).code).toBe('merge-shape-mismatch');
  });

  it.each([
    [
      'Concatenate',
      {},
      [
        [4, 4, 2],
        [2, 2, 2],
      ],
      'UpSampling2D',
    ],
    ['Concatenate', {}, [[8], [2, 2, 2]], 'Flatten'],
  ] as const)('%s offers what makes the inputs fit', (type, params, inputs, fix) => {
    expect(failure(infer(type, params, ...inputs)).suggestions?.[0]).toMatchObject({ type: fix });
  });

  it('refuses what TensorFlow refuses', () => {
    expect(failure(infer('Conv2D', { strides: [2, 2], dilationRate: [2, 2] }, [9, 9, 1])).code).toBe(
      'strides-with-dilation',
    );
    expect(failure(infer('DepthwiseConv2D', { strides: [1, 2] }, [9, 9, 1])).code).toBe('unequal-strides');
    expect(failure(infer('Permute', { dims: [1, 1] }, [2, 3])).code).toBe('invalid-permutation');
    expect(failure(infer('BatchNorm', { axis: 0 }, [4])).message).toContain('axis 0 is the batch');
  });
});

describe('every layer', () => {
  const shapes: Shape[][] = [[], [[]], [[3]], [[3, 4]], [[3, 4, 5]], [[2, 3, 4, 5]], [[3], [4, 5]], [[1], [1], [1]]];
  it.each(listLayers().map((layer) => layer.type))('%s answers for any input without throwing', (type) => {
    for (const inputs of shapes) {
      const inference = infer(type, {}, ...inputs);
      if (!inference.ok) expect(inference.failure.message).toMatch(/[.!?]$/);
    }
  });
});
