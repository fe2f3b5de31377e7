import { z } from 'zod';
import type { JsonValue } from '../json.ts';
import { basicParamSchema, numberSchema as number } from '../params/index.ts';
import type { ParamDescriptor } from './params.ts';

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
    case 'initializer':
      return initializerSchema;
    case 'regularizer':
      return regularizerSchema.nullable();
    case 'constraint':
      return constraintSchema.nullable();
    default:
      return basicParamSchema(descriptor);
  }
}
