/** How long analysis takes in graphs of 500 and 1,000 layers: from scratch, and after one edit. */
import { type LoomDocument, parseDocument } from '../../core/document/index.ts';
import { analyse, createAnalyser } from '../../core/graph/index.ts';
import { Sketch } from '../../core/library/index.ts';
import { manyLayers } from '../e2e/manyLayers.ts';
import { edited } from '../edits.ts';

/** A residual network: stem, blocks of conv, norm, ReLU, conv, norm, Add, head. */
function deepResnet(blocks: number): LoomDocument {
  const conv = { filters: 16, kernelSize: [3, 3], padding: 'same', useBias: false };
  const sketch = new Sketch();
  let last = sketch.chain(null, { column: 0 }, [['Input', { shape: [32, 32, 3] }], ['Conv2D', conv], ['ReLU']]);
  for (let block = 0; block < blocks; block++) {
    const column = 3 + block * 6;
    const branch = sketch.chain(last, { column, row: 1 }, [
      ['Conv2D', conv],
      ['BatchNorm'],
      ['ReLU'],
      ['Conv2D', conv],
      ['BatchNorm'],
    ]);
    last = sketch.layer('Add', { column: column + 5 }, [branch, last]);
  }
  sketch.chain(last, { column: 3 + blocks * 6 }, [
    ['GlobalAveragePool2D'],
    ['Dense', { units: 10 }],
    ['Softmax'],
    ['Output'],
  ]);
  return sketch.document('Deep', {}, {});
}

function median(times: number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(2)} ms (worst ${(sorted.at(-1) ?? 0).toFixed(2)} ms)`;
}

function once(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function time(rounds: number, work: (round: number) => void): string {
  for (let round = 0; round < 20; round++) work(round);
  return median(Array.from({ length: rounds }, (_, round) => once(() => work(round + 20))));
}

/** Every layer a problem: Dense layers with no activation between them. */
function linearChain(): LoomDocument {
  const parsed = parseDocument(manyLayers(1000));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.document;
}

/** A design with no object in common with another, as one from a file. */
const copyOf = (document: LoomDocument): LoomDocument => structuredClone(document);

const edits = (document: LoomDocument): { readonly [title: string]: (round: number) => LoomDocument } => ({
  'one layer moved': (round) => edited(document, 'moveNodes', { positions: { n4: { x: round, y: 500 } } }),
  'one parameter set, shape kept': (round) =>
    edited(document, 'setParam', { nodeId: 'n4', param: 'useBias', value: round % 2 === 0 }),
  'every shape behind it changed': (round) =>
    edited(document, 'setParam', { nodeId: 'n1', param: 'shape', value: [32 + (round % 7), 32, 3] }),
  'a wire removed': (round) => edited(document, 'disconnect', { edgeId: `e${200 + (round % 9)}` }),
});

const deep = deepResnet(164);
const linear = linearChain();
for (const [title, document] of [
  ['residual', deep],
  ['linear', linear],
] as const) {
  const copies = Array.from({ length: 40 }, () => copyOf(document));
  const layers = Object.keys(document.graphs.main?.nodes ?? {}).length;
  const first = once(() => void analyse({ document, dataset: null }));
  console.log(`${title}, ${layers} layers, the first: ${first.toFixed(2)} ms`);
  const scratch = time(20, (round) => void analyse({ document: copies[round] ?? document, dataset: null }));
  console.log(`${title}, ${layers} layers, from scratch: ${scratch}`);
}
for (const [title, make] of Object.entries(edits(deep))) {
  const versions = Array.from({ length: 120 }, (_, round) => make(round));
  const analyser = createAnalyser();
  analyser({ document: deep, dataset: null });
  console.log(
    `residual, ${title}: ${time(100, (round) => void analyser({ document: versions[round] ?? deep, dataset: null }))}`,
  );
}
