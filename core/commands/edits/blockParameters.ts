import { BLOCK_PARAMETER_KINDS, type BlockParameter, blockParameterSchema } from '../../document/index.ts';
import { fixInFormula, mapFormulas, renameInFormula } from '../../expressions/index.ts';
import { parameterNames } from '../../graph/index.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { defineCommand, refuse } from '../defineCommand.ts';
import { readUsesOf, requireFreeName, requireParameter, requireValue, writeUse } from '../steps/blockParameters.ts';
import { requireDefinition, sayDefinition } from '../steps/definitions.ts';
import { type GraphDraft, plain } from '../steps/nodes.ts';

/** Adds a parameter to a block, or changes one. Refused: names that formulas cannot use, and defaults that are not of its kind. */
export const setBlockParameter = defineCommand({
  name: 'setBlockParameter',
  run(draft, { graph, name, parameter: given }) {
    const definition = requireDefinition(draft, graph);
    const isNew = !Object.hasOwn(definition.parameters ?? {}, name);
    if (isNew) requireFreeName(definition, name);
    putParameter(definition, name, checkParameter(name, given));
    return { label: `${isNew ? 'Add' : 'Change'} parameter ${name} of ${sayDefinition(definition)}` };
  },
});

/** Calls a parameter something else, in the block's formulas and in all its uses. */
export const renameBlockParameter = defineCommand({
  name: 'renameBlockParameter',
  run(draft, { graph, name, to }) {
    const definition = requireDefinition(draft, graph);
    requireParameter(definition, name);
    if (to === name) return { label: `Rename parameter ${name}` };
    requireFreeName(definition, to);
    changeFormulas(definition, (formula) => renameInFormula(formula, name, to));
    const kept = Object.entries(plain(definition).parameters ?? {});
    definition.parameters = Object.fromEntries(
      kept.map(([key, value]) => [key === name ? to : key, value]),
    ) as NonNullable<GraphDraft['parameters']>;
    for (const { node, use } of readUsesOf(draft, graph)) {
      if (!Object.hasOwn(use.values, name)) continue;
      const values = Object.entries(use.values).map(([key, value]) => [key === name ? to : key, value]);
      writeUse(node, { ...use, values: Object.fromEntries(values) });
    }
    return { label: `Rename parameter ${name} to ${to}` };
  },
});

/** Takes a parameter off a block: its default stands wherever it stood, and uses lose the values they gave it. */
export const removeBlockParameter = defineCommand({
  name: 'removeBlockParameter',
  run(draft, { graph, name }) {
    const definition = requireDefinition(draft, graph);
    const { default: usual } = requireParameter(definition, name);
    changeFormulas(definition, (formula) => fixInFormula(formula, name, usual as JsonValue));
    delete definition.parameters?.[name];
    if (Object.keys(definition.parameters ?? {}).length === 0) delete definition.parameters;
    for (const { node, use } of readUsesOf(draft, graph)) {
      const { [name]: given, ...values } = use.values;
      if (given !== undefined) writeUse(node, { ...use, values });
    }
    return { label: `Remove parameter ${name} of ${sayDefinition(definition)}` };
  },
});

/** Puts a parameter in its place, a further one behind the others. */
export function putParameter(definition: GraphDraft, name: string, parameter: BlockParameter): void {
  const { parameters = {} } = plain(definition);
  const last = parameterNames({ parameters }).map((other) => parameters[other]?.order ?? 0);
  const order = parameter.order ?? parameters[name]?.order ?? Math.max(-1, ...last) + 1;
  definition.parameters ??= {};
  definition.parameters[name] = { ...parameter, order } as NonNullable<GraphDraft['parameters']>[string];
}

function checkParameter(name: string, given: JsonObject | { readonly [key: string]: unknown }): BlockParameter {
  const read = blockParameterSchema.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    return refuse(
      'block-parameter',
      'Parameter',
      `“${name}” cannot be like this: ${issue?.path.join('.')}: ${issue?.message}.`,
    );
  }
  const parameter: BlockParameter = read.data;
  const { kind, min, max, options = [] } = parameter;
  if (kind !== undefined && !BLOCK_PARAMETER_KINDS.some((one) => one === kind))
    refuse(
      'block-parameter',
      'Parameter',
      `“${kind}” is no kind of parameter; there are ${BLOCK_PARAMETER_KINDS.join(', ')}.`,
    );
  if (min !== undefined && max !== undefined && min > max)
    refuse('block-parameter', 'Bounds', `“${name}” cannot be at least ${min} and at most ${max}. Exchange the two.`);
  if (kind === 'choice' && options.length === 0)
    refuse('block-parameter', 'Options', `“${name}” is a choice, so it needs at least one option.`);
  requireValue(name, parameter, parameter.default as JsonValue);
  return parameter;
}

function changeFormulas(definition: GraphDraft, change: (formula: string) => JsonValue): void {
  for (const node of Object.values(definition.nodes))
    for (const [param, value] of Object.entries(node.params as { [param: string]: JsonValue })) {
      const next = mapFormulas(value, change);
      if (next !== value) Object.assign(node.params, { [param]: next });
    }
}
