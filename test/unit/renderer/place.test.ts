import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type LoomDocument, parseDocument } from '../../../core/document/index.ts';
import { analyse, type Place } from '../../../core/graph/index.ts';
import { nearestPlace, outOf, pathOf, stillThere } from '../../../renderer/stores/place.ts';

const parsed = parseDocument(readFileSync(join(import.meta.dirname, '../../fixtures/blocks/nested.loom'), 'utf8'));
if (!parsed.ok) throw new Error(parsed.error.message);
const nested: LoomDocument = parsed.value.document;
const placesIn = (document: LoomDocument) => analyse({ document, dataset: null }).places;

const MAIN: Place = { graph: 'main', uses: [] };
const inStage = { graph: 'main', node: 'n3', iteration: null };
const STAGE: Place = { graph: 'stage', uses: [inStage] };
const unit = (iteration: number | null): Place => ({
  graph: 'residual',
  uses: [inStage, { graph: 'stage', node: 'u', iteration }],
});

function changed(graph: string, node: string, params: object | null): LoomDocument {
  const copy = structuredClone(nested);
  const { nodes = {} } = copy.graphs[graph] ?? {};
  const known = nodes[node];
  if (known === undefined) throw new Error(node);
  const others = Object.fromEntries(Object.entries(nodes).filter(([id]) => id !== node));
  const kept = params === null ? others : { ...others, [node]: { ...known, params: { ...known.params, ...params } } };
  return { ...copy, graphs: { ...copy.graphs, [graph]: { id: graph, edges: {}, ...copy.graphs[graph], nodes: kept } } };
}

test('a block that one came to by itself has no path, and leads out to the main graph', () => {
  expect(pathOf(nested, unit(1))).toBe('n3/u[1]/');
  expect(pathOf(nested, MAIN)).toBe('');
  expect(pathOf(nested, { graph: 'residual', uses: [] })).toBeNull();
  expect(outOf(nested, unit(1))).toEqual(STAGE);
  expect(outOf(nested, { graph: 'residual', uses: [] })).toEqual(MAIN);
});

test('after an edit one is where one was, or at what is left of the way there', () => {
  const after = (document: LoomDocument, here: Place) => stillThere(document, placesIn(document), here);
  expect(after(nested, unit(1))).toEqual(unit(1));
  expect(after(changed('stage', 'u', { repeat: 1 }), unit(1))).toEqual(unit(null));
  // The use is gone and the block with no use left: it is shown by itself.
  expect(after(changed('stage', 'u', null), unit(1))).toEqual({ graph: 'residual', uses: [] });
  // The block is gone: out to what held it, and further where that is gone too.
  const { residual, ...less } = nested.graphs;
  expect(residual).toBeDefined();
  expect(after({ ...nested, graphs: less }, unit(1))).toEqual(STAGE);
  const { stage, ...least } = less;
  expect(stage).toBeDefined();
  expect(after({ ...nested, graphs: least }, unit(1))).toEqual(MAIN);
  // A use that cannot be expanded is still where one is.
  expect(after(changed('stage', 'u', { graph: 'stage' }), unit(0))).toEqual(unit(0));
});

test('the nearest place of a block is behind the uses one is in', () => {
  const places = placesIn(nested);
  expect(nearestPlace(nested, places, 'residual', unit(1))).toEqual(unit(1));
  expect(nearestPlace(nested, places, 'residual', MAIN)).toEqual(unit(0));
  expect(nearestPlace(nested, places, 'stage', unit(1))).toEqual(STAGE);
  expect(nearestPlace(nested, new Map(), 'residual', MAIN)).toEqual({ graph: 'residual', uses: [] });
});
