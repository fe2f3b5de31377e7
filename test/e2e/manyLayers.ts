import { emptyDocument, type LayerNode, serialiseDocument } from '../../core/document/index.ts';

/** The file of a design with this many layers: an Input, a long chain of Dense layers folded into rows, an Output. */
export function manyLayers(count: number): string {
  const at = (i: number) => ({ x: (i % 40) * 200, y: Math.floor(i / 40) * 160 });
  const node = (i: number): LayerNode => {
    const [type, name, params] =
      i === 0
        ? ['Input', 'input_1', { shape: [8] }]
        : i === count - 1
          ? ['Output', 'output_1', { loss: 'meanSquaredError' }]
          : ['Dense', `dense_${i}`, { units: 8 }];
    return { id: `n${i}`, type, typeVersion: 1, name, params, position: at(i) };
  };
  const edge = (i: number) => ({
    id: `e${i}`,
    source: `n${i}`,
    sourcePort: 'out',
    target: `n${i + 1}`,
    targetPort: 'in',
    order: 0,
  });
  const byId = <T extends { readonly id: string }>(items: readonly T[]) =>
    Object.fromEntries(items.map((item) => [item.id, item]));
  const document = emptyDocument('A thousand layers');
  const nodes = byId(Array.from({ length: count }, (_, i) => node(i)));
  const edges = byId(Array.from({ length: count - 1 }, (_, i) => edge(i)));
  return serialiseDocument({ ...document, graphs: { main: { id: 'main', nodes, edges } } });
}
