import { blockPorts } from '../../../core/document/index.ts';
import { findBlock, Sketch } from '../../../core/library/index.ts';
import type { BlockCase } from './blockCases.ts';

/** A design that is one block: an Input before each of its inputs, an Output behind each of its outputs. */
export function around({ id, inputs, values = {} }: Pick<BlockCase, 'id' | 'inputs' | 'values'>) {
  const block = findBlock(id)?.create();
  const definition = block?.graphs.find((graph) => graph.id === block.root);
  if (block === undefined || definition === undefined) throw new Error(`No block ${id}`);
  const sketch = new Sketch();
  const reads = inputs.map((shape, row) => sketch.layer('Input', { column: 0, row }, [], { shape: [...shape] }));
  const use = sketch.block({ block, values, name: 'use' }, { column: 1 }, reads);
  blockPorts(definition).outputs.forEach(({ name }, row) => {
    sketch.layer('Output', { column: 2, row }, [{ node: use, port: name }], { loss: 'meanSquaredError' });
  });
  return { document: sketch.document('One block', {}, {}), use };
}
