import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Graph, type LoomDocument, parseDocument } from '../../../core/document/index.ts';

/** Blocks in blocks: the main graph uses `stage` (which repeats `residual`) and `halves`. */
export function nestedDesign(): LoomDocument {
  const parsed = parseDocument(readFileSync(join(import.meta.dirname, '../../fixtures/blocks/nested.loom'), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.document;
}

/** A graph that must be there. */
export function graphIn(document: LoomDocument, id: string): Graph {
  const graph = document.graphs[id];
  if (graph === undefined) throw new Error(`no graph ${id}`);
  return graph;
}
