import { z } from 'zod';
import { pathFor } from '../../pathSchema.ts';
import { fingerprint, path } from './schemas.ts';

const key = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/);

export const recoverySchema = z.object({
  key: z.string(),
  path: path.nullable(),
  name: z.string(),
  savedAt: z.string(),
});
export type Recovery = z.infer<typeof recoverySchema>;

/** Designs on disk, and unsaved work. */
export const documentMethods = {
  /** Text of a .loom file; parsing and its errors are the UI's (core/formats/native reads it). At most 64 MiB. */
  'documents.open': {
    params: z.object({ path: pathFor('design') }),
    result: z.object({ path, text: z.string(), fingerprint }),
  },
  /**
   * Atomic: the old file stays until the new one is whole. `known` is the fingerprint the file was opened or last saved with, null
   * for a new one; a file that holds something else is refused (`document-changed`, `document-exists`) unless the person was
   * asked and said `replace`.
   */
  'documents.save': {
    params: z.object({
      path: pathFor('design'),
      text: z.string(),
      known: fingerprint.nullable(),
      replace: z.boolean().default(false),
    }),
    result: z.object({ path, fingerprint }),
  },
  /** Which document a file holds (documentIds.ts): its own id unless it is a copy of another file, or has none yet. */
  'documents.identify': {
    params: z.object({
      path: pathFor('design'),
      id: z.string().min(1).max(64).nullable(),
      fingerprint: fingerprint.nullable(),
    }),
    result: z.object({ id: z.string() }),
  },
  /** What a file holds now (null: there is none), and from now on `documentChanged` events for it. Opening and saving watch too. */
  'documents.watch': {
    params: z.object({ path: pathFor('design') }),
    result: z.object({ fingerprint: fingerprint.nullable() }),
  },
  /** Kept in the user's data folder under `key` until discarded; written at most every second by the UI. */
  'documents.autosave': {
    params: z.object({
      key,
      path: pathFor('design').nullable(),
      name: z.string(),
      text: z.string(),
      /** Of the file the edits were made to, so that a change to it meanwhile is noticed when they come back. */
      known: fingerprint.nullable().default(null),
    }),
    result: z.object({}),
  },
  'documents.discardAutosave': {
    params: z.object({ key }),
    result: z.object({}),
  },
  'recovery.list': { params: z.object({}), result: z.array(recoverySchema) },
  'recovery.read': {
    params: z.object({ key }),
    result: z.object({ text: z.string(), path: path.nullable(), known: fingerprint.nullable() }),
  },
} as const;
