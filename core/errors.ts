import { type Edit, inGraph } from './edits.ts';
import type { JsonValue } from './json.ts';

export type Severity = 'error' | 'warning' | 'info';

/** What a remedy may ask of the host, where the design is not what has to change. */
export type HostCall =
  | { readonly method: 'train.stop'; readonly params: { readonly runId: string } }
  | { readonly method: 'dialog.show'; readonly params: FileQuestion };

/** A file that a person is to choose (core/host says for what), and where the dialog starts. */
export interface FileQuestion {
  readonly what: 'design.open' | 'data.table' | 'data.pictures';
  readonly name: string;
  readonly folder: string;
}

/** A one-click remedy that edits the design. `label` says what it does: "Set units to 10". */
export interface EditFix {
  readonly label: string;
  readonly edit: Edit;
}

/** A one-click remedy that asks the host for something. */
export interface HostFix {
  readonly label: string;
  readonly host: HostCall;
}

export type Fix = EditFix | HostFix;

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
  /** Id of the graph that these two stand in: the definition of a block. Absent: the main graph. */
  readonly graph?: string;
  /** Path of the layer in the network where it was found, for what stands in a block: `n7[2]/n1`. */
  readonly path?: string;
  /** Paths of the uses of blocks that it stands in, outermost first: the first is the id of a node of the main graph. */
  readonly within?: readonly string[];
  readonly port?: string;
  readonly param?: string;
  /** The numbers behind the sentence, for tests and tools. */
  readonly facts?: { readonly [key: string]: JsonValue };
  readonly fixes?: readonly Fix[];
  /** The raw words of what failed inside, for a report. Never needed to understand `message`, and shown only to who asks. */
  readonly details?: string;
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

/** A problem of a layer or wire, and its fixes, with the graph that these are in. */
export function problemIn(problem: Problem, graph: string): Problem {
  const { nodeId, edgeId, fixes } = problem;
  if (nodeId === undefined && edgeId === undefined) return problem;
  const place = (fix: Fix): Fix => ('edit' in fix ? { ...fix, edit: inGraph(fix.edit, graph) } : fix);
  return { ...problem, graph, ...(fixes !== undefined && { fixes: fixes.map(place) }) };
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

/**
 * The problem behind any thrown value. What nobody foresaw becomes `internal-error`: a sentence for people, with the text of the exception
 * in `details`, since the words of libraries and of the machine help nobody who did not write them.
 */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  const details = thrown instanceof Error ? thrown.message : String(thrown);
  const common = { severity: 'error', details } as const;
  if (isSystemError(thrown))
    return {
      ...common,
      code: 'system-error',
      title: 'The system refuses',
      message: `${SYSTEM_WORDS[thrown.code] ?? 'The operating system refused to read or write something'}${thrown.path === undefined ? '' : ` (“${thrown.path}”)`}. Mend that, then try again.`,
      facts: { code: thrown.code },
    };
  return {
    ...common,
    code: 'internal-error',
    title: 'Unexpected error',
    message:
      'Something failed inside Layerloom that should not have, and what was asked for was not done. The design is as it was. Try again; if it fails again, report it with the details.',
  };
}

/** What the commonest refusals of an operating system mean. */
const SYSTEM_WORDS: { readonly [code: string]: string } = {
  ENOSPC: 'The disk is full',
  EDQUOT: 'Your share of the disk is full',
  EACCES: 'The permission to read or write a file is missing',
  EPERM: 'The permission to change a file is missing',
  EROFS: 'The disk can only be read',
  ENOENT: 'A file or folder is not there any more',
  EMFILE: 'Too many files are open',
  ENFILE: 'Too many files are open',
  EIO: 'The disk could not be read or written',
  EBUSY: 'A file is being used by another program',
  ECONNREFUSED: 'Nothing answers at the other end',
  ECONNRESET: 'The connection was cut',
  ETIMEDOUT: 'The other end took too long to answer',
  ENOTFOUND: 'The other computer was not found; is there a network connection?',
};

/** An error of a system call, as Node makes them. */
function isSystemError(thrown: unknown): thrown is Error & { readonly code: string; readonly path?: string } {
  return thrown instanceof Error && 'syscall' in thrown && 'code' in thrown && typeof thrown.code === 'string';
}
