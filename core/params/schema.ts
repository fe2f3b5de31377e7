import { z } from 'zod';
import type { JsonValue } from '../json.ts';
import type { BasicParam, Entries } from './descriptors.ts';

/** A finite number. */
export const numberSchema = z.number().refine(Number.isFinite);

/** The zod schema a descriptor describes. */
export function basicParamSchema(descriptor: BasicParam): z.ZodType<JsonValue> {
  switch (descriptor.kind) {
    case 'int':
      return nullable(bounded(z.int(), descriptor), descriptor);
    case 'float':
      return nullable(bounded(numberSchema, descriptor), descriptor);
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
    case 'entries':
      return z.array(entrySchema(descriptor.of)).max(20);
  }
}

/**
 * The schema of a choice of one of these entries: told apart by `name`; a parameter that is missing, since the file is older than it,
 * has its default; keys that are nobody's are kept.
 */
export function entrySchema(entries: Entries): z.ZodType<JsonValue> {
  const [first, ...rest] = Object.values(entries).map(({ name, params }) =>
    z.looseObject({
      name: z.literal(name),
      ...Object.fromEntries(
        Object.entries(params).map(([param, descriptor]) => [
          param,
          basicParamSchema(descriptor).default(descriptor.default as JsonValue),
        ]),
      ),
    }),
  );
  if (first === undefined) throw new Error('A catalogue has at least one entry');
  // JSON by what its parameters are; a loose object only hides that from the type.
  return z.discriminatedUnion('name', [first, ...rest]) as z.ZodType as z.ZodType<JsonValue>;
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
