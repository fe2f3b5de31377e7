import { expect, it } from 'vitest';
import type { DatasetSummary } from '../../../core/document/index.ts';
import { analyse, fitToData, type Network, resolveNetwork } from '../../../core/graph/index.ts';
import { BROKEN } from './broken/index.ts';
import { chain, DIGITS, PRICES, type Step, TWO_CLASSES } from './smallDesigns.ts';

function networkOf(document: Parameters<typeof resolveNetwork>[0]): Network {
  const network = resolveNetwork(document);
  if (!network.ok) throw new Error(network.error.message);
  return network.value;
}

/** Sound without data, and at odds with these: what only `fitToData` stands between a run and. */
const MISFITS = BROKEN.filter(
  ({ document, dataset, code }) =>
    dataset !== null &&
    ['data-field', 'input-shape', 'output-rank', 'output-width', 'loss-target'].includes(code) &&
    resolveNetwork(document).ok,
);

it.each(MISFITS.map((broken) => [broken.title, broken] as const))(
  '%s: refused in the words of the rule',
  (_, broken) => {
    if (broken.dataset === null) throw new Error('data');
    const fit = fitToData(networkOf(broken.document), broken.dataset);
    if (fit.ok) throw new Error('it fits');
    expect(fit.error.message).toContain(broken.says);
    expect(analyse(broken).problems).toContainEqual(fit.error);
  },
);

it('knows misfits of all kinds', () => {
  expect(new Set(MISFITS.map(({ code }) => code)).size).toBe(5);
});

const HEADS: readonly { kind: string; dataset: DatasetSummary; layers: readonly Step[] }[] = [
  {
    kind: 'classes',
    dataset: DIGITS,
    layers: [['Flatten'], ['Dense', { units: 10, activation: 'softmax' }], ['Output']],
  },
  {
    kind: 'binary',
    dataset: TWO_CLASSES,
    layers: [
      ['Dense', { units: 1, activation: 'sigmoid' }],
      ['Output', { loss: 'binaryCrossentropy' }],
    ],
  },
  {
    kind: 'numbers',
    dataset: PRICES,
    layers: [
      ['Dense', { units: 1 }],
      ['Output', { loss: 'huber' }],
    ],
  },
];

it.each(HEADS)('$kind: what is read of the data and compared with it', ({ kind, dataset, layers }) => {
  const [input, target] = (['input', 'target'] as const).map((role) => dataset.fields.find((f) => f.role === role));
  const fit = fitToData(networkOf(chain(['Input', { shape: [...(input?.shape ?? [])] }], ...layers)), dataset);
  expect(fit).toMatchObject({ ok: true, value: { inputs: [input], heads: [{ target, kind }] } });
});
