import type { JsonObject, JsonValue } from './json.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A named edit with its arguments, as data: what fixes, menus and tests hand to `commands`. */
export interface CommandCall {
  readonly command: string;
  readonly args: JsonObject;
}

/** A one-click remedy. `label` says what it does: "Set units to 10". */
export interface Fix {
  readonly label: string;
  readonly call: CommandCall;
}

/**
 * Anything a person can cause, as a value. The same object feeds the node badge, the inspector, the Problems list and the
 * command line. `message` says what is wrong, why, and what to do, in whole sentences with the numbers in them.
 */
export interface Problem {
  /** Stable kebab-case identifier, e.g. `shape-mismatch`. */
  readonly code: string;
  readonly severity: Severity;
  /** Two or three words for the heading: "Output width". */
  readonly title: string;
  readonly message: string;
  readonly nodeId?: string;
  readonly edgeId?: string;
  readonly port?: string;
  readonly param?: string;
  /** The numbers behind the sentence, for tests and tools. */
  readonly facts?: { readonly [key: string]: JsonValue };
  readonly fixes?: readonly Fix[];
}

export type Result<T, E = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

export function fail<E>(error: E): Result<never, E> {
  return { ok: false, error };
}

/** A problem that travels as an exception where a call chain (file reading, the engine) cannot return a Result. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Omit<Problem, 'severity'> & { severity?: Severity }) {
    super(problem.message);
    this.name = 'ProblemError';
    this.problem = { severity: 'error', ...problem };
  }
}

/** The problem behind any thrown value. Unknown exceptions become `internal-error`, with their text kept. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal-error', severity: 'error', title: 'Internal error', message: text };
}
