import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { parseDesign } from '../../graph/index.ts';
import { RUN_FILES, readRecord } from '../../runs/node.ts';

/**
 * The design as it was trained.
 * @throws ProblemError when the run's `design.loom` is missing or damaged
 */
export async function readRunDocument(runDir: string): Promise<LoomDocument> {
  const path = join(runDir, RUN_FILES.document);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new ProblemError({
      code: 'run-broken',
      title: 'Damaged run',
      message: `The run's design cannot be read from ${path}: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
  const parsed = parseDesign(text);
  if (!parsed.ok) throw new ProblemError(parsed.error);
  return parsed.value.document;
}

/** A run's design, and the folder that its relative paths start from. */
export interface RunDesign {
  readonly document: LoomDocument;
  /** Null for a design that was in no file. */
  readonly baseDir: string | null;
}

/**
 * The design as it was trained, with its place. The record is read first: where there is no run, that is what there is to say.
 * @throws ProblemError when there is no such run, or its design is missing or damaged
 */
export async function readRunDesign(runDir: string): Promise<RunDesign> {
  const { documentPath } = await readRecord(runDir);
  return { document: await readRunDocument(runDir), baseDir: documentPath === null ? null : dirname(documentPath) };
}
