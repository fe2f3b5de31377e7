import type { Draft } from 'immer';
import type { LoomDocument } from '../document/index.ts';
import type { EditArgs, EditName } from '../edits.ts';
import { type Problem, ProblemError } from '../errors.ts';

export type DocumentDraft = Draft<LoomDocument>;

export interface Outcome {
  /** What the edit menu says after "Undo": "Add Conv2D". */
  readonly label: string;
  /** Ids of nodes (and of the wire, for `connect`) that came into being, for selecting them. */
  readonly created?: readonly string[];
}

export interface CommandDefinition<K extends EditName = EditName> {
  /** Verb first: `insertOnEdge`. Its arguments stand in `EDITS`. */
  readonly name: K;
  /**
   * Edits the draft. Deterministic: no clocks, no random numbers. What cannot be done is refused with `refuse`; the document
   * then stays as it was, whatever has been done to the draft.
   */
  run(draft: DocumentDraft, args: EditArgs[K]): Outcome;
}

/** Types a command; adds nothing at run time. */
export function defineCommand<K extends EditName>(definition: CommandDefinition<K>): CommandDefinition<K> {
  return definition;
}

/** Stops a command with a sentence for the person who asked for it. */
export function refuse(code: string, title: string, message: string, more: Partial<Problem> = {}): never {
  throw new ProblemError({ ...more, code, title, message });
}
