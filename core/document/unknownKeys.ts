import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { type DataSettings, dataSettingsSchema, type TrainingSettings, trainingSettingsSchema } from './schema.ts';

type Section = DataSettings | TrainingSettings;
type Path = readonly string[];

const found = new WeakMap<Section, readonly Path[]>();

/**
 * Settings in `data` and `training` that this version has never heard of (`training.clipNorm`), at whatever depth: they stay in the
 * file and do nothing. Found from the schema, so that a new setting is known the day it is added there.
 */
export function unknownKeys(document: { readonly data: DataSettings; readonly training: TrainingSettings }): Path[] {
  return [
    ...within(document.data, dataSettingsSchema, 'data'),
    ...within(document.training, trainingSettingsSchema, 'training'),
  ];
}

/** Asked for at every edit, while the settings are mostly the same object. */
function within(section: Section, schema: z.ZodType, name: string): readonly Path[] {
  const known = found.get(section);
  if (known !== undefined) return known;
  const paths = [...below(schema, section, [name])];
  found.set(section, paths);
  return paths;
}

function* below(schema: unknown, value: unknown, path: Path): Iterable<Path> {
  if (!isObject(value)) return;
  if (schema instanceof z.ZodObject) {
    for (const key of Object.keys(value)) {
      const at = [...path, key];
      if (Object.hasOwn(schema.shape, key)) yield* below(schema.shape[key], value[key], at);
      else yield at;
    }
  } else if (schema instanceof z.ZodRecord) {
    for (const key of Object.keys(value)) yield* below(schema.valueType, value[key], [...path, key]);
  } else if (schema instanceof z.ZodUnion) {
    const fitting = schema.options.find((option) => z.safeParse(option, value).success);
    yield* below(fitting, value, path);
  } else if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    yield* below(schema.unwrap(), value, path);
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
