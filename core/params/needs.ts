import type { JsonValue } from '../json.ts';
import type { Need } from './descriptors.ts';

interface Shown {
  readonly kind: string;
  readonly label: string;
  readonly needs?: readonly Need[];
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

/**
 * Why a parameter has no effect beside the others' values: `Bias is off`. Null where it has one. Forms hide such a parameter, and a design
 * that holds a value in it is told so.
 */
export function whyIdle(
  { params: descriptors }: { readonly params: { readonly [name: string]: Shown } },
  name: string,
  params: { readonly [name: string]: JsonValue },
): string | null {
  const needs = (descriptors[name]?.needs ?? []).filter(({ param }) => Object.hasOwn(descriptors, param));
  const met = needs.some(({ param, is, not }) => {
    const value = params[param] ?? null;
    return (is === undefined || is.includes(value)) && !not?.includes(value);
  });
  if (needs.length === 0 || met) return null;
  return needs
    .flatMap(({ param }) => {
      const other = descriptors[param];
      return other === undefined ? [] : [`${other.label} is ${shown(other, params[param] ?? null)}`];
    })
    .join(' and ');
}

function shown({ kind, options }: Shown, value: JsonValue): string {
  if (kind === 'boolean') return value === true ? 'on' : 'off';
  if (kind === 'choice') return options?.find((option) => option.value === value)?.label ?? '';
  return String(value);
}
