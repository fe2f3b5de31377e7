import { findLayer } from '../../catalogue/index.ts';
import type { DatasetField, FieldValues, LayerNode, NumberRange } from '../../document/index.ts';
import type { EditFix, Problem } from '../../errors.ts';
import type { JsonObject } from '../../json.ts';
import { fieldFor } from '../heads.ts';
import { incomingEdges, nodeById } from '../topology.ts';
import { type FlowLayer, originOfValues } from '../valueFlow.ts';
import { defineRule, type LintContext } from './defineRule.ts';
import { deleteNode, replaceLayer, setData, setParam, together } from './fixes.ts';
import { say } from './trace.ts';

/** The longest table a button makes; a column of large codes is no list of row numbers. */
const LONGEST_TABLE = 1_000_000;
/** Columns that one click leaves out. */
const LEFT_OUT = 3;

/**
 * What an Embedding looks up must be whole numbers from 0 to the length of its table less one. Frameworks differ in what they do with
 * others: an error in the middle of the training, zeros, or the row of the number cut off.
 */
export const embeddingIndices = defineRule({
  name: 'embedding-indices',
  *check(context) {
    for (const id of context.order) {
      const node = nodeById(context.graph, id);
      const known = context.inferred.get(id);
      if (
        node === undefined ||
        known?.definition?.traits.rows === undefined ||
        !context.active.has(id) ||
        context.cyclic.includes(id)
      )
        continue;
      const rows = Number(known.params[known.definition.traits.rows]);
      const problem = rows >= 1 ? problemOf(context, node, rows) : null;
      if (problem !== null) yield problem;
    }
  },
});

function problemOf(context: LintContext, node: LayerNode, rows: number): Problem | null {
  const [wire] = incomingEdges(context.graph, node.id);
  if (wire === undefined) return null;
  const flowing = (layerId: string) => {
    const layer = nodeById(context.graph, layerId);
    return layer === undefined ? [] : [{ ...layer, params: context.inferred.get(layerId)?.params ?? null }];
  };
  const [source] = flowing(wire.source);
  if (source === undefined) return null;
  const origin = originOfValues(source, ({ id }) =>
    incomingEdges(context.graph, id).flatMap((edge) => flowing(edge.source)),
  );
  if (origin.kind === 'unknown') return null;
  if (origin.kind === 'computed') return computed(context, node, rows, origin.by);
  const fields = origin.inputs.flatMap((input) => {
    const field = fieldFor(context, 'input', String(context.inferred.get(input.id)?.params.field ?? ''));
    return field === null ? [] : [field];
  });
  if (context.dataset?.kind === 'image' && fields.length > 0) return pixels(context, node, rows);
  return ofColumns(context, node, rows, fields);
}

const about = (node: LayerNode, rows: number, facts: JsonObject) => ({
  severity: 'error' as const,
  title: 'Rows of the table',
  nodeId: node.id,
  facts: { rows, ...facts },
});
const wants = (node: LayerNode, rows: number) =>
  `${say(node)} looks rows of its table up by number, so it wants whole numbers from 0 to ${rows - 1}`;

function computed(context: LintContext, node: LayerNode, rows: number, by: FlowLayer): Problem {
  return {
    ...about(node, rows, { by: by.name }),
    code: 'embedding-of-computed',
    message: `${wants(node, rows)}, but what arrives is worked out by ${say(by)} and can be any number. Put the Embedding right behind the Input, or use a Dense layer here.`,
    fixes: instead(context, node),
  };
}

function pixels(context: LintContext, node: LayerNode, rows: number): Problem {
  return {
    ...about(node, rows, {}),
    code: 'embedding-of-pixels',
    message: `${wants(node, rows)}, but the pixels of a picture reach it as fractions from 0 to 1. Read pictures with convolutions or Dense layers.`,
    fixes: instead(context, node),
  };
}

function ofColumns(
  context: LintContext,
  node: LayerNode,
  rows: number,
  fields: readonly DatasetField[],
): Problem | null {
  const columns = fields.flatMap((field) => field.values ?? []);
  const wrong = columns.filter((column) => !isIndex(column, rows)).sort((a, b) => b.max - a.max);
  const [worst] = wrong;
  if (worst === undefined) return null;
  const odd = columns.filter((column) => !inFile(column).whole || inFile(column).min < 0);
  if (odd.length > 0) return notNumbered(context, node, rows, columns, odd);
  const largest = Math.max(...columns.map((column) => inFile(column).max));
  const mend = mending(node, rows, columns);
  const scaled = wrong.find((column) => column.unscaled !== undefined);
  if (scaled?.unscaled !== undefined) {
    const { scaling } = context.document.data;
    return {
      ...about(node, rows, { column: scaled.column, min: scaled.min, max: scaled.max }),
      code: 'embedding-scaled',
      message: `${wants(node, rows)}, but ${naming([scaled])} reaches it as ${range(scaled)}: scaling (${scaling}) has changed the ${range(scaled.unscaled)} of the file. ${mend === null ? 'Set scaling to none, and number the values from 0 without gaps' : inWords(mend)}.`,
      fixes: inOne(mend ?? []),
    };
  }
  return {
    ...about(node, rows, { column: worst.column, max: largest }),
    code: 'embedding-too-small',
    param: rowsParam(node),
    message: `${wants(node, rows)}, but ${naming(wrong)} goes up to ${largest}. ${mend === null ? 'Number its values from 0 without gaps' : inWords(mend)}.`,
    fixes: inOne(mend ?? []),
  };
}

