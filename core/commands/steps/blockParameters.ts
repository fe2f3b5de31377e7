import { BLOCK, type BlockParameter, type BlockUse, readBlockUse } from '../../document/index.ts';
import { formulasIn, isParameterName, parseExpression } from '../../expressions/index.ts';
import { describeParameter, refusesValue } from '../../graph/index.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { shorten } from '../../shorten.ts';
import { type DocumentDraft, refuse } from '../defineCommand.ts';
import { sayDefinition, usesOf } from './definitions.ts';
import { type GraphDraft, type NodeDraft, plain } from './nodes.ts';

/** One of a definition's parameters, as plain data. */
export function requireParameter(definition: GraphDraft, name: string): BlockParameter {
  const { parameters = {} } = plain(definition);
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (parameter === undefined)
    return refuse(
      'no-such-parameter',
      'No such parameter',
      `“${sayDefinition(definition)}” has no parameter “${shorten(name)}”. It may have been removed.`,
    );
  return parameter;
}

/** Refuses a name that a further parameter of the block cannot have. */
export function requireFreeName(definition: GraphDraft, name: string): void {
  if (!isParameterName(name))
    refuse(
      'invalid-name',
      'Name',
      `“${shorten(name)}” cannot be a parameter’s name, because formulas and exported code use it: begin with a small letter, then letters, digits and underscores, at most 32, and no word that these use themselves (i, n, min, if, …).`,
    );
  if (Object.hasOwn(definition.parameters ?? {}, name))
    refuse(
      'duplicate-name',
      'Name taken',
      `“${sayDefinition(definition)}” already has a parameter “${name}”. Choose another name.`,
    );
}

/** Refuses a value that a parameter does not take. Of a formula, only whether it can be read is known here. */
export function requireValue(
  name: string,
  parameter: BlockParameter,
  value: JsonValue,
  at: { readonly param?: string; readonly nodeId?: string } = {},
): void {
  const label = describeParameter(name, parameter)?.label ?? name;
  requireFormulas(value, label, at);
  const expected = formulasIn(value).length > 0 ? null : refusesValue(name, parameter, value);
  if (expected !== null)
    refuse('block-value', label, `${label} must be ${expected}, but is ${shorten(JSON.stringify(value))}.`, at);
}

/** Refuses formulas that cannot be read. */
export function requireFormulas(
  value: JsonValue,
  label: string,
  at: { readonly param?: string; readonly nodeId?: string },
): void {
  for (const formula of formulasIn(value)) {
    const parsed = parseExpression(formula.slice(1));
    if (!parsed.ok)
      refuse(
        'block-expression',
        label,
        `${label} cannot be worked out from “${shorten(formula)}”. ${parsed.error.reason}`,
        at,
      );
  }
}

/** How a node uses a block; refused where it is none. */
export function requireUseOf({ type, name, params }: NodeDraft): BlockUse {
  const read = type === BLOCK ? readBlockUse(params) : { fault: 'it is a layer' };
  if ('use' in read) return read.use;
  return refuse('block-invalid', 'No block', `“${shorten(name)}” is no use of a block: ${shorten(read.fault, 120)}.`);
}

/** Writes how a node uses a block; what is as usual is left out. */
export function writeUse(node: NodeDraft, { graph, values, repeat, repeatFormula }: BlockUse): void {
  const params: JsonObject = {
    graph,
    ...(Object.keys(values).length > 0 && { values: values as JsonObject }),
    ...(repeatFormula !== undefined ? { repeat: repeatFormula } : repeat !== 1 && { repeat }),
  };
  Object.assign(node, { params });
}

/** Every use of a definition that can be read, with what it says. */
export function readUsesOf(
  draft: DocumentDraft,
  definition: string,
): readonly { readonly node: NodeDraft; readonly use: BlockUse }[] {
  return usesOf(draft, definition).flatMap(({ node }) => {
    const read = readBlockUse(node.params);
    return 'use' in read ? [{ node, use: read.use }] : [];
  });
}
