import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoomDocument } from '../../document/index.ts';
import { ProblemError } from '../../errors.ts';
import { parseDesign } from '../../graph/index.ts';
import { RUN_FILES } from '../../runs/node.ts';

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
