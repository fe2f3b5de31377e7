import type { z } from 'zod';
import type { JsonObject, JsonValue } from '../json.ts';
import { CONSTANT_RATE, NO_CLIPPING } from '../training/index.ts';
import { DEFAULT_DATA, DEFAULT_TRAINING } from './defaults.ts';
import type { LoomDocument } from './schema.ts';

/** A setting whose value only a newer version knows: where it stands in the file, and what it is there. */
export type UnknownSetting = NonNullable<LoomDocument['unknownSettings']>[number];

/** What stands in for a choice that is not known. */
const DEFAULTS: JsonValue = JSON.parse(
  JSON.stringify({
    data: DEFAULT_DATA,
    training: { ...DEFAULT_TRAINING, schedule: CONSTANT_RATE, clipping: NO_CLIPPING },
  }),
);

/**
 * Sets aside what a choice of a newer version left in `data` and `training` (an optimiser, a kind of source, a scaling, …): in its place
 * stands a value this version knows, so that everything else works, and the value itself is kept in `unknownSettings` until it is saved
 * or replaced. Only names are taken for choices: a number out of bounds is damage.
 */
export function setAsideUnknown(raw: JsonObject, issues: readonly z.core.$ZodIssue[]): JsonObject | null {
  const aside = new Map<string, UnknownSetting>();
  const known: UnknownSetting[] = [];
  for (const issue of issues) {
    const choice = unknownChoice(raw, issue);
    if (choice === null) return null;
    const place = JSON.stringify(choice.path);
    if (aside.has(place)) continue;
    aside.set(place, { path: choice.path, value: choice.value });
    known.push({ path: choice.path, value: choice.known });
  }
  return { ...withValues(raw, known), unknownSettings: [...aside.values()] as unknown as JsonValue };
}

interface Choice {
  readonly path: readonly string[];
  readonly value: JsonValue;
  readonly known: JsonValue;
}

function unknownChoice(raw: JsonObject, issue: z.core.$ZodIssue): Choice | null {
  const [section] = issue.path;
  if (section !== 'data' && section !== 'training') return null;
  const names = issue.path.map(String);
  const found = valueAt(raw, names);
  if (typeof found !== 'string') return null;
  // A kind of optimiser or source has settings of its own, and so has a dataset: they are kept together.
  const whole = issue.code === 'invalid_union' || names.join('.') === 'data.source.id';
  const path = whole ? names.slice(0, -1) : names;
  const value = valueAt(raw, path);
  const usual = valueAt(DEFAULTS, path);
  const first = issue.code === 'invalid_value' ? issue.values[0] : undefined;
  const known = usual ?? (typeof first === 'string' ? first : undefined);
  if (value === undefined || known === undefined || (!whole && issue.code !== 'invalid_value')) return null;
  return { path, value, known };
}

/** The document as it is written: what was set aside back in its place. */
export function withUnknownSettings(document: LoomDocument): JsonObject {
  const { unknownSettings = [], ...rest } = document;
  return withValues(rest as unknown as JsonObject, unknownSettings);
}

/** What stands in the place of a setting that was set aside. */
export function standIn(document: LoomDocument, { path }: UnknownSetting): JsonValue | undefined {
  return valueAt(document as unknown as JsonValue, path);
}

function valueAt(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const name of path) at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  return at;
}

/** A copy with other values at some places of `data` and `training`; places that are gone (replaced since) are passed over. */
function withValues(document: JsonObject, values: readonly UnknownSetting[]): JsonObject {
  if (values.length === 0) return document;
  const { data = null, training = null } = document;
  // Copied whole and once: there may be one value for each of many columns.
  const copy: JsonObject = { ...document, data: structuredClone(data), training: structuredClone(training) };
  for (const { path, value } of values) {
    const holder = valueAt(copy, path.slice(0, -1));
    const name = path.at(-1);
    if (name !== undefined && isObject(holder) && Object.hasOwn(holder, name)) Object.assign(holder, { [name]: value });
  }
  return copy;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
