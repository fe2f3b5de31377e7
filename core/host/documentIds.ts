import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { z } from 'zod';
import { newDocumentId, parseDocument } from '../document/index.ts';
import { openDocument } from './documentFiles.ts';
import { jsonFile } from './jsonFile.ts';

/** The file of the user's data folder where the places of documents are kept. */
export const DOCUMENT_PLACES = 'documents.json';

/** Which file each document was seen in last. */
const placesSchema = z.record(z.string(), z.string());

/** Documents whose place is remembered; the oldest are forgotten. */
const MOST_PLACES = 5000;

export interface DocumentFile {
  readonly path: string;
  /** The id in the document; null in files of versions that kept none. */
  readonly id: string | null;
  /** Of the file as it was read; null where it is yet to be written. */
  readonly fingerprint: string | null;
}

/** Tells documents apart: see `identify`. Places are kept in `file`. */
export function documentIds(file: string) {
  const places = jsonFile(file, placesSchema, {});
  return {
    /**
     * The id of the document in a file. A file that was moved keeps its own. A copy, made by whatever program, gets another, always the
     * same one; so does a file without an id for as long as nobody changes it, until it is saved with one.
     */
    async identify({ path: given, id, fingerprint }: DocumentFile): Promise<string> {
      const path = resolve(given);
      if (id === null) return fingerprint === null ? newDocumentId() : derived(path, fingerprint);
      const known = await places.read();
      const before = Object.hasOwn(known, id) ? known[id] : undefined;
      if (before !== undefined && before !== path && (await holds(before, id))) {
        const own = derived(path, id);
        await remember(places, own, path);
        return own;
      }
      if (before !== path) await remember(places, id, path);
      return id;
    },
  };
}

async function remember(places: ReturnType<typeof jsonFile<typeof placesSchema>>, id: string, path: string) {
  // Where the disk refuses, a copy is not told from its original until the next time: no reason not to open a design.
  await places
    .change(({ [id]: _, ...others }) => Object.fromEntries([...Object.entries(others), [id, path]].slice(-MOST_PLACES)))
    .catch(() => undefined);
}

/** Whether the file at `path` is (still) the document `id`. */
async function holds(path: string, id: string): Promise<boolean> {
  try {
    const parsed = parseDocument((await openDocument(path)).text);
    return parsed.ok && parsed.value.document.id === id;
  } catch {
    return false;
  }
}

function derived(path: string, what: string): string {
  return createHash('sha256').update(`${path}\n${what}`).digest('hex').slice(0, 32);
}
