import { expect, it } from 'vitest';
import { writeKerasCode } from '../../../core/codegen/index.ts';
import type { LoomDocument } from '../../../core/document/index.ts';
import { listBlocks, Sketch } from '../../../core/library/index.ts';
import { TEMPLATES } from '../../../core/templates/index.ts';
import { BLOCK_CASES } from '../library/blockCases.ts';

/** The functions of a program's network: those of its blocks stand before `build_model`. */
function functionsIn(document: LoomDocument): readonly string[] {
  const code = writeKerasCode({ ...document, data: { ...document.data, source: { kind: 'none' } } }, null);
  const all = [...code.matchAll(/^def (\w+)/gm)].map(([, name = '']) => name);
  return all.slice(0, all.indexOf('build_model') + 1);
}

it.each(TEMPLATES.map((template) => [template.id, template] as const))(
  '%s: a function for each of its blocks',
  (_, template) => {
    const document = template.create();
    const functions = functionsIn(document);
    expect(functions).toHaveLength(Object.keys(document.graphs).length);
  },
);

it.each(listBlocks().map((block) => [block.id, block] as const))('the block %s is a function', (id, block) => {
  const { inputs } = BLOCK_CASES.find((one) => one.id === id) ?? { inputs: [] };
  const sketch = new Sketch();
  const reads = inputs.map((shape, row) => sketch.layer('Input', { column: 0, row }, [], { shape: [...shape] }));
  const use = sketch.block({ block: block.create() }, { column: 1 }, reads);
  sketch.layer('Output', { column: 2 }, [use], { loss: 'meanSquaredError' });
  const document = sketch.document('One block', {}, {});
  expect(functionsIn(document)).toHaveLength(Object.keys(document.graphs).length);
});
