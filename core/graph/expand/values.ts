import type { LayerNode } from '../../document/index.ts';
import type { JsonValue } from '../../json.ts';

/** What names stand for inside one use of a block. */
export type Scope = ReadonlyMap<string, JsonValue>;

/** Parameters with what stands in them for values of the block (`=filters`) put in. */
export interface Substituted {
  readonly params: LayerNode['params'];
  /** Parameters whose text names nothing: what it says, by the parameter. */
  readonly unknown: ReadonlyMap<string, string>;
}

/** Immutable parameters against the values they were read with: the same pair gives the same object, so that what is inferred of it lasts. */
const known = new WeakMap<LayerNode['params'], Map<string, Substituted>>();

/** @param key says the scope's values: equal keys, equal values */
export function substitute(params: LayerNode['params'], scope: Scope, key: string): Substituted {
  const byScope = known.get(params) ?? new Map<string, Substituted>();
  known.set(params, byScope);
  const before = byScope.get(key);
  if (before !== undefined) return before;
  const unknown = new Map<string, string>();
  let changed = false;
  const entries = Object.entries(params).map(([name, value]): [string, JsonValue] => {
    const next = inValue(value as JsonValue, scope, (text) => unknown.set(name, text));
    changed ||= next !== value;
    return [name, next];
  });
  const result = { params: changed ? Object.fromEntries(entries) : params, unknown };
  byScope.set(key, result);
  return result;
}

function inValue(value: JsonValue, scope: Scope, unknown: (text: string) => void): JsonValue {
  if (typeof value === 'string') return value.startsWith('=') ? evaluate(value, scope, unknown) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: JsonValue) => inValue(item, scope, unknown));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  const entries = Object.entries(value).map(([name, item]): [string, JsonValue] => [
    name,
    inValue(item, scope, unknown),
  ]);
  return entries.some(([name, item]) => item !== (value as { readonly [name: string]: JsonValue })[name])
    ? Object.fromEntries(entries)
    : value;
}

/** The one place where what stands behind `=` is worked out: the name of one of the block's parameters. */
function evaluate(text: string, scope: Scope, unknown: (text: string) => void): JsonValue {
  const value = scope.get(text.slice(1).trim());
  if (value !== undefined) return value;
  unknown(text);
  return text;
}
