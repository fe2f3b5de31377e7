import { Sketch, uNetDown, uNetUp } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';

const LEVELS = [64, 128, 256, 512] as const;
const BOTTOM = 1024;

/**
 * Ronneberger et al. 2015 (arXiv:1505.04597) with convolutions that keep the size, so that what goes around fits without being cropped: one
 * number for each pixel of a grey picture.
 */
export const uNet = defineTemplate({
  id: 'u-net',
  title: 'U-Net',
  description:
    'Four levels down and up, 31,030,593 parameters: says for each pixel of a grey picture of 256×256 whether it belongs to what is looked for. To study and to export.',
  keepsDrawing: true,
  tags: ['image', 'segmentation', 'skip', 'blocks', 'large'],
  layers: 35,
  parameters: 31_030_593,
  create() {
    const [down, up] = [uNetDown.create(), uNetUp.create()];
    const sketch = new Sketch();
    const conv = { filters: BOTTOM, kernelSize: [3, 3], padding: 'same', activation: 'relu' };
    const kernelInitializer = { name: 'heNormal' };
    let from = sketch.layer('Input', { column: 0 }, [], { shape: [256, 256, 1] });
    const levels = LEVELS.map((filters, level) => {
      const cell = { column: level + 1, row: level };
      const id = sketch.block({ block: down, values: { filters }, name: `down${level + 1}` }, cell, [
        level === 0 ? from : { node: from, port: 'down' },
      ]);
      from = id;
      return { id, filters, level };
    });
    const row = LEVELS.length;
    const bottom = sketch.chain({ node: from, port: 'down' }, { column: row + 1, row }, [
      ['Conv2D', { ...conv, kernelInitializer }],
      ['Conv2D', { ...conv, kernelInitializer }],
    ]);
    const top = levels.toReversed().reduce((below, { id, filters, level }, step) => {
      const cell = { column: row + 3 + step, row: level };
      const use = { block: up, values: { filters }, name: `up${level + 1}` };
      return sketch.block(use, cell, [below, { node: id, port: 'skip' }]);
    }, bottom);
    sketch.chain(top, { column: 2 * row + 3 }, [
      ['Conv2D', { filters: 1, kernelSize: [1, 1], activation: 'sigmoid' }],
      ['Output', { loss: 'meanSquaredError' }],
    ]);
    return sketch.document('U-Net', {}, { learningRate: 0.0001, batchSize: 4, epochs: 50 });
  },
});
