import { type Problem, ProblemError, toProblem } from '../errors.ts';

/** Where a command writes. With `--json` standard output holds JSON only; everything for people is left out. */
export interface Output {
  readonly json: boolean;
  /** A line for people. Nothing with --json. */
  line(text?: string): void;
  /** One JSON value on one line. Nothing without --json. */
  data(value: unknown): void;
}

export function createOutput(json: boolean): Output {
  return {
    json,
    line: (text = '') => {
      if (!json) process.stdout.write(`${text}\n`);
    },
    data: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
  };
}

/** An error on standard error, in one line, with the raw words of what failed inside in a second one; with --json also `{"error": problem}` on standard output. */
export function reportError(error: unknown, json: boolean): void {
  const problem = toProblem(error);
  const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ');
  process.stderr.write(`layerloom: ${oneLine(problem.message)}\n`);
  if (problem.details !== undefined) process.stderr.write(`(details for a report: ${oneLine(problem.details)})\n`);
  if (json) process.stdout.write(`${JSON.stringify({ error: problem })}\n`);
  // A bug, not a problem of the person's: the stack is what a report needs.
  if (!(error instanceof ProblemError) && process.env.LAYERLOOM_DEBUG && error instanceof Error) {
    process.stderr.write(`${error.stack}\n`);
  }
}

/** Problems as aligned lines: severity, layer, sentence. */
export function problemLines(problems: readonly Problem[], nameOf: (nodeId: string) => string): string[] {
  return problems.map(({ severity, nodeId, path = nodeId, message }) => {
    const where = path === undefined ? '' : `${nameOf(path)}: `;
    return `${severity.padEnd(8)}${where}${message}`;
  });
}
