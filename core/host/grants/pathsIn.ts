import { z } from 'zod';
import { type PathPurpose, pathPurpose } from '../../pathSchema.ts';

/** A path in the parameters of a message. */
export interface FoundPath {
  readonly purpose: PathPurpose;
  /** As it was sent. */
  readonly path: string;
  /** Keys that lead to it. */
  readonly at: readonly (string | number)[];
  /** The design from whose folder relative data paths start; null where there is none. */
  readonly design: string | null;
}

/** Where a schema's values hold paths. */
export type PathPlan =
  | { readonly kind: 'path'; readonly purpose: PathPurpose }
  | { readonly kind: 'object'; readonly keys: readonly (readonly [string, PathPlan])[] }
  | { readonly kind: 'each'; readonly plan: PathPlan }
  | { readonly kind: 'union'; readonly discriminator: string; readonly options: readonly UnionOption[] };

interface UnionOption {
  readonly key: z.core.$ZodType;
  readonly plan: PathPlan;
}

/**
 * Finds out where values of a schema hold paths (core/pathSchema.ts); null: nowhere.
 * @throws Error where a path would escape notice: inside a kind of schema that is not known here
 */
export function planPaths(schema: z.core.$ZodType): PathPlan | null {
  return plan(schema, new Set());
}

function plan(schema: z.core.$ZodType, inside: ReadonlySet<z.core.$ZodType>): PathPlan | null {
  if (inside.has(schema)) return null; // A schema that holds itself (z.json) holds no path.
  const within = new Set([...inside, schema]);
  const purpose = pathPurpose(schema);
  if (purpose !== undefined) return { kind: 'path', purpose };
  if (schema instanceof z.ZodObject) {
    const keys = Object.entries<z.core.$ZodType>(schema.shape).flatMap(([key, value]): [string, PathPlan][] => {
      const found = plan(value, within);
      return found === null ? [] : [[key, found]];
    });
    return keys.length === 0 ? null : { kind: 'object', keys };
  }
  if (schema instanceof z.ZodDiscriminatedUnion) return planUnion(schema, within);
  if (schema instanceof z.ZodArray) return each(plan(schema.element, within));
  if (schema instanceof z.ZodRecord) return each(plan(schema.valueType, within));
  if (
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodCatch ||
    schema instanceof z.ZodReadonly
  )
    return plan(schema.unwrap(), within);
  if (partsOf(schema).some((part) => plan(part, within) !== null))
    throw new Error(`A path is hidden in a schema of kind “${schema._zod.def.type}”: teach planPaths to find it.`);
  return null;
}

const each = (found: PathPlan | null): PathPlan | null => (found === null ? null : { kind: 'each', plan: found });

function planUnion(schema: z.ZodDiscriminatedUnion, within: ReadonlySet<z.core.$ZodType>): PathPlan | null {
  const { discriminator } = schema._zod.def;
  const options = schema.options.flatMap((option): UnionOption[] => {
    const found = plan(option, within);
    const key = option instanceof z.ZodObject ? option.shape[discriminator] : undefined;
    if (found !== null && key === undefined) throw new Error(`“${discriminator}” of a union with paths is not found.`);
    return found === null || key === undefined ? [] : [{ key, plan: found }];
  });
  return options.length === 0 ? null : { kind: 'union', discriminator, options };
}

/** The schemas in one of any other kind, so that none hides a path. */
function partsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodLazy) return [schema.unwrap()];
  const parts = Object.entries(schema._zod.def).flatMap(([key, value]: [string, unknown]) =>
    key === 'checks' ? [] : Array.isArray(value) ? value : [value],
  );
  return parts.filter((part) => part instanceof z.core.$ZodType);
}

/** The paths in a value that a plan's schema has accepted. */
export function pathsIn(found: PathPlan | null, value: unknown): readonly FoundPath[] {
  return found === null ? [] : collect(found, value, [], null);
}

function collect(
  here: PathPlan,
  value: unknown,
  at: readonly (string | number)[],
  design: string | null,
): readonly FoundPath[] {
  if (here.kind === 'path')
    return typeof value === 'string' ? [{ purpose: here.purpose, path: value, at, design }] : [];
  if (typeof value !== 'object' || value === null) return [];
  const member = (key: string | number): unknown => (Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined);
  switch (here.kind) {
    case 'object': {
      const own = here.keys.find(([, inner]) => inner.kind === 'path' && inner.purpose === 'designOfData');
      const named = own === undefined ? undefined : member(own[0]);
      const base = own === undefined ? design : typeof named === 'string' ? named : null;
      return here.keys.flatMap(([key, inner]) => collect(inner, member(key), [...at, key], base));
    }
    case 'each':
      return Object.keys(value).flatMap((key) => collect(here.plan, member(key), [...at, key], design));
    case 'union': {
      const kind = member(here.discriminator);
      const option = here.options.find(({ key }) => z.safeParse(key, kind).success);
      return option === undefined ? [] : collect(option.plan, value, at, design);
    }
  }
}
