import { sizeOf } from '../../../tensor/index.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { choice, ints } from '../../params.ts';
import { wrongRank } from '../../spatial.ts';

type Interpolation = 'nearest' | 'bilinear' | 'bicubic' | 'lanczos3' | 'lanczos5';

/**
 * Enlarges maps by whole factors. Interpolation uses half-pixel centres, as Keras does; the bilinear form of TensorFlow.js's own
 * layer is asymmetric. Left out: data_format.
 */
export const upSampling2d = defineLayer({
  type: 'UpSampling2D',
  version: 1,
  family: 'shape',
  glyph: 'upsample',
  title: 'Upsample',
  tag: '2D',
  keywords: ['upsampling', 'resize', 'enlarge', 'decoder', 'unet'],
  doc: 'Makes maps larger without weights. Followed by a convolution it is the usual step up in decoders and U-nets.',
  source: { label: 'Keras: UpSampling2D', url: 'https://keras.io/api/layers/reshaping_layers/up_sampling2d/' },
  params: {
    size: ints({
      label: 'Factor',
      help: 'How many times larger.',
      default: [2, 2],
      boxes: ['height', 'width'],
      min: 1,
    }),
    interpolation: choice<Interpolation>({
      label: 'Interpolation',
      help: 'How the pixels between are made.',
      default: 'nearest',
      options: [
        { value: 'nearest', label: 'nearest', help: 'Repeats pixels.' },
        { value: 'bilinear', label: 'bilinear', help: 'Straight lines between pixels.' },
        { value: 'bicubic', label: 'bicubic', help: 'Keys cubic over 4 pixels.' },
        { value: 'lanczos3', label: 'Lanczos 3', help: 'Windowed sinc over 6 pixels.' },
        { value: 'lanczos5', label: 'Lanczos 5', help: 'Windowed sinc over 10 pixels.' },
      ],
    }),
  },
  inputs: oneIn([3]),
  outputs: oneOut,
  traits: {
    values: (p) => (p.interpolation === 'nearest' ? 'input' : 'computed'),
    window: (p) => ({ size: [1, 1], strides: p.size.map((factor) => 1 / factor), dilation: [1, 1] }),
  },
  summary: (p) =>
    [p.size.join('×'), p.interpolation === 'nearest' ? null : p.interpolation].filter(Boolean).join(' · '),
  infer: (p, [input = []]) => {
    const failed = wrongRank('Upsample', input, 2);
    if (failed !== null) return failed;
    const [height = 0, width = 0, channels = 0] = input;
    const [sh = 1, sw = 1] = p.size;
    return {
      ok: true,
      shape: [height * sh, width * sw, channels],
      arithmetic: [`height: ${height} · ${sh} = ${height * sh}`, `width: ${width} · ${sw} = ${width * sw}`],
    };
  },
  weights: () => [],
  cost: (p, _, output) => {
    const taps = { nearest: 0, bilinear: 2, bicubic: 4, lanczos3: 6, lanczos5: 10 }[p.interpolation];
    return { macs: sizeOf(output) * taps * taps };
  },
  tf: (p, c) =>
    c.mode === 'export' && p.interpolation === 'nearest'
      ? c.layers.upSampling2d({ name: c.name, size: [...p.size], interpolation: 'nearest' })
      : c.custom('LoomUpSampling2D', { name: c.name, size: p.size, interpolation: p.interpolation }),
  keras: (p) => ({ className: 'UpSampling2D', args: { size: p.size, interpolation: p.interpolation } }),
});
