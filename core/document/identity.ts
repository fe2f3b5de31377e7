import { type DocumentChange, diffDocuments } from './diff.ts';
import type { LoomDocument } from './schema.ts';

/**
 * Which document a file holds, whatever it is called and wherever it lies. Kept in the file from its first saving on; a copy gets its
 * own. Runs belong to it.
 */
export function newDocumentId(): string {
  return crypto.randomUUID();
}

/** The document as the one that is called `id`. */
export function withDocumentId(document: LoomDocument, id: string): LoomDocument {
  return document.id === id ? document : { ...document, id };
}

/**
 * What makes `after` another design to train than `before`: layers, wires, parameters, settings and data. What a document is called, which
 * one it is, and where its layers stand makes no difference to a network.
 */
export function designChanges(before: LoomDocument, after: LoomDocument): readonly DocumentChange[] {
  return diffDocuments(before, after).filter(
    ({ what, subject }) => what !== 'place' && !(what === 'setting' && (subject === 'name' || subject === 'version')),
  );
}
