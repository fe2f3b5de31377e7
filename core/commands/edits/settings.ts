import { current } from 'immer';
import type { z } from 'zod';
import { dataSettingsSchema, trainingSettingsSchema, unknownKeys } from '../../document/index.ts';
import { type JsonObject, type JsonValue, sameJson } from '../../json.ts';
import { defaultSettings, type Entries } from '../../params/index.ts';
import { shorten } from '../../shorten.ts';
import { CLIPPINGS, CONSTANT_RATE, NO_CLIPPING, OPTIMIZERS, SCHEDULES } from '../../training/index.ts';
import { type DocumentDraft, defineCommand, refuse } from '../defineCommand.ts';

/** Changes some of the data settings; `split` may be partial too. Refused when the result is not valid. */
export const setData = defineCommand({
  name: 'setData',
  run(draft, { data }) {
    const before = asJson(current(draft.data));
    const next: Record<string, JsonValue> = { ...before, ...data };
    if (isObject(data.split)) next.split = { ...asJson(before.split), ...data.split };
    const checked = check(dataSettingsSchema, next, 'data');
    if (checked.split.validation + checked.split.test >= 1)
      refuse(
        'empty-training-split',
        'Split',
        `Validation (${percent(checked.split.validation)}) and test (${percent(checked.split.test)}) together leave nothing to train on. Make them smaller, so that they stay below 100 %.`,
        { param: 'split' },
      );
    if (!sameJson(before, checked)) Object.assign(draft.data, changedOnly(before, checked));
    forgetReplaced(draft, 'data', data, before, asJson(checked));
    return { label: 'source' in data ? 'Choose data' : 'Change data settings' };
  },
});

/** Training settings that are one entry of a catalogue, and which it is where the design says nothing. */
const CHOICES: { readonly [setting: string]: { readonly of: Entries; readonly usual?: JsonObject } } = {
  optimizer: { of: OPTIMIZERS },
  schedule: { of: SCHEDULES, usual: { ...CONSTANT_RATE } },
  clipping: { of: CLIPPINGS, usual: { ...NO_CLIPPING } },
};

/**
 * Changes some of the training settings. A choice (`optimizer`, `schedule`, `clipping`) may be partial: another name brings that entry's
 * defaults, the same name keeps what is not given.
 */
export const setTraining = defineCommand({
  name: 'setTraining',
  run(draft, { training }) {
    const before = asJson(current(draft.training));
    const next: Record<string, JsonValue> = { ...before, ...training };
    for (const [setting, { of, usual = {} }] of Object.entries(CHOICES)) {
      const given = training[setting];
      if (!isObject(given)) continue;
      const old = asJson(before[setting] ?? usual);
      const name = given.name ?? old.name;
      const other = Object.values(of).find((entry) => entry.name === name);
      const fresh = other === undefined ? {} : asJson(defaultSettings(other));
      next[setting] = { ...(name === old.name ? old : fresh), ...given };
    }
    const checked = check(trainingSettingsSchema, next, 'training');
    if (!sameJson(before, checked)) Object.assign(draft.training, changedOnly(before, checked));
    // Designs that mean the same hold the same: what stands for saying nothing is left out.
    for (const [setting, { usual }] of Object.entries(CHOICES))
      if (usual !== undefined && sameJson(asJson(checked)[setting] ?? usual, usual))
        Reflect.deleteProperty(draft.training, setting);
    forgetReplaced(draft, 'training', training, before, asJson(checked));
    return { label: 'Change training settings' };
  },
});

/** Does without a setting that only a newer version knows: what has stood in its place from now on counts, if anything has. */
export const dropUnknownSetting = defineCommand({
  name: 'dropUnknownSetting',
  run(draft, { path }) {
    const label = `Do without ${shorten(path.slice(1).join('.'))}`;
    if (draft.unknownSettings?.some((other) => sameJson(other.path, path))) {
      forget(draft, (other) => sameJson(other, path));
      return { label };
    }
    const { data, training } = draft;
    const known = !unknownKeys({ data: current(data), training: current(training) }).some((other) =>
      sameJson(other, path),
    );
    const holder = at({ data, training } as unknown as JsonObject, path.slice(0, -1));
    const key = path.at(-1);
    if (known || key === undefined || !isObject(holder))
      refuse('unknown-setting', 'Setting', `There is no unknown setting “${shorten(path.join('.'))}” in this design.`);
    Reflect.deleteProperty(holder, key);
    return { label };
  },
});

/** A choice that was set aside is gone with the edit that makes another: of the whole setting, or of what stands in its place. */
function forgetReplaced(
  draft: DocumentDraft,
  section: 'data' | 'training',
  given: JsonObject,
  before: JsonObject,
  after: JsonObject,
): void {
  forget(draft, ([where, ...path]) => {
    const [key = ''] = path;
    if (where !== section || !Object.hasOwn(given, key)) return false;
    return path.length === 1 || !sameJson(at(before, path), at(after, path));
  });
}

function forget(draft: DocumentDraft, replaced: (path: readonly string[]) => boolean): void {
  const kept = draft.unknownSettings?.filter(({ path }) => !replaced(path));
  if (kept?.length === draft.unknownSettings?.length) return;
  if (kept === undefined || kept.length === 0) delete draft.unknownSettings;
  else draft.unknownSettings = kept;
}

function at(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const name of path) found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return found;
}

/** Renames the document. */
export const renameDocument = defineCommand({
  name: 'renameDocument',
  run(draft, { name }) {
    const trimmed = name.trim();
    if (trimmed === '' || trimmed.length > 200)
      refuse('invalid-name', 'Name', 'A design needs a name of 1 to 200 characters.');
    if (draft.name !== trimmed) draft.name = trimmed;
    return { label: 'Rename design' };
  },
});

function check<S extends z.ZodType>(schema: S, value: unknown, room: string): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = issue?.path.map(String).join('.') ?? '';
  return refuse(
    'invalid-setting',
    'Setting',
    `“${place}” in the ${room} settings is not valid: ${issue?.message ?? 'wrong value'}.`,
    {
      ...(issue?.path[0] === undefined ? {} : { param: String(issue.path[0]) }),
    },
  );
}

/** Only the keys that differ, so that the history holds the edit and not the whole section. */
function changedOnly(before: JsonObject, after: object): object {
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => !sameJson(before[key], value)));
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Settings are JSON by their schema, whose loose keys TypeScript only knows as unknown. */
function asJson(value: unknown): JsonObject {
  return value as JsonObject;
}

const percent = (fraction: number) => `${Math.round(fraction * 100)} %`;
