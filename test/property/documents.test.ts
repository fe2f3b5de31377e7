import { expect, it } from 'vitest';
import { parseDocument, serialiseDocument } from '../../core/document/index.ts';
import { SMALL_TEMPLATES } from '../smallTemplates.ts';

/** A small generator of its own, so that a failure can be had again from its seed. */
function random(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    chance: (share: number) => next() < share,
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
  };
}

const ODD = [
  '',
  ' ',
  'x'.repeat(65),
  'y'.repeat(5000),
  'a\u0000b',
  'tab\there',
  '\u007f',
  'constructor',
  'n1',
  'n3',
  'e2',
  'Ünï',
  '😀'.repeat(40),
  '🙂'.repeat(20),
  '\ud800',
  'a.b',
];
// biome-ignore lint/suspicious/noExplicitAny: any JSON there may be.
type Raw = any;

/** A template with odd keys of graphs, layers and wires, references that follow them or not, and choices of a newer version. */
function oddDocument(seed: number): Raw {
  const { chance, pick } = random(seed);
  const raw: Raw = JSON.parse(serialiseDocument(pick(SMALL_TEMPLATES).create()));
  const graph = raw.graphs.main;
  const rename = (record: Raw, share: number): Map<string, string> => {
    const names = new Map<string, string>();
    for (const key of Object.keys(record))
      if (chance(share)) {
        const odd = pick(ODD);
        if (Object.hasOwn(record, odd)) continue;
        record[odd] = record[key];
        delete record[key];
        names.set(key, odd);
        if (chance(0.7)) record[odd].id = odd;
      }
    return names;
  };
  const moved = rename(graph.nodes, 0.3);
  for (const edge of Object.values<Raw>(graph.edges)) {
    if (!chance(0.05)) edge.source = moved.get(edge.source) ?? edge.source;
    if (!chance(0.05)) edge.target = moved.get(edge.target) ?? edge.target;
    if (chance(0.02)) edge.id = pick(ODD);
  }
  rename(graph.edges, 0.2);
  if (chance(0.3)) {
    const odd = pick(ODD);
    raw.graphs[odd] = graph;
    delete raw.graphs.main;
    raw.root = odd;
    if (chance(0.5)) graph.id = odd;
  }
  if (chance(0.3)) raw.training.optimizer = { name: pick(['lion', 'muon']), [pick(ODD)]: [1, null] };
  if (chance(0.3)) raw.data.scaling = pick(ODD);
  if (chance(0.3))
    raw.data.source = {
      kind: 'csv',
      path: 'a',
      missing: pick(ODD),
      columns: { [pick(ODD)]: { role: pick(['weight', 'target']), kind: pick(ODD) } },
    };
  if (chance(0.3)) raw[pick(ODD)] ??= { [pick(ODD)]: pick(ODD) };
  if (chance(0.1)) raw.unknownSettings = pick<Raw>([[], 3, [{ path: ['training', 'epochs'], value: 9 }]]);
  return raw;
}

it('any document that opens, saved, opens again as the same one, without a word', () => {
  let mended = 0;
  for (let seed = 1; seed <= 1500; seed++) {
    const raw = oddDocument(seed);
    const first = parseDocument(JSON.stringify(raw));
    if (!first.ok) throw new Error(`Seed ${seed}: ${first.error.message}`);
    if (first.value.problems.length > 0) mended++;
    const text = serialiseDocument(first.value.document);
    const second = parseDocument(text);
    if (!second.ok) throw new Error(`Seed ${seed}, opened again: ${second.error.message}`);
    expect(second.value.problems, `seed ${seed}`).toEqual([]);
    expect(second.value.document, `seed ${seed}`).toEqual(first.value.document);
    expect(serialiseDocument(second.value.document), `seed ${seed}`).toBe(text);
    // Nothing but wires that lead nowhere may be gone.
    const graph = Object.values<Raw>(raw.graphs)[0];
    const mendedGraph = Object.values(first.value.document.graphs)[0];
    expect(
      Object.values(mendedGraph?.nodes ?? {})
        .map((node) => node.name)
        .sort(),
      `seed ${seed}`,
    ).toEqual(
      Object.values<Raw>(graph.nodes)
        .map((node) => node.name)
        .sort(),
    );
    const joined = (nodes: Raw, edges: Raw) =>
      Object.values<Raw>(edges)
        .filter((edge) => Object.hasOwn(nodes, edge.source) && Object.hasOwn(nodes, edge.target))
        .map((edge) => `${nodes[edge.source].name} → ${nodes[edge.target].name}`)
        .sort();
    expect(joined(mendedGraph?.nodes, mendedGraph?.edges), `seed ${seed}`).toEqual(joined(graph.nodes, graph.edges));
  }
  expect(mended).toBeGreaterThan(500);
});
