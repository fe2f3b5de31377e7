import { z } from 'zod';
import type { JsonObject, JsonValue } from './json.ts';

const id = z.string().min(1).max(64);
/** The graph that all ids of an edit are in: the definition of a block. Absent: the main graph. */
const graph = id.optional();
const position = z.strictObject({ x: z.number(), y: z.number() });
const callSchema = z.strictObject({ command: z.string(), args: z.unknown() });
const json: z.ZodType<JsonValue> = z.json();
const params: z.ZodType<JsonObject> = z.record(z.string(), json);
const type = z.string();
/** A definition of a block as a document holds it; the command that takes it checks the rest. */
const definition = z.looseObject({
  id,
  nodes: z.record(z.string(), z.unknown()),
  edges: z.record(z.string(), z.unknown()),
});

/** What each edit of a design takes, as data: the vocabulary that fixes, menus, drags and tests share. `commands` does them. */
const SINGLE_EDITS = {
  addNode: z.strictObject({
    graph,
    type,
    position,
    params: params.optional(),
    name: z.string().optional(),
    id: id.optional(),
  }),
  connect: z.strictObject({ graph, source: id, sourcePort: z.string(), target: id, targetPort: z.string() }),
  disconnect: z.strictObject({ graph, edgeId: id }),
  deleteItems: z.strictObject({
    graph,
    nodeIds: z.array(id).readonly(),
    edgeIds: z.array(id).readonly(),
    relink: z.boolean(),
  }),
  moveNodes: z.strictObject({ graph, positions: z.record(z.string(), position).readonly() }),
  setParam: z.strictObject({ graph, nodeId: id, param: z.string(), value: json }),
  setParams: z.strictObject({ graph, nodeId: id, params }),
  renameNode: z.strictObject({ graph, nodeId: id, name: z.string() }),
  replaceLayer: z.strictObject({ graph, nodeId: id, type, params: params.optional() }),
  insertOnEdge: z.strictObject({ graph, edgeId: id, type, params: params.optional(), position: position.optional() }),
  moveOntoEdge: z.strictObject({ graph, nodeId: id, edgeId: id }),
  insertAfter: z.strictObject({ graph, nodeId: id, type, params: params.optional() }),
  insertBefore: z.strictObject({ graph, nodeId: id, edgeId: id.optional(), type, params: params.optional() }),
  /** A use of the definition `root`, with the definitions it needs; on a wire or behind a layer, where one is named. */
  addBlock: z.strictObject({
    graph,
    definitions: z.array(definition).min(1).readonly(),
    root: id,
    position: position.optional(),
    edgeId: id.optional(),
    nodeId: id.optional(),
    name: z.string().optional(),
    values: params.optional(),
    repeat: z.number().int().min(1).optional(),
  }),
  groupIntoBlock: z.strictObject({ graph, nodeIds: z.array(id).readonly(), name: z.string().max(200).optional() }),
  expandBlock: z.strictObject({ graph, nodeId: id }),
  makeUnique: z.strictObject({ graph, nodeId: id }),
  /** Of a definition, named by its own graph. */
  setBlock: z.strictObject({
    graph: id,
    name: z.string().max(200).optional(),
    doc: z.string().max(5000).optional(),
    hue: z.number().min(0).max(359).nullable().optional(),
  }),
  deleteBlock: z.strictObject({ graph: id }),
  /** `shortcut`: layers on it, from its beginning to the Add. */
  wrapResidual: z.strictObject({
    graph,
    nodeIds: z.array(id).readonly(),
    shortcut: z.array(z.strictObject({ type, params })).max(10).readonly().optional(),
  }),
  unwrapResidual: z.strictObject({ graph, nodeId: id }),
  movePort: z.strictObject({ graph, nodeId: id, order: z.number().int().nonnegative() }),
  /** Gives a use a value for one of its block's parameters, which may be a formula; null: the parameter's default. */
  setUseValue: z.strictObject({ graph, nodeId: id, name: z.string(), value: json }),
  /** Adds or changes a parameter of the block that the graph defines. */
  setBlockParameter: z.strictObject({ graph: id, name: z.string(), parameter: z.looseObject({ default: json }) }),
  renameBlockParameter: z.strictObject({ graph: id, name: z.string(), to: z.string() }),
  /** Its default then stands wherever it stood. */
  removeBlockParameter: z.strictObject({ graph: id, name: z.string() }),
  /** Leaves a value inside a block to the block's uses: a layer's parameter, a use's `repeat` or one of its `values.<name>`. */
  turnIntoParameter: z.strictObject({ graph: id, nodeId: id, param: z.string(), name: z.string() }),
  /** Without a position: below the originals. */
  pasteItems: z.strictObject({ graph, text: z.string(), position: position.nullable() }),
  duplicateItems: z.strictObject({ graph, nodeIds: z.array(id).min(1).readonly() }),
  reorderInput: z.strictObject({ graph, edgeId: id, order: z.number().int().nonnegative() }),
  swapWithNext: z.strictObject({ graph, nodeId: id }),
  setData: z.strictObject({ data: params }),
  setTraining: z.strictObject({ training: params }),
  dropUnknownSetting: z.strictObject({ path: z.array(z.string()).min(2).max(8).readonly() }),
  renameDocument: z.strictObject({ name: z.string() }),
};

