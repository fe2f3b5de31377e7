import type { z } from 'zod';
import type { BasicParams, Entry, ParamValues, SettingsOf } from './descriptors.ts';
import { entrySchema } from './schema.ts';

/** Entries by their names, in the order given. */
export type ByName<T extends readonly Entry[]> = { readonly [E in T[number] as E['name']]: E };

/** A catalogue: what lists its entries is all that has to know of a further one. */
export function byName<const T extends readonly Entry[]>(...entries: T): ByName<T> {
  // The type that Object.fromEntries gives has lost which entry has which name.
  return Object.fromEntries(entries.map((entry) => [entry.name, entry])) as ByName<T>;
}

/** All parameters at their defaults. */
export function defaultValues<D extends BasicParams>(params: D): ParamValues<D> {
  return Object.fromEntries(
    Object.entries(params).map(([name, { default: value }]) => [name, value]),
  ) as ParamValues<D>;
}

/** An entry as it is stored when it is chosen. */
export function defaultSettings<E extends Entry>(entry: E): SettingsOf<E> {
  return { name: entry.name, ...defaultValues(entry.params) } as SettingsOf<E>;
}

/** `entrySchema` with what the entries' own types say of the values. */
export function settingsSchema<E extends Entry>(entries: {
  readonly [name: string]: E;
}): z.ZodType<SettingsOf<E>, SettingsOf<E>> {
  return entrySchema(entries) as z.ZodType as z.ZodType<SettingsOf<E>, SettingsOf<E>>;
}

/** Entries as a list to choose from, in their order. */
export function optionsOf<N extends string>(entries: { readonly [name in N]: Pick<Entry, 'title' | 'help'> }) {
  return (Object.keys(entries) as N[]).map((value) => ({
    value,
    label: entries[value].title,
    help: entries[value].help,
  }));
}
