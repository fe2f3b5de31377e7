import { ProblemError } from '../../errors.ts';
import { type Network, originOfValues } from '../../graph/index.ts';

/** An Embedding that reads Inputs: which numbers its table has rows for. */
export interface Lookup {
  readonly nodeId: string;
  readonly name: string;
  readonly rows: number;
  /** Ids of the Input nodes whose numbers it looks up. */
  readonly inputs: readonly string[];
}

/** The layers of a network that look numbers of the data up in a table. */
export function lookupsOf(network: Network): readonly Lookup[] {
  return network.layers.flatMap(({ id, name, definition, params, sources: [source] }) => {
    const { rows } = definition.traits;
    if (rows === undefined || source === undefined) return [];
    const origin = originOfValues(source.layer, ({ sources }) => sources.map(({ layer }) => layer));
    if (origin.kind !== 'inputs') return [];
    return [{ nodeId: id, name, rows: Number(params[rows]), inputs: origin.inputs.map((input) => input.id) }];
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