type SingleArgs = { readonly [K in keyof typeof SINGLE_EDITS]: z.infer<(typeof SINGLE_EDITS)[K]> };
type CallOf<Args, K extends keyof Args> = {
  [Name in K]: { readonly command: Name; readonly args: Args[Name] };
}[K];

export type SingleEdit = CallOf<SingleArgs, keyof SingleArgs>;

/** More than any fix needs; a bound for what comes from outside. */
const MOST_CALLS = 100;

export const EDITS = {
  ...SINGLE_EDITS,
  /** Several edits as one: all, in this order, or none. */
  batch: z.strictObject({
    label: z.string().min(1).max(200),
    calls: z
      .array(z.custom<SingleEdit>(isSingle, 'no edit, or one with arguments that are not valid'))
      .min(1)
      .max(MOST_CALLS)
      .readonly(),
  }),
};

export type EditName = keyof typeof EDITS;
/** By the name of the edit, its arguments. */
export type EditArgs = { readonly [K in EditName]: z.infer<(typeof EDITS)[K]> };
/** An edit with its arguments, as data. A distributed union, so that `command` tells the type of `args`. */
export type Edit<K extends EditName = EditName> = CallOf<EditArgs, K>;

/** `edit('setParam', { nodeId, param, value })`: an edit, typed by its name. */
export function edit<K extends EditName>(command: K, args: EditArgs[K]): Edit<K> {
  return { command, args };
}

/** Several edits as one: all are done, in this order, or none; one undo takes them back. */
export function batch(label: string, ...calls: readonly SingleEdit[]): Edit<'batch'> {
  return edit('batch', { label, calls });
}

/** The same edit, done in a graph of the document if it names none: ids mean nothing without the graph they are in. */
export function inGraph(edit: SingleEdit, graph: string): SingleEdit;
export function inGraph(edit: Edit, graph: string): Edit;
export function inGraph(edit: Edit, graph: string): Edit {
  if (edit.command !== 'batch') return singleIn(edit, graph);
  return batch(edit.args.label, ...edit.args.calls.map((call) => singleIn(call, graph)));
}

/** Arguments that are ids of nodes and wires, or lists of them, whichever edit has them. */
const IDS = new Set<string>(['nodeId', 'edgeId', 'source', 'target', 'nodeIds', 'edgeIds']);

/** The ids of nodes and wires that an edit names. */
export function idsIn({ args }: SingleEdit): readonly string[] {
  return Object.entries(args).flatMap(([name, value]) => (IDS.has(name) ? [value].flat().map(String) : []));
}

/** The same edit of the nodes and wires that stand for those it names. */
export function withIds(edit: SingleEdit, standIn: (id: string) => string): SingleEdit {
  const renamed = Object.entries(edit.args).map(([name, value]): [string, unknown] => {
    if (!IDS.has(name)) return [name, value];
    return [name, Array.isArray(value) ? value.map((id) => standIn(String(id))) : standIn(String(value))];
  });
  const there = { command: edit.command, args: Object.fromEntries(renamed) };
  return isSingle(there) ? there : edit;
}

function singleIn(edit: SingleEdit, graph: string): SingleEdit {
  const there = { command: edit.command, args: { graph, ...edit.args } };
  // Settings are of the whole document: their edits take no graph.
  return isSingle(there) ? there : edit;
}

/** Whether a value from outside is an edit that this version knows, with arguments it accepts. */
export function isEdit(value: unknown): value is Edit {
  const call = callSchema.safeParse(value);
  if (!call.success || !isEditName(call.data.command)) return false;
  const args: z.ZodType = EDITS[call.data.command];
  return args.safeParse(call.data.args).success;
}

export function isEditName(name: string): name is EditName {
  return Object.hasOwn(EDITS, name);
}

function isSingle(value: unknown): value is SingleEdit {
  return isEdit(value) && value.command !== 'batch';
}