const inFile = (column: FieldValues): NumberRange => column.unscaled ?? column;

/** The settings with which columns of whole numbers reach the table as they are and find it long enough; null where no table is. */
function mending(node: LayerNode, rows: number, columns: readonly FieldValues[]): readonly EditFix[] | null {
  const largest = Math.max(...columns.map((column) => inFile(column).max));
  if (largest >= LONGEST_TABLE) return null;
  const scaled = columns.some(({ unscaled }) => unscaled !== undefined);
  const unscale = scaled ? [setData('Set scaling to none', { scaling: 'none' })] : [];
  const enough =
    largest < rows ? [] : [setParam(`Set the vocabulary to ${largest + 1}`, node.id, rowsParam(node), largest + 1)];
  return [...unscale, ...enough];
}

/** What several edits do, as one sentence without its stop: "Set scaling to none and the vocabulary to 12". */
const inWords = (edits: readonly EditFix[]) =>
  edits
    .map(({ label }) => label)
    .join(' and ')
    .replaceAll(' and Set', ' and');
const inOne = (edits: readonly EditFix[]): readonly EditFix[] =>
  edits.length === 0 ? [] : [together(inWords(edits), ...edits)];

/** Columns that hold no row numbers at all, however they are scaled and however long the table is. */
function notNumbered(
  context: LintContext,
  node: LayerNode,
  rows: number,
  columns: readonly FieldValues[],
  odd: readonly FieldValues[],
): Problem | null {
  const [first] = odd;
  if (first === undefined) return null;
  const numbers = inFile(first);
  const what = numbers.whole ? `goes down to ${short(numbers.min)}` : `holds fractions (${range(numbers)})`;
  return {
    ...about(node, rows, { columns: odd.slice(0, 100).map(({ column }) => column) }),
    code: 'embedding-not-numbered',
    message: `${wants(node, rows)}, but ${naming(odd)} ${what}. Number the values from 0, leave ${odd.length === 1 ? 'the column' : 'such columns'} out, or use a Dense layer, which takes any numbers.`,
    fixes: [...leaveOut(context, node, rows, columns, odd), ...instead(context, node)],
  };
}

/** The columns that fit stay. One click does it where there are a few and their names are known. */
function leaveOut(
  context: LintContext,
  node: LayerNode,
  rows: number,
  columns: readonly FieldValues[],
  odd: readonly FieldValues[],
): readonly EditFix[] {
  const { source } = context.document.data;
  const known = odd.length <= LEFT_OUT && odd.every(({ column }) => column !== '');
  const kept = columns.filter((column) => !odd.includes(column));
  if (source.kind !== 'csv' || !known || kept.length === 0) return [];
  const mend = mending(node, rows, kept);
  if (mend === null) return [];
  const left = Object.fromEntries(
    odd.map(({ column }) => [column, { ...source.columns[column], role: 'ignore', kind: 'numeric' }]),
  );
  const next = { ...source, columns: { ...source.columns, ...left } };
  const names = odd.map(({ column }) => `“${column}”`).join(', ');
  // Settings are JSON by their schema, whose loose keys TypeScript only knows as unknown.
  const out = setData(`Leave ${names} out`, { source: JSON.parse(JSON.stringify(next)) as JsonObject });
  const also = mend.length === 0 ? '' : `, ${inWords(mend).replace('Set', 'set')}`;
  return [together(`${out.label}${also}`, out, ...mend)];
}

/** A Dense layer of the same width reads any numbers; without a wire out there is nothing to keep. */
function instead(context: LintContext, node: LayerNode): readonly EditFix[] {
  const units = Number(context.inferred.get(node.id)?.params.outputDim);
  return [
    replaceLayer('Use a Dense layer instead', node.id, 'Dense', { units }),
    deleteNode(`Take ${say(node)} out`, node.id),
  ];
}

const rowsParam = (node: LayerNode) => findLayer(node.type)?.traits.rows ?? '';
const isIndex = (column: NumberRange, rows: number) => column.whole && column.min >= 0 && column.max < rows;

const short = (value: number) => String(Number(value.toPrecision(3))).replace('-', '−');
const range = ({ min, max }: NumberRange) => `${short(min)} to ${short(max)}`;

function naming([first, ...more]: readonly FieldValues[]): string {
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`;
  return first === undefined || first.column === '' ? `a column of the data${rest}` : `column “${first.column}”${rest}`;
}
