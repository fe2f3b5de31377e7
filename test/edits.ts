import { type Applied, applyCommand } from '../core/commands/index.ts';
import type { LoomDocument } from '../core/document/index.ts';
import type { Edit, EditArgs, EditName } from '../core/edits.ts';
import type { Fix, Problem } from '../core/errors.ts';

/** An edit as tests write it: `['setParam', { … }]`. */
export type EditStep = { [K in EditName]: readonly [command: K, args: EditArgs[K]] }[EditName];

/** The edit that a step of a test is. */
export function editOf(...[command, args]: EditStep): Edit {
  return { command, args } as Edit;
}

/** What an edit does; an edit that is refused is an error of the test. */
export function applied(document: LoomDocument, ...step: EditStep): Applied {
  const result = applyCommand(document, editOf(...step));
  if (!result.ok) throw new Error(`${step[0]}: ${result.error.code} ${result.error.message}`);
  return result.value;
}

export function edited(document: LoomDocument, ...step: EditStep): LoomDocument {
  return applied(document, ...step).document;
}

/** Why an edit is refused; one that is not is an error of the test. */
export function refusal(document: LoomDocument, ...step: EditStep): Problem {
  const result = applyCommand(document, editOf(...step));
  if (result.ok) throw new Error(`${step[0]} was not refused`);
  return result.error;
}

/** The edit that a fix is; none, or a request to the host, is an error of the test. */
export function editIn(fix: Fix | undefined): Edit {
  if (fix === undefined || !('edit' in fix)) throw new Error('No fix that edits the design');
  return fix.edit;
}
