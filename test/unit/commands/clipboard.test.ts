import { describe, expect, it } from 'vitest';
import { copyItems, isClipboardText } from '../../../core/commands/index.ts';
import { blockPorts, emptyDocument, type LoomDocument } from '../../../core/document/index.ts';
import { expand, graphOf, incomingEdges } from '../../../core/graph/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';
import { applied, edited, refusal } from '../../edits.ts';
import { graphIn, nestedDesign } from './nestedDesign.ts';

const resnet = findTemplate('digits-resnet')?.create() ?? emptyDocument();
const sourcesOf = (document: LoomDocument, nodeId: string) =>
  incomingEdges(graphOf(document), nodeId).map((edge) => graphOf(document).nodes[edge.source]?.name);
/** The first residual block: five layers and the Add, which reads the ReLU outside as well. */
const BLOCK = ['n5', 'n6', 'n7', 'n8', 'n9', 'n10'];

describe('copy and paste', () => {
  it('brings a block into another design, with new names and the wires within it', () => {
    const text = copyItems(graphOf(resnet), BLOCK, resnet.graphs);
    expect(isClipboardText(text)).toBe(true);
    const { document, created } = applied(emptyDocument(), 'pasteItems', { text, position: { x: 500, y: 300 } });
    expect(created).toHaveLength(6);
    expect(Object.values(graphOf(document).edges)).toHaveLength(5);
    const add = created[5] ?? '';
    expect(sourcesOf(document, add)).toEqual(['batch_norm_3']);
    const again = applied(document, 'pasteItems', { text, position: null }).document;
    const names = Object.values(graphOf(again).nodes).map((node) => node.name);
    expect(new Set(names).size).toBe(12);
  });

  it('keeps wires from outside in the same graph, in their order', () => {
    const { document, created } = applied(resnet, 'duplicateItems', { nodeIds: BLOCK });
    const [first = '', , , , , add = ''] = created;
    expect(sourcesOf(document, first)).toEqual(['relu_1']);
    expect(sourcesOf(resnet, 'n10')).toEqual(['batch_norm_3', 'relu_1']);
    expect(sourcesOf(document, add)[1]).toBe('relu_1');
    expect(incomingEdges(graphOf(document), add).map((edge) => edge.order)).toEqual([0, 1]);
    expect(incomingEdges(graphOf(document), 'n11')).toEqual(incomingEdges(graphOf(resnet), 'n11'));
  });

  it('draws no wire from a layer of another graph that happens to have the same id and name', () => {
    const text = copyItems(graphOf(resnet), BLOCK, resnet.graphs);
    const twin = { ...graphOf(resnet), id: 'block' };
    const document = { ...resnet, graphs: { ...resnet.graphs, block: twin } };
    const wiresOf = (source: string) => {
      const pasted = applied(document, 'pasteItems', { graph: 'block', text: source, position: null });
      const graph = pasted.document.graphs.block ?? twin;
      return incomingEdges(graph, pasted.created[0] ?? '').length;
    };
    expect(wiresOf(text)).toBe(0);
    expect(wiresOf(copyItems(twin, BLOCK, {}))).toBe(1);
    // Text of versions that did not say which graph it came from.
    expect(wiresOf(JSON.stringify({ ...JSON.parse(text), graph: undefined }))).toBe(1);
  });

  it('centres what it pastes on the pointer', () => {
    const { document, created } = applied(emptyDocument(), 'pasteItems', {
      text: copyItems(graphOf(resnet), ['n5'], {}),
      position: { x: 500, y: 300 },
    });
    expect(graphOf(document).nodes[created[0] ?? '']?.position).toEqual({ x: 430, y: 264 });
  });

  it('refuses other text, and hostile text does no harm', () => {
    expect(refusal(resnet, 'pasteItems', { text: 'hello', position: null }).code).toBe('not-layers');
    const broken = copyItems(graphOf(resnet), ['n5'], {}).slice(0, 300);
    expect(refusal(resnet, 'pasteItems', { text: broken, position: null }).code).toBe('not-layers');
    const looped = JSON.parse(copyItems(graphOf(resnet), BLOCK, resnet.graphs));
    looped.edges.push(
      { ...looped.edges[0], id: 'x', source: 'n10', target: 'n5' },
      { ...looped.edges[0], id: 'y', source: 'zz' },
    );
    const { document } = applied(emptyDocument(), 'pasteItems', { text: JSON.stringify(looped), position: null });
    expect(Object.values(graphOf(document).edges)).toHaveLength(5);
  });
});

describe('uses of blocks', () => {
  const nested = nestedDesign();
  const copied = copyItems(graphOf(nested), ['n3', 'n4'], nested.graphs);
  const flat = (document: LoomDocument) =>
    Object.values(expand(document).graph.nodes).map(({ type, params }) => ({ type, params }));

  it('bring their definitions, and what these use, into another design', () => {
    const { document, created } = applied(emptyDocument(), 'pasteItems', { text: copied, position: null });
    expect(document.graphs).toMatchObject({ stage: nested.graphs.stage, residual: nested.graphs.residual });
    expect(created.map((id) => graphOf(document).nodes[id]?.name)).toEqual(['stage', 'halves']);
    expect(Object.values(graphOf(document).edges)).toMatchObject([
      { source: created[0], sourcePort: 'out', targetPort: 'in' },
    ]);
    const own = edited(nested, 'deleteItems', {
      nodeIds: Object.keys(graphOf(nested).nodes).filter((id) => !['n3', 'n4'].includes(id)),
      edgeIds: [],
      relink: false,
    });
    expect(flat(document)).toEqual(flat(own));
    expect(Object.keys(edited(nested, 'pasteItems', { text: copied, position: null }).graphs)).toEqual(
      Object.keys(nested.graphs),
    );
  });

  it('keep their own block where the design has another of the same id', () => {
    const changed = edited(nested, 'setBlock', { graph: 'residual', doc: 'Another.' });
    const { document, created } = applied(changed, 'pasteItems', { text: copied, position: null });
    const stage = graphIn(document, String(graphOf(document).nodes[created[0] ?? '']?.params.graph));
    expect(stage.id).not.toBe('stage');
    expect(graphIn(document, String(stage.nodes.u?.params.graph)).doc).toBeUndefined();
    expect(document.graphs.stage).toBe(changed.graphs.stage);
  });

  it('are not pasted into a block that they hold', () => {
    expect(refusal(nested, 'pasteItems', { graph: 'residual', text: copied, position: null }).code).toBe('block-ring');
  });

  it('and ports belong into blocks', () => {
    const text = copyItems(graphIn(nested, 'halves'), ['first', 'second', 'l'], nested.graphs);
    const { document } = applied(nested, 'pasteItems', { graph: 'stage', text, position: null });
    expect(blockPorts(graphIn(document, 'stage')).outputs.map(({ name }) => name)).toEqual(['y', 'first', 'second']);
    expect(applied(nested, 'pasteItems', { text, position: null }).created).toHaveLength(1);
    const ports = copyItems(graphIn(nested, 'halves'), ['in'], nested.graphs);
    expect(refusal(nested, 'pasteItems', { text: ports, position: null }).code).toBe('block-port-outside');
  });
});
