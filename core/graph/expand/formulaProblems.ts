import { type Graph, type LayerNode, readBlockUse } from '../../document/index.ts';
import { edit } from '../../edits.ts';
import type { Fix, Problem } from '../../errors.ts';
import { formulasIn, mapFormulas, renameInFormula } from '../../expressions/index.ts';
import type { JsonValue } from '../../json.ts';
import { shorten } from '../../shorten.ts';
import { describeParameter } from '../blockParams.ts';
import type { Inside } from './scope.ts';
import type { BadFormula } from './values.ts';

/** What a problem names as the parameter of a use where it is about the value that the use gives for one of the block's. */
export const valueField = (name: string): string => `values.${name}`;

/** A formula without a value, in a parameter of a node. */
export function badFormula(
  node: LayerNode,
  at: string,
  param: string,
  label: string,
  { formula, fault }: BadFormula,
): Problem {
  const { reason, near, unknown } = fault;
  const fixes: Fix[] = [];
  if (near !== undefined && unknown !== undefined) {
    const better = mapFormulas((node.params[param] ?? null) as JsonValue, (one) => renameInFormula(one, unknown, near));
    fixes.push({ label: `Write “${near}”`, edit: edit('setParam', { nodeId: at, param, value: better }) });
  }
  return {
    code: 'block-expression',
    severity: 'error',
    title: 'Formula',
    message: `“${shorten(node.name)}” takes ${label} from “${shorten(formula)}”, which has no value. ${reason}${unknown === undefined ? '' : ' Write one of the block’s parameters, or add one of that name.'}`,
    nodeId: at,
    param,
    facts: { formula },
    ...(fixes.length > 0 && { fixes }),
  };
}

/** What is wrong with the values of a use: formulas without a value, and values that the block's parameters do not take. Each name once. */
export function wrongValues(
  definition: Graph,
  node: LayerNode,
  at: string,
  { faults, refused }: Pick<Inside, 'faults' | 'refused'>,
  told: Set<string>,
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [name, bad] of faults) {
    if (told.has(name)) continue;
    told.add(name);
    const problem = badFormula(node, at, valueField(name), `its value of ${labelOf(definition, name)}`, bad);
    problems.push({ ...problem, fixes: [toDefault(definition, at, name)] });
  }
  for (const [name, { value, expected }] of refused) {
    if (told.has(name)) continue;
    told.add(name);
    problems.push({
      code: 'block-value',
      severity: 'error',
      title: labelOf(definition, name),
      message: `${labelOf(definition, name)} of “${shorten(node.name)}” must be ${expected}, but is ${shorten(JSON.stringify(value))}${workedOut(node, name)}. Its default stands in for it.`,
      nodeId: at,
      param: valueField(name),
      facts: { value },
      fixes: [toDefault(definition, at, name)],
    });
  }
  return problems;
}

function toDefault(definition: Graph, nodeId: string, name: string): Fix {
  return {
    label: `Set ${labelOf(definition, name).toLowerCase()} back to its default`,
    edit: edit('setUseValue', { nodeId, name, value: null }),
  };
}

function labelOf(definition: Graph, name: string): string {
  const parameter = Object.hasOwn(definition.parameters ?? {}, name) ? definition.parameters?.[name] : undefined;
  return (parameter && describeParameter(name, parameter)?.label) ?? shorten(name);
}

function workedOut({ params }: LayerNode, name: string): string {
  const given = readBlockUse(params);
  const formulas = 'use' in given ? formulasIn(given.use.values[name] as JsonValue) : [];
  return formulas.length === 0 ? '' : ` (by ${formulas.map((formula) => `“${shorten(formula)}”`).join(', ')})`;
}
