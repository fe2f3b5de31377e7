import { type AnyParams, findLayer } from '../../catalogue/index.ts';
import type { LayerNode, LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { incomingEdges, originOfValues, rootGraph } from '../../graph/index.ts';

/** An Embedding that reads Inputs: which numbers its table has rows for. */
export interface Lookup {
  readonly nodeId: string;
  readonly name: string;
  readonly rows: number;
  /** Ids of the Input nodes whose numbers it looks up. */
  readonly inputs: readonly string[];
}

/** The Embeddings of a design that look numbers of the data up. */
export function lookupsOf(
  document: LoomDocument,
  nodes: readonly LayerNode[],
  paramsOf: (node: LayerNode) => AnyParams,
): readonly Lookup[] {
  const graph = rootGraph(document);
  return nodes.flatMap((node) => {
    const [wire] = incomingEdges(graph, node.id);
    const rows = findLayer(node.type)?.traits.rows;
    if (rows === undefined || wire === undefined) return [];
    const origin = originOfValues(graph, wire.source, (id) => {
      const source = graph.nodes[id];
      return source === undefined ? null : paramsOf(source);
    });
    if (origin.kind !== 'inputs') return [];
    const inputs = origin.inputs.map(({ id }) => id);
    return [{ nodeId: node.id, name: node.name, rows: Number(paramsOf(node)[rows]), inputs }];
  });
}

/** Numbers of samples as an Input reads them. */
export interface ReadValues {
  readonly data: ArrayLike<number>;
  /** Numbers of one sample. */
  readonly width: number;
  /** The column that the number at this place of a sample, and at this one of `data`, comes from, and what it is in the file; null without one. */
  columnAt(place: number, at: number): { readonly name: string; readonly value: number } | null;
}

/**
 * Looks for numbers that no row of a table stands for, before anything is computed: some devices stop at one, others take zeros or another
 * row without a word.
 * @param valuesOf what an Input reads; null where it is not at hand
 * @param samples the samples to look at; all of them when absent
 * @throws ProblemError `embedding-range` naming the sample, the column and the layer
 */
export function checkLookups(
  lookups: readonly Lookup[],
  valuesOf: (inputId: string) => ReadValues | null,
  samples?: ArrayLike<number>,
): void {
  for (const lookup of lookups)
    for (const inputId of lookup.inputs) {
      const values = valuesOf(inputId);
      if (values === null) continue;
      const count = samples?.length ?? values.data.length / values.width;
      for (let i = 0; i < count; i++) {
        const sample = samples?.[i] ?? i;
        for (let place = 0; place < values.width; place++) {
          const value = values.data[sample * values.width + place] ?? 0;
          if (!(value >= 0 && value < lookup.rows && Number.isInteger(value)))
            throw noRow(lookup, values, i, sample * values.width + place);
        }
      }
    }
}

function noRow(lookup: Lookup, values: ReadValues, sample: number, at: number): ProblemError {
  const column = values.columnAt(at % values.width, at);
  const value = values.data[at] ?? 0;
  const what = column === null ? 'A number' : `The column “${column.name}”`;
  const given = Number((column?.value ?? value).toPrecision(6));
  return new ProblemError({
    code: 'embedding-range',
    title: 'No such row',
    message: `${what} of sample ${sample + 1} is ${given}, but “${lookup.name}” knows whole numbers from 0 to ${lookup.rows - 1} only. Give one of those, or train with a larger vocabulary.`,
    nodeId: lookup.nodeId,
    facts: { sample, value: given, rows: lookup.rows, ...(column !== null && { column: column.name }) },
  });
}
