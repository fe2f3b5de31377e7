import { z } from 'zod';
import type { JsonValue } from '../json.ts';
import type { ParamDescriptor } from './params.ts';

const number = z.number().refine(Number.isFinite);
const named = <N extends string, S extends z.ZodRawShape>(name: N, shape: S) =>
  z.object({ name: z.literal(name), ...shape });

const initializerSchema = z.discriminatedUnion('name', [
  named('zeros', {}),
  named('ones', {}),
  named('glorotUniform', {}),
  named('glorotNormal', {}),
  named('heUniform', {}),
  named('heNormal', {}),
  named('lecunUniform', {}),
  named('lecunNormal', {}),
  named('constant', { value: number }),
  named('randomNormal', { mean: number, stddev: number.min(0) }),
  named('truncatedNormal', { mean: number, stddev: number.min(0) }),
  named('randomUniform', { min: number, max: number }),
  named('orthogonal', { gain: number }),
]);

const regularizerSchema = z.object({ l1: number.min(0), l2: number.min(0) });

const constraintSchema = z.discriminatedUnion('name', [
  named('maxNorm', { maxValue: number.min(0) }),
  named('unitNorm', {}),
  named('nonNeg', {}),
  named('minMaxNorm', { minValue: number.min(0), maxValue: number.min(0), rate: number.min(0).max(1) }),
]);

/** The zod schema a descriptor describes. */
export function paramSchema(descriptor: ParamDescriptor): z.ZodType<JsonValue> {
  switch (descriptor.kind) {
    case 'int':
      return nullable(bounded(z.int(), descriptor), descriptor);
    case 'float':
      return nullable(bounded(number, descriptor), descriptor);
    case 'boolean':
      return z.boolean();
    case 'choice':
      return z.enum(descriptor.options.map((option) => option.value));
    case 'ints':
      return nullable(z.array(bounded(z.int(), descriptor)).length(descriptor.boxes.length), descriptor);
    case 'shape':
      return z.array(z.int().min(descriptor.min)).max(descriptor.maxRank ?? 8);
    case 'text':
      return z.string();
    case 'initializer':
      return initializerSchema;
    case 'regularizer':
      return regularizerSchema.nullable();
    case 'constraint':
      return constraintSchema.nullable();
  }
}

function bounded(
  schema: z.ZodNumber | z.ZodInt,
  bounds: { min?: number; max?: number; exclusiveMin?: boolean; exclusiveMax?: boolean },
): z.ZodNumber | z.ZodInt {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = bounds;
  const above = bounds.exclusiveMin === true ? schema.gt(min) : schema.gte(min);
  return bounds.exclusiveMax === true ? above.lt(max) : above.lte(max);
}

function nullable(schema: z.ZodType<JsonValue>, descriptor: { nullLabel?: string }): z.ZodType<JsonValue> {
  return descriptor.nullLabel === undefined ? schema : schema.nullable();
}
