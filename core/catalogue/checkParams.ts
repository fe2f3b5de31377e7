import { z } from 'zod';
import type { Problem } from '../errors.ts';
import { type JsonObject, type JsonValue, sameJson } from '../json.ts';
import { shorten } from '../shorten.ts';
import type { AnyLayerDefinition } from './defineLayer.ts';
import { expectation } from './expectation.ts';
import { paramSchema } from './paramSchema.ts';
import type { AnyParams, ParamDescriptor, ParamDescriptors } from './params.ts';

/** Unknown parameters that are named one by one; a file may hold a million, and a list of problems is for a person. */
const UNKNOWN_NAMED = 5;

const schemas = new WeakMap<AnyLayerDefinition, z.ZodObject>();
const checks = new WeakMap<AnyLayerDefinition, readonly Check[]>();

interface Check {
  readonly name: string;
  readonly descriptor: ParamDescriptor;
  readonly schema: z.ZodType<JsonValue>;
}

/** The schema of a layer's parameters, every one required; derived from the descriptors, made once for each layer type. */
export function paramsSchema(layer: AnyLayerDefinition): z.ZodObject {
  const known = schemas.get(layer);
  if (known !== undefined) return known;
  const descriptors = Object.entries(layer.params as ParamDescriptors);
  const made = z.strictObject(Object.fromEntries(descriptors.map(([name, d]) => [name, paramSchema(d)])));
  schemas.set(layer, made);
  return made;
}

/** What is asked of each parameter of a layer type, made once: every layer of a design is checked against it. */
function checksOf(layer: AnyLayerDefinition): readonly Check[] {
  const known = checks.get(layer);
  if (known !== undefined) return known;
  const { shape } = paramsSchema(layer);
  const made = Object.entries(layer.params as ParamDescriptors).map(([name, descriptor]) => ({
    name,
    descriptor,
    schema: shape[name] as z.ZodType<JsonValue>,
  }));
  checks.set(layer, made);
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
  for (const { name, descriptor, schema } of checksOf(layer)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    // Most parameters of most layers; a schema takes many times as long, and to refuse what is missing longer still.
    if (value === undefined || sameJson(value, descriptor.default)) {
      params[name] = descriptor.default as JsonValue;
      continue;
    }
    const checked = schema.safeParse(value);
    // What the schema gives back, not what was given: an initializer in a file may hold keys that are nobody's.
    params[name] = checked.success ? checked.data : (descriptor.default as JsonValue);
    if (checked.success) problems.push(...unknownInside(layer, name, descriptor, value, checked.data));
    else problems.push(invalid(layer, name, descriptor, value));
  }
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(descriptors, name));
  for (const name of unknown.slice(0, UNKNOWN_NAMED))
    problems.push(unknownParam(layer, `no parameter “${shorten(name)}”`, name));
  const rest = unknown.length - UNKNOWN_NAMED;
  if (rest > 0)
    problems.push(unknownParam(layer, `${rest.toLocaleString('en')} more unknown parameters`, unknown.at(-1) ?? ''));
  return { params, problems };
}

/** Keys inside an initializer, regularizer or constraint that it does not have. */
function unknownInside(
  layer: AnyLayerDefinition,
  name: string,
  descriptor: ParamDescriptor,
  given: JsonValue,
  taken: JsonValue,
): Problem[] {
  if (!isObject(given) || !isObject(taken)) return [];
  const unknown = Object.keys(given).filter((key) => !Object.hasOwn(taken, key));
  const [first] = unknown;
  if (first === undefined) return [];
  const more = unknown.length === 1 ? '' : ` and ${(unknown.length - 1).toLocaleString('en')} more`;
  return [
    {
      code: 'unknown-param',
      severity: 'warning',
      title: 'Unknown parameter',
      message: `${descriptor.label} of ${layer.title} has no “${shorten(first)}”${more}. What is not known is kept in the file without any effect.`,
      param: name,
    },
  ];
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownParam(layer: AnyLayerDefinition, what: string, param: string): Problem {
  return {
    code: 'unknown-param',
    severity: 'warning',
    title: 'Unknown parameter',
    message: `${layer.title} has ${what}. ${what.startsWith('no ') ? 'It is' : 'They are'} kept in the file without any effect.`,
    param,
  };
}

function invalid(layer: AnyLayerDefinition, name: string, descriptor: ParamDescriptor, value: JsonValue): Problem {
  const shown = shorten(JSON.stringify(value));
  return {
    code: 'invalid-param',
    severity: 'error',
    title: descriptor.label,
    message: `${descriptor.label} of ${layer.title} must be ${expectation(descriptor)}, but is ${shown}.`,
    param: name,
    facts: { value, default: descriptor.default as JsonValue },
  };
}
