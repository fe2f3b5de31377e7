import { z } from 'zod';

/**
 * What the page of a file dialog may ask of the host (README.md): it walks the user's folders, which windows cannot. Its channel is its
 * own, with a secret for each dialog; windows have no part in it.
 */
const path = z.string().min(1).max(4096);

export const directoryEntrySchema = z.object({
  name: z.string(),
  path,
  kind: z.enum(['file', 'directory']),
  bytes: z.number(),
  modifiedAt: z.string(),
});
export type DirectoryEntry = z.infer<typeof directoryEntrySchema>;

/** Requests of the file dialog's page: name -> {params, result}. */
export const chooserMethods = {
  /** What is to be chosen. */
  'choice.get': {
    params: z.object({}),
    result: z.object({
      mode: z.enum(['open', 'save', 'directory']),
      title: z.string(),
      extensions: z.array(z.string()),
      /** What is proposed. */
      name: z.string(),
      /** Where it starts; null is the home folder. */
      folder: path.nullable(),
    }),
  },
  /** The person's choice. Refused (`file-kind`) when it is not what is to be chosen; the dialog then stays. */
  'choice.take': { params: z.object({ path }), result: z.object({}) },
  'choice.cancel': { params: z.object({}), result: z.object({}) },
  /** `directory: null` is the home folder, and so is a `~` at its start. `all`: also files that cannot be chosen. */
  'files.list': {
    params: z.object({ directory: path.nullable(), all: z.boolean().default(false) }),
    result: z.object({ directory: path, parent: path.nullable(), entries: z.array(directoryEntrySchema) }),
  },
  /** A new, empty folder in one that is there. Refused when there is something of that name. */
  'files.createFolder': {
    params: z.object({ directory: path, name: z.string() }),
    result: z.object({ path }),
  },
} as const;

/** Of a page's `<meta>` in which the host tells it which dialog it is, and its secret: `<id> <secret>`. */
export const CHOICE_META = 'layerloom-choice';
