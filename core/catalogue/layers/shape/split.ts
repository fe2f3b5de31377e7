import { formatShape } from '../../../tensor/index.ts';
import { axisFailure, sampleAxis } from '../../axis.ts';
import { oneIn } from '../../commonParams.ts';
import { defineLayer, type Port } from '../../defineLayer.ts';
import { int } from '../../params.ts';

const MOST_PARTS = 16;

/** One output a part, called `part1`, `part2`, … */
function partPorts(parts: number): readonly Port[] {
  const count = Number.isInteger(parts) ? Math.min(Math.max(parts, 2), MOST_PARTS) : 2;
  return Array.from({ length: count }, (_, i) => ({ name: `part${i + 1}`, label: `Part ${i + 1}`, arity: 'one' }));
}

/** Its input in equal parts along one axis, each an output of its own. */
export const split = defineLayer({
  type: 'Split',
  version: 1,
  family: 'shape',
  glyph: 'split',
  title: 'Split',
  keywords: ['chunk', 'slice', 'divide', 'channels', 'several outputs'],
  doc: 'Cuts its input into equal parts along the channels (or another axis), each with an output of its own, so that each can go its own way: grouped branches, gates, cross-stage partial networks. The inverse of Concatenate.',
  source: { label: 'Keras: split', url: 'https://keras.io/api/ops/numpy/#split-function' },
  params: {
    parts: int({
      label: 'Parts',
      help: 'How many equal parts; each is an output.',
      default: 2,
      min: 2,
      max: MOST_PARTS,
    }),
    axis: int({
      label: 'Axis',
      help: 'Axis along which it is cut; −1 is the last (channels), 1 the first after the batch.',
      default: -1,
      min: -8,
      max: 8,
    }),
  },
  inputs: oneIn(),
  outputs: partPorts(2),
  outputPorts: (p) => partPorts(p.parts),
  traits: { activation: 'input', values: 'input' },
  summary: (p) => (p.axis === -1 ? `${p.parts} parts` : `${p.parts} parts · axis ${p.axis}`),
  infer: (p, [input = []]) => {
    const at = sampleAxis(p.axis, input.length);
    if (at === null) return axisFailure('Split', p.axis, input);
    const size = input[at] ?? 0;
    if (size % p.parts === 0) {
      const part = input.map((n, i) => (i === at ? size / p.parts : n));
      return {
        ok: true,
        shape: part,
        others: Array.from({ length: p.parts - 1 }, () => part),
        arithmetic: [`${size} / ${p.parts} = ${size / p.parts}`],
      };
    }
    const fitting = Array.from({ length: MOST_PARTS - 1 }, (_, i) => i + 2).filter((parts) => size % parts === 0);
    const nearest = fitting.sort((a, b) => Math.abs(a - p.parts) - Math.abs(b - p.parts))[0];
    return {
      ok: false,
      failure: {
        code: 'split-uneven',
        title: 'Parts',
        message: `Split cuts axis ${at + 1} of ${formatShape(input)} into ${p.parts} equal parts, but ${size} cannot be divided by ${p.parts}.${nearest === undefined ? '' : ` It can by ${nearest}.`}`,
        param: 'parts',
        facts: { size, parts: p.parts },
        suggestions:
          nearest === undefined
            ? []
            : [{ kind: 'setParam', param: 'parts', value: nearest, label: `Cut it into ${nearest} parts` }],
      },
    };
  },
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (p, c) =>
    c.custom('LoomSplit', { name: c.name, parts: p.parts, axis: sampleAxis(p.axis, c.inputs[0]?.length ?? 1) ?? 0 }),
  keras: (p) => ({
    className: 'Split',
    operation: 'split',
    always: ['indices_or_sections'],
    args: { indices_or_sections: p.parts, axis: p.axis },
  }),
});
