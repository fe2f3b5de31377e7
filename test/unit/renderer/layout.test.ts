import { describe, expect, it } from 'vitest';
import type { Graph } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';
import { arranged, layoutRequest } from '../../../renderer/actions/layout/arrange.ts';
import { detours, widestGap } from '../../../renderer/actions/layout/detours.ts';
import { layoutGraph } from '../../../renderer/actions/layout/layoutGraph.ts';
import { skipEdges } from '../../../renderer/actions/layout/skipEdges.ts';
import { neighbour } from '../../../renderer/actions/walk.ts';
import { nodeSize } from '../../../renderer/ui/nodeSize.ts';

const resnet = findTemplate('digits-resnet')!.create();

function boxes(graph: Graph) {
  return Object.values(graph.nodes).map((node) => ({ ...node.position, ...nodeSize(node.type), name: node.name }));
}

describe('automatic layout', () => {
  it.each(['digits-resnet', 'vgg11', 'lenet5'])('of %s folds into rows, and no two layers overlap', (id) => {
    const graph = graphOf(arranged(findTemplate(id)!.create()));
    const all = boxes(graph);
    expect(Math.max(...all.map((box) => box.x + box.width))).toBeLessThanOrEqual(1300);
    for (const [i, a] of all.entries())
      for (const b of all.slice(i + 1)) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart, `${a.name} and ${b.name}`).toBe(true);
      }
  });

  it('leaves a drawing that fits as it is', () => {
    const xor = findTemplate('xor-mlp')!.create();
    expect(arranged(xor)).toBe(xor);
  });

  it('gives every layer a place, also of graphs with loose parts', () => {
    const positions = layoutGraph({
      nodes: ['a', 'b', 'c'].map((id) => ({ id, width: 140, height: 72 })),
      edges: [{ source: 'a', target: 'b', skip: false }],
      canvas: { width: 1240, height: 600 },
    });
    expect(Object.keys(positions).sort()).toEqual(['a', 'b', 'c']);
  });

  it('repeats itself', () => {
    expect(layoutGraph(layoutRequest(graphOf(resnet)))).toEqual(layoutGraph(layoutRequest(graphOf(resnet))));
  });
});

describe('wires', () => {
  it('around the chain into a merge are skips: one for each residual block', () => {
    expect(skipEdges(graphOf(resnet)).size).toBe(2);
    expect(skipEdges(graphOf(findTemplate('digits-mlp')!.create())).size).toBe(0);
  });

  it('to a row below cross over where no card is', () => {
    const graph = graphOf(arranged(resnet));
    const crossings = [...detours(graph)];
    expect(crossings.length).toBeGreaterThan(1);
    for (const [, height] of crossings)
      for (const box of boxes(graph)) expect(height > box.y && height < box.y + box.height, box.name).toBe(false);
  });

  it('find the widest gap', () => {
    const spans = [
      { top: 0, bottom: 10 },
      { top: 15, bottom: 30 },
      { top: 70, bottom: 80 },
    ];
    expect(widestGap(spans, { top: 5, bottom: 75 })).toBe(50);
    expect(widestGap([{ top: 0, bottom: 100 }], { top: 5, bottom: 75 })).toBeNull();
  });
});

describe('arrow keys', () => {
  const node = (id: string, x: number, y: number) => ({
    id,
    type: 'ReLU',
    typeVersion: 1,
    name: id,
    params: {},
    position: { x, y },
  });
  const wire = (source: string, target: string) => ({
    id: `${source}${target}`,
    source,
    sourcePort: 'out',
    target,
    targetPort: 'in',
    order: 0,
  });
  const graph: Graph = {
    id: 'main',
    nodes: { a: node('a', 0, 0), b: node('b', 200, 0), c: node('c', 200, 150) },
    edges: { ab: wire('a', 'b'), ac: wire('a', 'c') },
  };

  it('follow wires to the side, and go to the nearest layer above or below', () => {
    expect(neighbour(graph, 'a', 'right')).toBe('b');
    expect(neighbour(graph, 'c', 'left')).toBe('a');
    expect(neighbour(graph, 'b', 'down')).toBe('c');
    expect(neighbour(graph, 'c', 'up')).toBe('b');
    expect(neighbour(graph, 'a', 'left')).toBeNull();
  });
});
