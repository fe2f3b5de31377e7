import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoomDocument } from '../../core/document/index.ts';
import { findTemplate } from '../../core/templates/index.ts';

/** Designs whose exported programs are run. */
export const PROGRAMS: readonly {
  readonly name: string;
  readonly document: (folder: string) => LoomDocument;
  readonly epochs: number;
}[] = [
  { name: 'digits-cnn', document: template('digits-cnn'), epochs: 2 },
  { name: 'digits-transformer', document: template('digits-transformer'), epochs: 2 },
  { name: 'digits-resnet', document: template('digits-resnet'), epochs: 2 },
  { name: 'iris-mlp', document: template('iris-mlp'), epochs: 10 },
  { name: 'xor-mlp', document: template('xor-mlp'), epochs: 10 },
  { name: 'penguins', document: template('penguins'), epochs: 10 },
  { name: 'houses', document: housesDesign, epochs: 20 },
];

function template(id: string): () => LoomDocument {
  return () => {
    const found = findTemplate(id);
    if (!found) throw new Error(`no template ${id}`);
    return found.create();
  };
}

/** Regression on a file of the person's own, with everything that makes CSV hard. */
function housesDesign(folder: string): LoomDocument {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const area = 50 + ((i * 37) % 100);
    const town = ['Köln', 'Bonn', '"Aachen; West"'][i % 3];
    const missing = i % 11 === 0 ? 'NA' : String(area + 0.5).replace('.', ',');
    return `${i};${missing};${i % 7 === 0 ? '' : town};${String(area * 3 + (i % 3) * 20).replace('.', ',')}`;
  });
  writeFileSync(
    join(folder, 'houses.csv'),
    Buffer.from(`﻿id;Fläche;town;price\r\n${rows.join('\r\n')}\r\n\r\n`, 'utf8'),
  );
  const base = template('iris-mlp')();
  const graph = base.graphs[base.root];
  if (!graph) throw new Error('no graph');
  const nodes = Object.fromEntries(
    Object.entries(graph.nodes).map(([id, node]) => {
      if (node.type === 'Input') return [id, { ...node, params: { ...node.params, shape: [4] } }];
      if (node.type === 'Output') return [id, { ...node, params: { ...node.params, loss: 'huber' } }];
      const last = Object.values(graph.edges).some(
        (edge) => edge.source === id && graph.nodes[edge.target]?.type === 'Output',
      );
      return [id, last ? { ...node, type: 'Dense', params: { units: 1 } } : node];
    }),
  );
  return {
    ...base,
    name: 'Houses',
    graphs: { [base.root]: { ...graph, nodes } },
    data: {
      ...base.data,
      scaling: 'minmax',
      source: { kind: 'csv', path: 'houses.csv', columns: {}, missing: 'meanOrMode' },
    },
    training: {
      ...base.training,
      learningRate: 0.05,
      optimizer: { name: 'sgd', momentum: 0.5, nesterov: true, weightDecay: 0.001 },
    },
  };
}
