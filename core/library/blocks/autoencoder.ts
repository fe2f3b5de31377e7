import { defineBlock } from '../defineBlock.ts';
import { activation, count } from '../parameters.ts';

const SHARED = {
  source: { label: 'Hinton & Salakhutdinov 2006', url: 'https://doi.org/10.1126/science.1127647' },
  hue: 120,
  tags: ['autoencoder', 'code', 'bottleneck', 'compression', 'dimension'],
} as const;
const hidden = count('Hidden units', 128, 'Of the layer between the numbers and their code.');
const inside = activation('relu', 'Of the hidden layer.');
const dense = (units: string, activate: string, name: string) =>
  ['Dense', { units, activation: activate, kernelInitializer: { name: 'glorotUniform' } }, name] as const;

/** The half that makes a short code of a sample. */
export const autoencoderEncoder = defineBlock({
  ...SHARED,
  id: 'autoencoder-encoder',
  title: 'Autoencoder, encoder',
  glyph: 'flatten',
  doc: 'Makes a short code of whatever arrives: all numbers in one row, a hidden layer, and as few numbers as the code is to have. With the decoder behind it, and what arrives as the target, the code learns what matters.',
  parameters: {
    hidden,
    code: count('Code', 16, 'Numbers that stand for a sample.'),
    activation: inside,
  },
  draw(sketch) {
    const from = sketch.input('in', { column: 0 });
    const end = sketch.chain(from, { column: 1 }, [
      ['Flatten', {}, 'flatten'],
      dense('=hidden', '=activation', 'hidden'),
      dense('=code', 'linear', 'code'),
    ]);
    sketch.output('code', { column: 4 }, end);
  },
});

/** The half that makes a sample of its code. */
export const autoencoderDecoder = defineBlock({
  ...SHARED,
  id: 'autoencoder-decoder',
  title: 'Autoencoder, decoder',
  glyph: 'dense',
  doc: 'Makes of a short code all the numbers that it was made of.',
  parameters: {
    hidden,
    outputs: count('Outputs', 64, 'Numbers that a sample has.'),
    activation: inside,
    outputActivation: activation(
      'sigmoid',
      'Of what comes out: sigmoid for pixels, none for other numbers.',
      'Last activation',
    ),
  },
  draw(sketch) {
    const from = sketch.input('code', { column: 0 });
    const end = sketch.chain(from, { column: 1 }, [
      dense('=hidden', '=activation', 'hidden'),
      dense('=outputs', '=outputActivation', 'outputs'),
    ]);
    sketch.output('out', { column: 3 }, end);
  },
});
