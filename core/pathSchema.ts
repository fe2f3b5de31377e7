import { z } from 'zod';

/** What a path in a message is for, and so what a window must have been given to send it (core/host/grants). */
export type PathPurpose =
  /** A design file: read, written, watched. */
  | 'design'
  /** A design file, or none yet, from whose folder relative data paths beside it start. */
  | 'designOfData'
  /** A table to learn from; may be relative to the folder of the design. */
  | 'table'
  /** A folder of pictures to learn from; may be relative to the folder of the design. */
  | 'pictures'
  /** Where an export is written. */
  | 'export'
  /** Where a file dialog starts. Only the person sees what is there. */
  | 'start';

const purposes = z.registry<{ readonly purpose: PathPurpose }>();

/** Schema of a path on the user's disk. Every path in a document or message is made by this, so that hosts find and check it. */
export function pathFor(purpose: PathPurpose): z.ZodString {
  return z.string().min(1).max(4096).register(purposes, { purpose });
}

/** What a schema's value is for if it is a path; undefined if it is none. */
export function pathPurpose(schema: z.core.$ZodType): PathPurpose | undefined {
  return purposes.get(schema)?.purpose;
}
