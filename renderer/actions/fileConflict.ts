import type { LoomDocument } from '../../core/document/index.ts';
import type { Problem } from '../../core/errors.ts';
import { parseDesign } from '../../core/graph/index.ts';
import { noteOnDisk, useDocument } from '../stores/documentStore.ts';
import { host } from '../stores/host.ts';

/** Asks the host what the file on screen holds now, so that a change made while nobody looked is noticed. */
export async function lookAtFile(): Promise<void> {
  const { path } = useDocument.getState();
  if (path === null) return;
  try {
    noteOnDisk(path, (await host().call('documents.watch', { path })).fingerprint);
  } catch {
    // A file that cannot be read now is no reason for a message: saving will say so.
  }
}

interface BothVersions {
  readonly path: string;
  readonly fingerprint: string;
  readonly mine: LoomDocument;
  readonly theirs: LoomDocument | null;
  readonly problem: Problem | null;
}

/** Both versions of the file on screen: what is here, and what the file holds. Null while there is no file. Throws as `documents.open`. */
export async function readConflict(): Promise<BothVersions | null> {
  const { path, document } = useDocument.getState();
  if (path === null) return null;
  const file = await host().call('documents.open', { path });
  const parsed = parseDesign(file.text);
  return {
    path: file.path,
    fingerprint: file.fingerprint,
    mine: document,
    theirs: parsed.ok ? parsed.value.document : null,
    problem: parsed.ok ? null : parsed.error,
  };
}
