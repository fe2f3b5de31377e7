import { describe, expect, it } from 'vitest';
import { emptyDocument, type Graph, type LoomDocument } from '../../../core/document/index.ts';
import { analyse, graphOf } from '../../../core/graph/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';
import { applied, edited, refusal } from '../../edits.ts';
import { graphIn, nestedDesign } from './nestedDesign.ts';

const nested = nestedDesign();
const stage = graphIn(nested, 'stage');
const residual = graphIn(nested, 'residual');
const renamed = (graph: Graph, id: string): Graph => ({ ...graph, id });
const withGraph = (document: LoomDocument, graph: Graph): LoomDocument => ({
  ...document,
  graphs: { ...document.graphs, [graph.id]: graph },
});
const add = (document: LoomDocument, root: string, ...definitions: readonly Graph[]) =>
  applied(document, 'addBlock', { definitions, root, position: { x: 10, y: 20 } });
const useIn = (document: LoomDocument, [id = '']: readonly string[]) => graphOf(document).nodes[id];

describe('a block that comes into a document', () => {
  it('brings the definitions it needs and is named after its own', () => {
    const { document, created, label } = add(emptyDocument(), 'stage', stage, residual);
    expect(document.graphs).toMatchObject({ stage, residual });
    expect(useIn(document, created)).toMatchObject({ name: 'stage_1', params: { graph: 'stage' } });
    expect(label).toBe('Add Stage');
    const twice = add(document, 'stage', stage, residual);
    expect(useIn(twice.document, twice.created)?.name).toBe('stage_2');
    expect(Object.keys(twice.document.graphs)).toEqual(Object.keys(document.graphs));
  });

  it('uses what the document has, whatever it is called there, and nothing that only has the same id', () => {
    const own = withGraph(emptyDocument(), renamed(residual, 'mine'));
    const merged = add(own, 'stage', stage, residual).document;
    expect(Object.keys(merged.graphs).sort()).toEqual(['main', 'mine', 'stage']);
    expect(merged.graphs.stage?.nodes.u?.params.graph).toBe('mine');
    const other = withGraph(emptyDocument(), { ...renamed(residual, 'residual'), name: 'Another' });
    const { document, created } = add(other, 'stage', stage, residual);
    expect(document.graphs.residual?.name).toBe('Another');
    const fresh = String(document.graphs.stage?.nodes.u?.params.graph);
    expect(fresh).not.toBe('residual');
    expect({ ...document.graphs[fresh], id: 'residual' }).toEqual(residual);
    expect(useIn(document, created)?.params.graph).toBe('stage');
  });

  it('does not come to be the block of a use whose own is missing', () => {
    const broken = edited(nested, 'addBlock', { definitions: [stage, residual], root: 'stage' });
    const graphs = Object.fromEntries(Object.entries(broken.graphs).filter(([id]) => id !== 'halves'));
    const { document, created } = add({ ...broken, graphs }, 'halves', { ...graphIn(nested, 'halves'), name: 'Other' });
    expect(useIn(document, created)?.params.graph).not.toBe('halves');
  });

  it('goes behind a layer, whose readers then read it', () => {
    const { document, created } = applied(nested, 'addBlock', {
      definitions: [graphIn(nested, 'halves')],
      root: 'halves',
      nodeId: 'n3',
    });
    const wires = Object.values(graphOf(document).edges).map(({ source, sourcePort, target }) => [
      source,
      sourcePort,
      target,
    ]);
    expect(wires).toContainEqual(['n3', 'out', created[0]]);
    expect(wires).toContainEqual([created[0], 'first', 'n4']);
    expect(wires).not.toContainEqual(['n3', 'out', 'n4']);
  });

  it('goes on a wire by its first ports', () => {
    const start = findTemplate('mnist-cnn')?.create() ?? findTemplate('digits-resnet')?.create() ?? emptyDocument();
    const wire = Object.values(graphOf(start).edges).find(
      ({ source }) => graphOf(start).nodes[source]?.type === 'ReLU',
    );
    if (wire === undefined) throw new Error('no wire');
    const { document, created } = applied(start, 'addBlock', {
      definitions: [stage, residual],
      root: 'stage',
      edgeId: wire.id,
      values: { width: 16 },
    });
    expect(graphOf(document).edges[wire.id]).toMatchObject({
      source: created[0],
      sourcePort: 'out',
      target: wire.target,
    });
    const into = Object.values(graphOf(document).edges).filter(({ target }) => target === created[0]);
    expect(into).toMatchObject([{ source: wire.source, targetPort: 'in' }]);
    expect(analyse({ document, dataset: null }).nodes.get(created[0] ?? '')?.outputShape).not.toBeNull();
  });

  it('is refused where it would hold itself, with the ring', () => {
    const problem = refusal(nested, 'addBlock', { graph: 'residual', definitions: [stage, residual], root: 'stage' });
    expect(problem.code).toBe('block-ring');
    expect(problem.message).toBe(
      'The block “Residual” would hold itself: “Residual” holds “Stage”, which holds “Residual”. Then it would never end.',
    );
    const ring = { ...residual, nodes: { ...residual.nodes, u: { ...stage.nodes.u, params: { graph: 'stage' } } } };
    expect(refusal(emptyDocument(), 'addBlock', { definitions: [stage, ring], root: 'stage' }).message).toMatch(
      /“Stage”, which holds itself/,
    );
  });

  it.each([
    [
      'a node under another id',
      { ...residual, nodes: { ...residual.nodes, c: residual.nodes.b } },
      /“c” calls itself “b”/,
    ],
    ['no shape of a definition', { id: 'residual', nodes: { c: 1 }, edges: {} }, /nodes\.c/],
    ['a wire to nowhere', { ...residual, nodes: {} }, /which is not there/],
  ])('with %s is refused', (_, definition, message) => {
    const problem = refusal(emptyDocument(), 'addBlock', { definitions: [definition], root: 'residual' });
    expect(problem.code).toBe('invalid-definition');
    expect(problem.message).toMatch(message);
  });

  it('that leaves out a block it needs gets no other of the same id', () => {
    expect(refusal(nested, 'addBlock', { definitions: [{ ...stage, name: 'Mine' }], root: 'stage' }).code).toBe(
      'block-missing',
    );
  });
});
