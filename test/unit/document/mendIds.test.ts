import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Graph, type LoomDocument, parseDocument } from '../../../core/document/index.ts';
import { analyse } from '../../../core/graph/index.ts';

const text = readFileSync(join(import.meta.dirname, '../../fixtures/blocks/nested.loom'), 'utf8');

function parsed(from: string) {
  const result = parseDocument(from);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** The file with ids longer than any may be: of a block, and of a port that wires at its uses name. */
function withLongIds(): string {
  const raw = JSON.parse(text) as { graphs: Record<string, Graph> };
  const long = (id: string) => id.padEnd(65, '-');
  const { halves, ...others } = raw.graphs;
  if (halves === undefined) throw new Error('halves');
  const rename = (graph: object, ids: readonly string[]) =>
    // Names are the same words, and may be no longer than ids.
    ids.reduce(
      (json, id) => json.replaceAll(new RegExp(`(?<!"name":)"${id}"`, 'g'), `"${long(id)}"`),
      JSON.stringify(graph),
    );
  const graphs = Object.entries(others).map(([id, graph]) => [id, JSON.parse(rename(graph, ['halves', 'second']))]);
  const renamed = JSON.parse(rename(halves, ['halves', 'second']));
  return JSON.stringify({ ...raw, graphs: { ...Object.fromEntries(graphs), [long('halves')]: renamed } });
}

const figures = (document: LoomDocument) => {
  const { problems, totals } = analyse({ document, dataset: null });
  return { errors: problems.filter(({ severity }) => severity === 'error'), totals };
};

it('uses of a block, and wires at them, follow the fresh ids of the block and its ports', () => {
  const { document, problems } = parsed(withLongIds());
  expect(problems.map(({ code }) => code)).toEqual(['document-id', 'document-id']);
  const before = figures(parsed(text).document);
  expect(before.errors).toEqual([]);
  expect(figures(document)).toEqual(before);
});

it('a use of a block that is not there does not come to be one of another', () => {
  const raw = JSON.parse(withLongIds()) as { graphs: Record<string, { nodes: Record<string, object> }> };
  const [use] = Object.entries(raw.graphs.main?.nodes ?? {}).filter(
    ([, node]) => 'type' in node && node.type === 'Block',
  );
  if (use === undefined || raw.graphs.main === undefined) throw new Error('a use');
  raw.graphs.main.nodes[use[0]] = { ...use[1], params: { graph: 'g1' } };
  const { document } = parsed(JSON.stringify(raw));
  expect(figures(document).errors.map(({ code }) => code)).toContain('block-missing');
});
