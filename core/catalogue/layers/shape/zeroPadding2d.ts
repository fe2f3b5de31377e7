import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { ints } from '../../params.ts';
import { wrongRank } from '../../spatial.ts';

/** Rows and columns of zeros around a map. Keras's ((top, bottom), (left, right)) is four numbers here. Left out: data_format. */
export const zeroPadding2d = defineLayer({
  type: 'ZeroPadding2D',
  version: 1,
  family: 'shape',
  glyph: 'pad',
  title: 'Zero padding',
  tag: '2D',
  keywords: ['pad', 'border'],
  doc: 'Puts zeros around a map. With a valid convolution after it, this says exactly where the padding goes.',
  source: { label: 'Keras: ZeroPadding2D', url: 'https://keras.io/api/layers/reshaping_layers/zero_padding2d/' },
  params: {
    padding: ints({
      label: 'Padding',
      help: 'Rows above and below, columns left and right.',
      default: [1, 1, 1, 1],
      boxes: ['top', 'bottom', 'left', 'right'],
      min: 0,
    }),
  },
  inputs: oneIn([3]),
  outputs: oneOut,
  traits: { values: 'input', window: 'position' },
  summary: (p) => (new Set(p.padding).size === 1 ? String(p.padding[0]) : p.padding.join(', ')),
  infer: (p, [input = []]) => {
    const failed = wrongRank('Zero padding', input, 2);
    if (failed !== null) return failed;
    const [height = 0, width = 0, channels = 0] = input;
    const [top = 0, bottom = 0, left = 0, right = 0] = p.padding;
    const shape = [height + top + bottom, width + left + right, channels];
    return {
      ok: true,
      shape,
      arithmetic: [
        `height: ${height} + ${top} + ${bottom} = ${shape[0]}`,
        `width: ${width} + ${left} + ${right} = ${shape[1]}`,
      ],
    };
  },
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (p, c) => {
    const [top = 0, bottom = 0, left = 0, right = 0] = p.padding;
    return c.layers.zeroPadding2d({
      name: c.name,
      padding: [
        [top, bottom],
        [left, right],
      ],
    });
  },
  keras: (p) => ({
    className: 'ZeroPadding2D',
    always: ['padding'],
    args: { padding: [p.padding.slice(0, 2), p.padding.slice(2)] },
  }),
});
