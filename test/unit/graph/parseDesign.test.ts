import { describe, expect, it } from 'vitest';
import { oneIn, oneOut } from '../../../core/catalogue/commonParams.ts';
import { defineLayer, listLayers } from '../../../core/catalogue/index.ts';
import { float } from '../../../core/catalogue/params.ts';
import { type LoomDocument, serialiseDocument } from '../../../core/document/index.ts';
import { migrateLayers, parseDesign } from '../../../core/graph/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';

/** A layer that called its rate `rate`, then `share`, and then counted it in hundredths. */
const fader = defineLayer({
  type: 'Fader',
  version: 3,
  migrations: {
    1: ({ rate, ...others }) => ({ ...others, share: rate ?? 0.5 }),
    2: ({ share, ...others }) => ({ ...others, percent: Number(share) * 100 }),
  },
  family: 'reg',
  glyph: 'drop',
  title: 'Fader',
  doc: 'Made up for these tests.',
  params: { percent: float({ label: 'Percent', help: '', default: 50 }) },
  inputs: oneIn(),
  outputs: oneOut,
  traits: {},
  summary: () => '',
  infer: (_, [input = []]) => ({ ok: true, shape: input }),
  weights: () => [],
  cost: () => ({ macs: 0 }),
});
const find = (type: string) => (type === 'Fader' ? fader : undefined);

/** The XOR design with its second layer made one of this type and version. */
function withLayer(type: string, typeVersion: number, params: { [name: string]: number }): LoomDocument {
  const document = findTemplate('xor-mlp')?.create();
  const graph = document?.graphs[document.root];
  const node = graph?.nodes.n2;
  if (document === undefined || graph === undefined || node === undefined) throw new Error('no such template');
  const nodes = { ...graph.nodes, n2: { ...node, type, typeVersion, params } };
  return { ...document, graphs: { [document.root]: { ...graph, nodes } } };
}
const layerIn = (document: LoomDocument) => document.graphs[document.root]?.nodes.n2;

describe('layers of earlier versions', () => {
  it.each([
    [1, { rate: 0.2, extra: 7 }],
    [2, { share: 0.2, extra: 7 }],
    [3, { percent: 20, extra: 7 }],
  ])('from version %d, one step after the other', (version, params) => {
    const before = withLayer('Fader', version, params);
    const after = migrateLayers(before, find);
    expect(layerIn(after)).toMatchObject({ typeVersion: 3, params: { percent: 20, extra: 7 } });
    expect(after === before).toBe(version === 3);
  });

  it('leaves later versions and unknown types as they are', () => {
    for (const document of [withLayer('Fader', 4, { rate: 1 }), withLayer('Capsule', 1, { rate: 1 })])
      expect(migrateLayers(document, find)).toBe(document);
  });

  it('reads a design whose layers are of their versions as it is written', () => {
    const document = withLayer('Capsule', 9, { rate: 1 });
    expect(parseDesign(serialiseDocument(document))).toMatchObject({ ok: true, value: { document, problems: [] } });
  });

  it.each(listLayers().map((layer) => [layer.type, layer] as const))('%s has a step from each', (_type, layer) => {
    const earlier = Array.from({ length: layer.version - 1 }, (_, index) => String(index + 1));
    expect(Object.keys(layer.migrations ?? {})).toEqual(earlier);
  });
});
