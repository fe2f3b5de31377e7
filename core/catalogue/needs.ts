import type { JsonValue } from '../json.ts';
import type { AnyLayerDefinition } from './defineLayer.ts';
import type { AnyParams, ParamDescriptor, ParamDescriptors } from './params.ts';

/**
 * Why a parameter has no effect beside the others' values: `Bias is off`. Null where it has one. Forms hide such a parameter, and a design
 * that holds a value in it is told so.
 */
export function whyIdle(layer: AnyLayerDefinition, name: string, params: AnyParams): string | null {
  const descriptors: ParamDescriptors = layer.params;
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

function shown(descriptor: ParamDescriptor, value: JsonValue): string {
  if (descriptor.kind === 'boolean') return value === true ? 'on' : 'off';
  if (descriptor.kind === 'choice') return descriptor.options.find((option) => option.value === value)?.label ?? '';
  return String(value);
}
