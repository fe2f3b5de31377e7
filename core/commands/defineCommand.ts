import type { Draft } from 'immer';
import { z } from 'zod';
import type { LoomDocument } from '../document/index.ts';
import { type Problem, ProblemError } from '../errors.ts';

export type DocumentDraft = Draft<LoomDocument>;

export interface Outcome {
  /** What the edit menu says after "Undo": "Add Conv2D". */
  readonly label: string;
  /** Ids of nodes (and of the wire, for `connect`) that came into being, for selecting them. */
  readonly created?: readonly string[];
}

export interface CommandDefinition<A extends z.ZodType = z.ZodType> {
  /** Verb first: `insertOnEdge`. */
  readonly name: string;
  readonly args: A;
  /**
   * Edits the draft. Deterministic: no clocks, no random numbers. What cannot be done is refused with `refuse`; the document
   * then stays as it was, whatever has been done to the draft.
   */
  run(draft: DocumentDraft, args: z.infer<A>): Outcome;
}

/** Types a command; adds nothing at run time. */
export function defineCommand<A extends z.ZodType>(definition: CommandDefinition<A>): CommandDefinition<A> {
  return definition;
}

/** Stops a command with a sentence for the person who asked for it. */
export function refuse(code: string, title: string, message: string, more: Partial<Problem> = {}): never {
  throw new ProblemError({ ...more, code, title, message });
}

export const idArg = z.string().min(1).max(64);
export const positionArg = z.strictObject({ x: z.number(), y: z.number() });
export const paramsArg = z.record(z.string(), z.json());
