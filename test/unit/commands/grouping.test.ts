import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import type { LoomDocument } from '../../../core/document/index.ts';
import { analyse, expand, graphOf } from '../../../core/graph/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';
import { applied, edited, editIn, refusal } from '../../edits.ts';
import { graphIn, nestedDesign } from './nestedDesign.ts';

const nested = nestedDesign();
const resnet = findTemplate('digits-resnet')?.create();
if (resnet === undefined) throw new Error('digits-resnet');
/** The first residual block of the digits ResNet: five layers and the Add, which reads the ReLU outside as well. */
const RESIDUAL = ['n5', 'n6', 'n7', 'n8', 'n9', 'n10'];
const names = (document: LoomDocument) => Object.values(expand(document).graph.nodes).map(({ name }) => name);
const errors = (document: LoomDocument) =>
  analyse({ document, dataset: null }).problems.filter(({ severity }) => severity === 'error');

describe('grouping', () => {
  it('makes one port of each output that crosses the border, and shapes go on through them', () => {
    const { document, created } = applied(resnet, 'groupIntoBlock', { nodeIds: RESIDUAL });
    const [use = ''] = created;
    const node = graphOf(document).nodes[use];
    expect(node).toMatchObject({ type: 'Block', name: 'block_1' });
    const definition = graphIn(document, String(node?.params.graph));
    const ports = Object.values(definition.nodes).filter(({ type }) => type.startsWith('Block'));
    // The ReLU before it is read by the first convolution and by the Add.
    expect(ports.map(({ type, name }) => [type, name])).toEqual([
      ['BlockInput', 'relu_1'],
      ['BlockOutput', 'add_1_out'],
    ]);
    expect(definition.name).toBe('Block 1');
    expect(errors(document)).toEqual(errors(resnet));
    expect(analyse({ document, dataset: null }).totals).toEqual(analyse({ document: resnet, dataset: null }).totals);
  });

  it('of blocks in a block keeps what their values follow', () => {
    const { document, created } = applied(nested, 'groupIntoBlock', { graph: 'stage', nodeIds: ['u', 'p'] });
    const use = graphIn(document, 'stage').nodes[created[0] ?? ''];
    expect(use?.params.values).toEqual({ width: '=width' });
    expect(graphIn(document, String(use?.params.graph)).parameters).toEqual({ width: { default: 16 } });
    expect(errors(document)).toEqual([]);
    expect(analyse({ document, dataset: null }).totals).toEqual(analyse({ document: nested, dataset: null }).totals);
  });

  it('is refused with what to do, and the click does it', () => {
    expect(refusal(resnet, 'groupIntoBlock', { nodeIds: [] }).code).toBe('nothing-selected');
    const ends = refusal(resnet, 'groupIntoBlock', { nodeIds: ['n1', ...RESIDUAL] });
    expect(ends.message).toMatch(/is an Input of the network/);
    const around = refusal(resnet, 'groupIntoBlock', { nodeIds: ['n5', 'n10'] });
    expect(around.message).toMatch(/^“batch_norm_2” lies outside, on a way that leaves the selection and comes back/);
    expect(around.message).toMatch(/Select it and 3 more on that way too/);
    for (const problem of [ends, around]) {
      const [fix] = problem.fixes ?? [];
      expect(applyCommand(resnet, editIn(fix)).ok, fix?.label).toBe(true);
    }
    expect(refusal(nested, 'groupIntoBlock', { graph: 'stage', nodeIds: ['in', 'u'] }).graph).toBe('stage');
  });
});

describe('expanding', () => {
  it('lays a repeated block out in series with its values, names apart', () => {
    const stage = edited(nested, 'expandBlock', { nodeId: 'n3' });
    expect(stage.graphs.stage).toBeUndefined();
    const { document } = applied(stage, 'expandBlock', { nodeId: 'u' });
    const convolutions = Object.values(graphOf(document).nodes).filter(({ name }) => /^conv/.test(name));
    expect(convolutions.map(({ name, params }) => [name, params.filters])).toEqual([
      ['conv', 8],
      ['conv_1', 8],
    ]);
    const places = Object.values(graphOf(document).nodes).map(({ position: { x } }) => x);
    expect(convolutions[0]?.position.x).toBeLessThan(convolutions[1]?.position.x ?? 0);
    expect(new Set(places).size).toBeGreaterThan(2);
    expect(document.graphs.residual).toBeUndefined();
    expect(errors(document)).toEqual([]);
    expect(names(document)).toHaveLength(names(nested).length);
    expect(analyse({ document, dataset: null }).totals).toEqual(analyse({ document: nested, dataset: null }).totals);
  });

  it('keeps a definition that is used elsewhere, and works out what follows the values', () => {
    const twice = edited(nested, 'addNode', {
      type: 'Block',
      params: { graph: 'residual' },
      position: { x: 0, y: 400 },
    });
    const added = Object.keys(graphOf(twice).nodes).at(-1) ?? '';
    const apart = edited(twice, 'expandBlock', { nodeId: added });
    expect(apart.graphs.residual).toBe(twice.graphs.residual);
    const conv = Object.values(graphOf(apart).nodes).find(({ name }) => name === 'conv');
    expect(conv?.params.filters).toBe(8);
  });

  it('is refused where nothing can be laid out', () => {
    expect(refusal(nested, 'expandBlock', { nodeId: 'n2' }).code).toBe('block-invalid');
    const lost = { ...nested, graphs: { main: graphOf(nested) } };
    expect(refusal(lost, 'expandBlock', { nodeId: 'n3' }).code).toBe('no-such-graph');
  });
});
