import { createDraft, enablePatches, finishDraft, type Patch } from 'immer';
import type { z } from 'zod';
import type { LoomDocument } from '../document/index.ts';
import { EDITS, type Edit, isEditName } from '../edits.ts';
import { fail, ok, ProblemError, type Result } from '../errors.ts';
import { perform } from './registry.ts';

enablePatches();

/** One edit done: the new document and what leads there and back. */
export interface Applied {
  /** The very same object when the command changed nothing. */
  readonly document: LoomDocument;
  readonly label: string;
  readonly created: readonly string[];
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/**
 * Does one edit. Pure: the document given is not touched. A refusal is a `Problem` with a sentence; besides those of each
 * command, for what the compiler has not seen: `unknown-command`, `invalid-arguments`.
 */
export function applyCommand(document: LoomDocument, edit: Edit): Result<Applied> {
  if (!isEditName(edit.command))
    return fail({
      code: 'unknown-command',
      severity: 'error',
      title: 'Unknown command',
      message: `There is no command “${edit.command}”.`,
    });
  const expected: z.ZodType = EDITS[edit.command];
  const args = expected.safeParse(edit.args);
  if (!args.success) return fail(describeArguments(edit.command, args.error));
  const draft = createDraft(document);
  try {
    const outcome = perform(draft, edit);
    let patches: readonly Patch[] = [];
    let inverse: readonly Patch[] = [];
    const next = finishDraft(draft, (forward, backward) => {
      patches = forward;
      inverse = backward;
    });
    // Immer makes a new object even where a value was set to what it was.
    return ok({
      document: patches.length === 0 ? document : (next as LoomDocument),
      label: outcome.label,
      created: outcome.created ?? [],
      patches,
      inverse,
    });
  } catch (thrown) {
    if (thrown instanceof ProblemError) return fail(thrown.problem);
    throw thrown;
  }
}

function describeArguments(command: string, error: z.ZodError) {
  const first = error.issues[0];
  const place = first === undefined || first.path.length === 0 ? '' : ` “${first.path.map(String).join('.')}”`;
  return {
    code: 'invalid-arguments',
    severity: 'error',
    title: 'Invalid edit',
    message: `The edit “${command}” cannot be done as asked:${place} ${first?.message ?? 'its arguments are not valid'}.`,
    facts: { command, path: first?.path.map(String) ?? [] },
  } as const;
}
