import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../../core/data/node.ts';
import { type DatasetSummary, parseDocument, serialiseDocument } from '../../../core/document/index.ts';
import { analyse, CARD, graphOf } from '../../../core/graph/index.ts';
import { findTemplate, TEMPLATES } from '../../../core/templates/index.ts';

async function datasetOf(id: string): Promise<DatasetSummary | null> {
  const data = findTemplate(id)?.create().data;
  return data && data.source.kind !== 'none' ? (await loadDataset(data, null)).description.summary : null;
}

describe.each(TEMPLATES.map((template) => [template.id, template] as const))('template %s', (id, template) => {
  const document = template.create();
  const nodes = Object.values(graphOf(document).nodes);

  it('has no problems with its data', async () => {
    const { problems, buildable } = analyse({ document, dataset: await datasetOf(id) });
    expect(problems.filter((problem) => problem.code !== 'no-data')).toEqual([]);
    expect(buildable).toBe(true);
  });

  it('survives a round trip through its file', () => {
    const text = serialiseDocument(document);
    const parsed = parseDocument(text);
    expect(parsed).toEqual({ ok: true, value: { document, problems: [] } });
    expect(parsed.ok && serialiseDocument(parsed.value.document)).toBe(text);
  });

  it('ends in Dense, softmax or sigmoid, Output', () => {
    const types = nodes.map((node) => node.type);
    expect(types.slice(-3)).toEqual(['Dense', id === 'xor-mlp' ? 'Sigmoid' : 'Softmax', 'Output']);
  });

  it('is laid out left to right without cards touching', () => {
    for (const edge of Object.values(graphOf(document).edges)) {
      const [from, to] = [graphOf(document).nodes[edge.source], graphOf(document).nodes[edge.target]];
      expect((to?.position.x ?? 0) - (from?.position.x ?? 0)).toBeGreaterThan(CARD.width);
    }
    for (const a of nodes)
      for (const b of nodes)
        if (a !== b)
          expect(
            Math.abs(a.position.x - b.position.x) >= CARD.width || Math.abs(a.position.y - b.position.y) >= CARD.height,
          ).toBe(true);
  });
});

it('counts parameters as the literature does', () => {
  const count = (id: string) => {
    const template = findTemplate(id);
    return template && analyse({ document: template.create(), dataset: null }).totals.params;
  };
  expect(count('lenet5')).toBe(61_706);
  expect(count('vgg11')).toBe(132_863_336);
  expect(count('xor-mlp')).toBe(2 * 4 + 4 + 4 + 1);
});
