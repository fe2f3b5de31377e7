import { z } from 'zod';
import type { Problem } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import type { AnyLayerDefinition } from './defineLayer.ts';
import { expectation } from './expectation.ts';
import { paramSchema } from './paramSchema.ts';
import type { AnyParams, ParamDescriptor, ParamDescriptors } from './params.ts';

const schemas = new WeakMap<AnyLayerDefinition, z.ZodObject>();

/** The schema of a layer's parameters, every one required; derived from the descriptors, made once for each layer type. */
export function paramsSchema(layer: AnyLayerDefinition): z.ZodObject {
  const known = schemas.get(layer);
  if (known !== undefined) return known;
  const descriptors = Object.entries(layer.params as ParamDescriptors);
  const made = z.strictObject(Object.fromEntries(descriptors.map(([name, d]) => [name, paramSchema(d)])));
  schemas.set(layer, made);
  return made;
}

/**
 * A node's parameters as the layer's functions may have them: complete, with defaults where one is missing or out of bounds.
 * Problems name the parameter, the value found and what is allowed; they carry no nodeId. Unknown parameters are a warning.
 */
export function checkParams(
  layer: AnyLayerDefinition,
  given: { readonly [name: string]: JsonValue },
): { params: AnyParams; problems: Problem[] } {
  const problems: Problem[] = [];
  const params: { [name: string]: JsonValue } = {};
  const descriptors: ParamDescriptors = layer.params;
  const { shape } = paramsSchema(layer);
  for (const [name, descriptor] of Object.entries(descriptors)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const valid = value !== undefined && z.safeParse(shape[name] as z.ZodType<JsonValue>, value).success;
    params[name] = valid ? value : (descriptor.default as JsonValue);
    if (value !== undefined && !valid) problems.push(invalid(layer, name, descriptor, value));
  }
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(descriptors, name)) continue;
    problems.push({
      code: 'unknown-param',
      severity: 'warning',
      title: 'Unknown parameter',
      message: `${layer.title} has no parameter “${name}”. It is kept in the file and has no effect.`,
      param: name,
    });
  }
  return { params, problems };
}

function invalid(layer: AnyLayerDefinition, name: string, descriptor: ParamDescriptor, value: JsonValue): Problem {
  const found = JSON.stringify(value);
  const shown = found.length > 60 ? `${found.slice(0, 57)}…` : found;
  return {
    code: 'invalid-param',
    severity: 'error',
    title: descriptor.label,
    message: `${descriptor.label} of ${layer.title} must be ${expectation(descriptor)}, but is ${shown}.`,
    param: name,
    facts: { value, default: descriptor.default as JsonValue },
  };
}
