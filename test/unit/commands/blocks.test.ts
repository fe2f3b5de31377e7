import { describe, expect, it } from 'vitest';
import { emptyHistory, record, undo } from '../../../core/commands/index.ts';
import type { LoomDocument } from '../../../core/document/index.ts';
import { blockPorts } from '../../../core/document/index.ts';
import { expand, graphOf } from '../../../core/graph/index.ts';
import { applied, edited, refusal } from '../../edits.ts';
import { graphIn, nestedDesign } from './nestedDesign.ts';

const nested = nestedDesign();
/** With a second use of the block `halves`, wired to the first convolution. */
const twice: LoomDocument = [
  { sourcePort: 'out', targetPort: 'in', source: 'n2', target: 'n9' },
  { sourcePort: 'first', targetPort: 'in', source: 'n9', target: 'n5' },
].reduce(
  (document, wire) => edited(document, 'connect', wire),
  edited(nested, 'addNode', { type: 'Block', params: { graph: 'halves' }, position: { x: 0, y: 300 } }),
);
const wiresAt = (document: LoomDocument, port: string) =>
  Object.values(graphOf(document).edges).filter(({ sourcePort, targetPort }) =>
    [sourcePort, targetPort].includes(port),
  );

describe('a definition', () => {
  it('becomes the one of a single use, and what it holds stays shared', () => {
    const { document } = applied(twice, 'makeUnique', { nodeId: 'n9' });
    const own = String(graphOf(document).nodes.n9?.params.graph);
    expect(graphIn(document, own)).toEqual({ ...graphIn(twice, 'halves'), id: own, name: 'Halves 2' });
    expect(graphOf(document).nodes.n4?.params.graph).toBe('halves');
    expect(expand(document).graph).toEqual(expand(twice).graph);
    expect(refusal(document, 'makeUnique', { nodeId: 'n9' }).code).toBe('block-unique');
  });

  it('is described, and goes when nothing uses it', () => {
    const named = edited(nested, 'setBlock', { graph: 'halves', name: ' Two halves ', doc: 'Splits.', hue: 200 });
    expect(named.graphs.halves).toMatchObject({ name: 'Two halves', doc: 'Splits.', hue: 200 });
    const bare = edited(named, 'setBlock', { graph: 'halves', doc: '', hue: null });
    expect(Object.keys(graphIn(bare, 'halves')).sort()).toEqual(['edges', 'id', 'name', 'nodes']);
    expect(refusal(nested, 'setBlock', { graph: 'halves', name: ' ' }).code).toBe('invalid-name');
    expect(refusal(nested, 'deleteBlock', { graph: 'residual' }).message).toBe(
      '“Residual” is used by “unit” in the block “Stage”. Delete or expand that use first.',
    );
    expect(refusal(nested, 'deleteBlock', { graph: 'main' }).code).toBe('no-such-block');
    const unused = edited(nested, 'deleteItems', { nodeIds: ['n4'], edgeIds: [], relink: false });
    expect(edited(unused, 'deleteBlock', { graph: 'halves' }).graphs.halves).toBeUndefined();
  });
});

describe('a port', () => {
  it('is added behind the others, moved, and named by nobody else', () => {
    const { document, created } = applied(nested, 'addNode', {
      graph: 'halves',
      type: 'BlockOutput',
      position: { x: 0, y: 0 },
    });
    const outputs = (now: LoomDocument) => blockPorts(graphIn(now, 'halves')).outputs.map(({ id }) => id);
    expect(outputs(document)).toEqual(['first', 'second', created[0]]);
    const moved = edited(document, 'movePort', { graph: 'halves', nodeId: created[0] ?? '', order: 0 });
    expect(outputs(moved)).toEqual([created[0], 'first', 'second']);
    expect(outputs(edited(moved, 'movePort', { graph: 'halves', nodeId: 'first', order: 99 })).at(-1)).toBe('first');
    expect(graphOf(moved)).toBe(graphOf(document));
    expect(refusal(nested, 'addNode', { type: 'BlockInput', position: { x: 0, y: 0 } }).code).toBe(
      'block-port-outside',
    );
    expect(refusal(nested, 'movePort', { graph: 'halves', nodeId: 'l', order: 0 }).code).toBe('no-such-port');
  });

  it('takes the wires at every use with it, and undo brings them back', () => {
    expect(wiresAt(twice, 'first')).toHaveLength(2);
    const gone = applied(twice, 'deleteItems', { graph: 'halves', nodeIds: ['first'], edgeIds: [], relink: true });
    expect(wiresAt(gone.document, 'first')).toEqual([]);
    expect(wiresAt(gone.document, 'second')).toHaveLength(1);
    const orders = Object.values(graphOf(gone.document).edges).filter(({ target }) => target === 'n5');
    expect(orders.map(({ order }) => order)).toEqual([0]);
    expect(undo(gone.document, record(emptyHistory, gone))?.document).toEqual(twice);
  });
});
