import {
  DOCUMENT_FORMAT,
  type LoomDocument,
  type ParsedDocument,
  parseDocument,
  serialiseDocument,
} from '../../document/index.ts';
import type { Result } from '../../errors.ts';

/** Layerloom's own format: the document as JSON. The rules and migrations live in `core/document`. */
export const NATIVE_EXTENSION = 'loom';

/** Whether this text (its first kilobyte is enough) looks like a `.loom` file. */
export function detectNative(head: string): boolean {
  return head.trimStart().startsWith('{') && head.includes('"format"') && head.includes(`"${DOCUMENT_FORMAT}"`);
}

/** Reads the text of a `.loom` file; see `parseDocument` for the problems it can report. */
export function readNative(text: string): Result<ParsedDocument> {
  return parseDocument(text);
}

/** The text of a `.loom` file: stable key order, one value a line, so that diffs are small. */
export function writeNative(document: LoomDocument): string {
  return serialiseDocument(document);
}
