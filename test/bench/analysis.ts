/**
 * How long analysis takes in a graph of 500 layers: from scratch, and after one edit. Run it with
 * `npx esbuild test/bench/analysis.ts --bundle --platform=node --format=esm --log-level=error | node --input-type=module`.
 */
import { applyCommand } from '../../core/commands/index.ts';
import type { LoomDocument } from '../../core/document/index.ts';
import { analyse, createAnalyser } from '../../core/graph/index.ts';
import type { JsonObject } from '../../core/json.ts';
import { Sketch } from '../../core/templates/sketch.ts';

const BLOCKS = 82;

/** A residual network: stem, blocks of conv, norm, ReLU, conv, norm, Add, head. */
function deepResnet(): LoomDocument {
  const conv = { filters: 16, kernelSize: [3, 3], padding: 'same', useBias: false };
  const sketch = new Sketch();
  let last = sketch.chain(null, { column: 0 }, [['Input', { shape: [32, 32, 3] }], ['Conv2D', conv], ['ReLU']]);
  for (let block = 0; block < BLOCKS; block++) {
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
  sketch.chain(last, { column: 3 + BLOCKS * 6 }, [
    ['GlobalAveragePool2D'],
    ['Dense', { units: 10 }],
    ['Softmax'],
    ['Output'],
  ]);
  return sketch.document('Deep', {}, {});
}

function edited(document: LoomDocument, command: string, args: JsonObject): LoomDocument {
  const applied = applyCommand(document, { command, args });
  if (!applied.ok) throw new Error(applied.error.message);
  return applied.value.document;
}

function median(times: number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(2)} ms (worst ${(sorted.at(-1) ?? 0).toFixed(2)} ms)`;
}

function time(rounds: number, work: (round: number) => void): string {
  for (let round = 0; round < 20; round++) work(round);
  const times = Array.from({ length: rounds }, (_, round) => {
    const start = performance.now();
    work(round + 20);
    return performance.now() - start;
  });
  return median(times);
}

const document = deepResnet();
const edits: { readonly [title: string]: (round: number) => LoomDocument } = {
  'one layer moved': (round) => edited(document, 'moveNodes', { positions: { n4: { x: round, y: 500 } } }),
  'one parameter set, shape kept': (round) =>
    edited(document, 'setParam', { nodeId: 'n4', param: 'useBias', value: round % 2 === 0 }),
  'every shape behind it changed': (round) =>
    edited(document, 'setParam', { nodeId: 'n1', param: 'shape', value: [32 + (round % 7), 32, 3] }),
  'a wire removed': (round) => edited(document, 'disconnect', { edgeId: `e${200 + (round % 9)}` }),
};

console.log(`${Object.keys(document.graphs.main?.nodes ?? {}).length} layers`);
console.log(`from scratch: ${time(100, () => void analyse({ document, dataset: null }))}`);
for (const [title, make] of Object.entries(edits)) {
  const versions = Array.from({ length: 120 }, (_, round) => make(round));
  const analyser = createAnalyser();
  analyser({ document, dataset: null });
  console.log(
    `${title}: ${time(100, (round) => void analyser({ document: versions[round] ?? document, dataset: null }))}`,
  );
}
