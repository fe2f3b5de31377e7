import { fail, ok, type Result } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { shorten } from '../shorten.ts';
import { DOCUMENT_VERSION } from './schema.ts';

/** Turns a document of one version into one of the next. Gets data nobody has checked yet. */
export type Migration = (document: JsonObject) => JsonObject;

/** By the version they start from. A change of schema raises DOCUMENT_VERSION and adds its line here. */
const MIGRATIONS: ReadonlyMap<number, Migration> = new Map();

/**
 * Brings unchecked JSON of any earlier version to `target`. Errors: `document-version` (no usable version number),
 * `document-too-new` (written by a later Layerloom).
 */
export function migrate(
  raw: JsonObject,
  target: number = DOCUMENT_VERSION,
  migrations: ReadonlyMap<number, Migration> = MIGRATIONS,
): Result<JsonObject> {
  const version = raw.version;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return fail({
      code: 'document-version',
      severity: 'error',
      title: 'No version',
      message: `The design does not say which version of the file format it uses (“version” is ${shorten(JSON.stringify(version) ?? 'missing')}). It may have been edited by hand: set "version": ${target} and open it again.`,
    });
  if (version > target)
    return fail({
      code: 'document-too-new',
      severity: 'error',
      title: 'Newer file',
      message: `The design was saved by a newer Layerloom (file version ${version}; this one reads up to ${target}). Update Layerloom to open it.`,
      facts: { version, supported: target },
    });
  let document = raw;
  for (let from = version; from < target; from++) {
    const step = migrations.get(from);
    if (step === undefined)
      return fail({
        code: 'document-version',
        severity: 'error',
        title: 'Unknown version',
        message: `The design uses file version ${from}, which this Layerloom cannot bring up to version ${target}.`,
        facts: { version: from, supported: target },
      });
    document = { ...step(document), version: from + 1 };
  }
  return ok(document);
}
