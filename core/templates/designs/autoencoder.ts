import { autoencoderDecoder, autoencoderEncoder, Sketch } from '../../library/index.ts';
import { defineTemplate } from '../defineTemplate.ts';

/** A small relative of Hinton & Salakhutdinov 2006 (doi:10.1126/science.1127647), trained in one go. */
export const autoencoder = defineTemplate({
  id: 'autoencoder',
  title: 'Autoencoder',
  description: 'Pictures of 8×8 become a code of 16 numbers and pictures again, 20,816 parameters.',
  tags: ['image', 'autoencoder', 'code', 'blocks'],
  layers: 6,
  parameters: 20_816,
  create() {
    const sketch = new Sketch();
    sketch.chain(null, { column: 0 }, [
      ['Input', { shape: [8, 8, 1] }],
      { block: autoencoderEncoder.create(), name: 'encoder' },
      { block: autoencoderDecoder.create(), name: 'decoder' },
      ['Reshape', { targetShape: [8, 8, 1] }],
      ['Output', { loss: 'meanSquaredError' }],
    ]);
    return sketch.document('Autoencoder', {}, { learningRate: 0.002, batchSize: 32, epochs: 30 });
  },
});
