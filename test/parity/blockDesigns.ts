import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Graph, type LoomDocument, parseDocument } from '../../core/document/index.ts';
import { Sketch } from '../../core/library/index.ts';

/** Blocks in blocks, repeated, with two outputs: a file made by hand. */
export function nestedDesign(): LoomDocument {
  const read = parseDocument(readFileSync(join(import.meta.dirname, '../fixtures/blocks/nested.loom'), 'utf8'));
  if (!read.ok) throw new Error(read.error.message);
  return read.value.document;
}

const integer = (usual: number) => ({ kind: 'integer', default: usual });

/** Parameters of every kind, formulas over them, values that differ by repetition, several ports in series. */
export function formulasDesign(): LoomDocument {
  const unit = new Sketch();
  const convolved = unit.chain(unit.input('in', { column: 0 }), { column: 1 }, [
    [
      'Conv2D',
      {
        filters: '=filters',
        strides: ['=stride', '=stride'],
        padding: '=border',
        activation: '=act',
        kernelInitializer: '=init',
        useBias: '=bias and not bare',
      },
    ],
    ['Conv2D', { filters: '=filters / 2', kernelSize: ['=stride == 1 ? 3 : 1', 1], padding: 'same' }],
    ['Dropout', { rate: '=share * (i + 1) / n' }],
  ]);
  unit.output('out', { column: 5 }, convolved);
  const unitBlock = block(unit, 'unit', {
    filters: integer(8),
    stride: integer(1),
    border: { kind: 'choice', default: 'same', options: ['same', 'valid'] },
    act: { kind: 'activation', default: 'relu' },
    init: { kind: 'initializer', default: { name: 'glorotUniform' } },
    bias: { kind: 'flag', default: true },
    bare: { kind: 'flag', default: false },
    share: { kind: 'number', default: 0.25 },
  });

  const pair = new Sketch();
  const left = pair.chain(pair.input('left', { column: 0 }), { column: 1 }, [
    ['Conv2D', { filters: '=width', padding: 'same' }],
  ]);
  const right = pair.chain(pair.input('right', { column: 0, row: 1 }), { column: 1, row: 1 }, [['BatchNorm']]);
  pair.output('left_out', { column: 3 }, left);
  pair.output('right_out', { column: 3, row: 1 }, right);
  const pairBlock = block(pair, 'pair', { width: integer(2) });

  const stage = new Sketch();
  const repeated = stage.block(
    {
      block: unitBlock,
      name: 'units',
      repeat: '=depth',
      values: { filters: '=width * 2 * (i + 1)', stride: '=i == 0 ? 2 : 1', act: '=act', share: '=i / n' },
    },
    { column: 1 },
    [stage.input('in', { column: 0 })],
  );
  const parts = stage.layer('Split', { column: 2 }, [repeated], { parts: 2 });
  const twice = stage.block(
    { block: pairBlock, name: 'pairs', repeat: 2, values: { width: '=width + 1' } },
    { column: 3 },
    [
      { node: parts, port: 'part1' },
      { node: parts, port: 'part2' },
    ],
  );
  const joined = stage.layer('Concatenate', { column: 4 }, [
    { node: twice, port: 'right_out' },
    { node: twice, port: 'left_out' },
  ]);
  stage.output('out', { column: 5 }, joined);
  const stageBlock = block(stage, 'stage', {
    width: integer(4),
    depth: integer(2),
    act: { kind: 'activation', default: 'relu' },
  });

  const main = new Sketch();
  main.chain(null, { column: 0 }, [
    ['Input', { shape: [8, 8, 1] }],
    {
      block: unitBlock,
      name: 'stem',
      values: { act: 'swish', init: { name: 'truncatedNormal', mean: 0, stddev: 0.1 }, bare: true },
    },
    { block: stageBlock, name: 'first', values: { act: 'leakyRelu' } },
    { block: stageBlock, name: 'second', values: { width: 6, depth: 4 } },
    ['GlobalAveragePool2D'],
    ['Dense', { units: 10, activation: 'softmax' }],
    ['Output'],
  ]);
  return main.document('Formulas', { source: { kind: 'builtin', id: 'digits' } }, { epochs: 1 });
}

function block(sketch: Sketch, id: string, parameters: Graph['parameters']) {
  return { graphs: sketch.definition(id, { name: id, ...(parameters && { parameters }) }), root: id };
}
