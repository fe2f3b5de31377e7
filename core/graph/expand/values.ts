import type { LayerNode } from '../../document/index.ts';
import {
  evaluateFormula,
  type Fault,
  formulasIn,
  mapFormulas,
  type Names,
  namesInFormula,
} from '../../expressions/index.ts';
import type { JsonValue } from '../../json.ts';

/** What names stand for at one place of the network. */
export type Scope = Names;

/** A formula that has no value. */
export interface BadFormula {
  readonly formula: string;
  readonly fault: Fault;
}

/** Parameters with what is worked out in place of their formulas (`=filters * 4`). */
export interface Substituted {
  readonly params: LayerNode['params'];
  /** The first formula without a value, by the parameter; it stands there as it is. */
  readonly faults: ReadonlyMap<string, BadFormula>;
}

interface Known {
  /** Names that the formulas use. */
  readonly used: readonly string[];
  readonly byKey: Map<string, Substituted>;
}

/** Immutable parameters against the values they were read with: the same pair gives the same object, so that what is inferred of it lasts. */
const known = new WeakMap<LayerNode['params'], Known>();

/** Works out the formulas among parameters. Parameters without any are their own result. */
export function substitute(params: LayerNode['params'], names: Names): Substituted {
  const { used, byKey } = knownOf(params);
  const key = keyOf(used, names);
  const before = byKey.get(key);
  if (before !== undefined) return before;
  const faults = new Map<string, BadFormula>();
  let changed = false;
  const entries = Object.entries(params).map(([name, value]): [string, JsonValue] => {
    const next = mapFormulas(value as JsonValue, (formula) => {
      const result = evaluateFormula(formula, names);
      if (result.ok) return result.value;
      if (!faults.has(name)) faults.set(name, { formula, fault: result.error });
      return formula;
    });
    changed ||= next !== value;
    return [name, next];
  });
  const result = { params: changed ? Object.fromEntries(entries) : params, faults };
  byKey.set(key, result);
  return result;
}

/** Names that formulas among these parameters use. */
export function namesUsedBy(params: LayerNode['params']): readonly string[] {
  return knownOf(params).used;
}

/** Says all that a result can depend on: equal keys, equal results. A name that stands for nothing is told beside those that do. */
export function keyOf(used: readonly string[], names: Names): string {
  if (used.length === 0) return '';
  const values = used.map((name) => names.get(name));
  return JSON.stringify(values.includes(undefined) ? [values, [...names.keys()]] : values);
}

function knownOf(params: LayerNode['params']): Known {
  let entry = known.get(params);
  if (entry === undefined) {
    const used = new Set(formulasIn(params as JsonValue).flatMap(namesInFormula));
    entry = { used: [...used], byKey: new Map() };
    known.set(params, entry);
  }
  return entry;
}
