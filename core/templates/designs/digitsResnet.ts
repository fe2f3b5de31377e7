import { Sketch } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';

/** Post-activation residual blocks of He et al. 2016 (arXiv:1512.03385): identity shortcut, then 1×1 projection (option B). */
export const digitsResnet = defineTemplate({
  id: 'digits-resnet',
  title: 'Digits ResNet',
  description:
    'A residual network in small: one block with an identity shortcut, one with a projection to half the size.',
  tags: ['image', 'classification', 'residual'],
  layers: 22,
  parameters: 19_994,
  create() {
    // No bias: batch norm right behind has an offset of its own.
    const conv = (filters: number, kernel: number, stride = 1) => ({
      filters,
      kernelSize: [kernel, kernel],
      strides: [stride, stride],
      padding: 'same',
      useBias: false,
      kernelInitializer: { name: 'heNormal' },
    });
    // Keras's 0.99 takes hundreds of steps to forget where it began; an epoch here has about 40.
    const norm = { momentum: 0.9 };
    // The residual branches hang below, so that the shortcuts run straight along the trunk.
    const sketch = new Sketch();
    const stem = sketch.chain(null, { column: 0 }, [
      ['Input', { shape: [8, 8, 1] }],
      ['Conv2D', conv(16, 3)],
      ['BatchNorm', norm],
      ['ReLU'],
    ]);
    const first = sketch.chain(stem, { column: 4, row: 1 }, [
      ['Conv2D', conv(16, 3)],
      ['BatchNorm', norm],
      ['ReLU'],
      ['Conv2D', conv(16, 3)],
      ['BatchNorm', norm],
    ]);
    const identity = sketch.layer('Add', { column: 9 }, [first, stem]);
    const joined = sketch.layer('ReLU', { column: 10 }, [identity]);
    const second = sketch.chain(joined, { column: 11, row: 1 }, [
      ['Conv2D', conv(32, 3, 2)],
      ['BatchNorm', norm],
      ['ReLU'],
      ['Conv2D', conv(32, 3)],
      ['BatchNorm', norm],
    ]);
    const shortcut = sketch.chain(joined, { column: 12 }, [
      ['Conv2D', conv(32, 1, 2)],
      ['BatchNorm', norm],
    ]);
    const projection = sketch.layer('Add', { column: 16 }, [second, shortcut]);
    sketch.chain(projection, { column: 17 }, [
      ['ReLU'],
      ['GlobalAveragePool2D'],
      ['Dense', { units: 10 }],
      ['Softmax'],
      ['Output'],
    ]);
    return sketch.document(
      'Digits ResNet',
      { source: { kind: 'builtin', id: 'digits' } },
      { learningRate: 0.005, batchSize: 32, epochs: 12 },
    );
  },
});
