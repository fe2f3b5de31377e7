import { type AnyLayerDefinition, FAMILY_LABELS } from '../../core/catalogue/index.ts';

/** How well a layer answers what was typed: 0 not at all, more is better. Every word must be found somewhere. */
export function scoreLayer(layer: AnyLayerDefinition, query: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  const title = layer.title.toLowerCase();
  const type = layer.type.toLowerCase();
  const rest = [...(layer.keywords ?? []), FAMILY_LABELS[layer.family]].map((word) => word.toLowerCase());
  let score = 0;
  for (const word of words) {
    if (title === word || type === word) score += 8;
    else if (title.startsWith(word) || type.startsWith(word)) score += 5;
    else if (title.includes(word) || type.includes(word)) score += 3;
    else if (rest.some((other) => other.startsWith(word))) score += 2;
    else if (rest.some((other) => other.includes(word))) score += 1;
    else return 0;
  }
  return score;
}

/** Layers that answer, best first; the catalogue's order among equals. */
export function searchLayers(layers: readonly AnyLayerDefinition[], query: string): readonly AnyLayerDefinition[] {
  return layers
    .map((layer) => ({ layer, score: scoreLayer(layer, query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ layer }) => layer);
}
