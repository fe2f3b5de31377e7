import { type DatasetSummary, emptyDocument, type LoomDocument } from '../../../core/document/index.ts';
import { graphOf, layerPorts } from '../../../core/graph/index.ts';
import type { JsonObject } from '../../../core/json.ts';
import { edited } from '../../edits.ts';

export const DIGITS: DatasetSummary = {
  name: 'Digits',
  kind: 'image',
  samples: 1797,
  fields: [
    { name: 'features', role: 'input', shape: [8, 8, 1] },
    { name: 'label', role: 'target', shape: [1], classes: [...'0123456789'] },
  ],
};
export const TWO_CLASSES: DatasetSummary = {
  name: 'Pairs',
  kind: 'table',
  samples: 100,
  fields: [
    { name: 'features', role: 'input', shape: [4] },
    { name: 'label', role: 'target', shape: [1], classes: ['no', 'yes'] },
  ],
};
export const PRICES: DatasetSummary = {
  name: 'Prices',
  kind: 'table',
  samples: 100,
  fields: [
    { name: 'features', role: 'input', shape: [4] },
    { name: 'price', role: 'target', shape: [1] },
  ],
};

export type Step = readonly [type: string, params?: JsonObject];

/** Layers in a row, `n1`, `n2`, ..., with wires `e1`, `e2`, ... between them. */
export function chain(...steps: readonly Step[]): LoomDocument {
  let document = emptyDocument();
  steps.forEach(([type, params = {}], i) => {
    document = edited(document, 'addNode', { type, params, position: { x: i * 170, y: 0 } });
    if (i > 0) document = wire(document, `n${i}`, `n${i + 1}`);
  });
  return document;
}

export function wire(document: LoomDocument, source: string, target: string): LoomDocument {
  const { nodes } = graphOf(document);
  const [from, to] = [nodes[source], nodes[target]];
  const sourcePort = (from && layerPorts(from).outputs[0]?.name) ?? 'out';
  const targetPort = (to && layerPorts(to).inputs[0]?.name) ?? 'in';
  return edited(document, 'connect', { source, sourcePort, target, targetPort });
}

/** A document as someone may have written it by hand: no command would have let it come about. */
export function tamper(document: LoomDocument, change: (graph: ReturnType<typeof mutableGraph>) => void): LoomDocument {
  const copy = structuredClone(document) as LoomDocument;
  change(mutableGraph(copy));
  return copy;
}

interface LooseGraph {
  nodes: Record<string, { type: string; typeVersion: number; name: string; params: Record<string, unknown> }>;
  edges: Record<string, Record<string, unknown>>;
}
function mutableGraph(document: LoomDocument): LooseGraph {
  return document.graphs.main as unknown as LooseGraph;
}
