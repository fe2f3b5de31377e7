import { fail, ok, type Problem, type Result } from '../errors.ts';
import type { JsonValue } from '../json.ts';

/** Characters a design file may have. A design of 8,000 layers has about 8 million. */
export const MAX_DOCUMENT_LENGTH = 64 * 1024 * 1024;
/** Nesting a design file may have. Real ones have about 8 levels; recursive code downstream is safe far beyond this. */
export const MAX_DOCUMENT_DEPTH = 64;
/** Entries that one object or list may have: what a file of ten times the largest designs would need, and quick to read. */
export const MAX_DOCUMENT_ENTRIES = 100_000;
/** Values in all; a design of 8,000 layers has about 250,000. */
export const MAX_DOCUMENT_VALUES = 2_000_000;

/**
 * Parses JSON that may come from anywhere: bounded in size, number of values and depth, and without `__proto__` keys, which would change the
 * prototype of whatever object they are copied into. Browser-safe. Errors: `document-empty`, `document-too-large`,
 * `document-truncated`, `document-not-json`, `document-too-deep`.
 */
export function readJson(text: string): Result<JsonValue> {
  if (text.length > MAX_DOCUMENT_LENGTH)
    return problem(
      'document-too-large',
      'File too large',
      `The file has ${Math.round(text.length / 1024 / 1024)} MiB, and a design may have at most ${MAX_DOCUMENT_LENGTH / 1024 / 1024} MiB. It is probably not a Layerloom design.`,
    );
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (body.trim() === '')
    return problem('document-empty', 'Empty file', 'The file is empty. If there is a backup beside it, open that.');
  let value: JsonValue;
  try {
    value = JSON.parse(body) as JsonValue;
  } catch (thrown) {
    return fail(describeSyntaxError(body, thrown instanceof Error ? thrown.message : String(thrown)));
  }
  const excess = cleanseJson(value);
  if (excess === 'deep')
    return problem(
      'document-too-deep',
      'Nested too deeply',
      `The file is nested more than ${MAX_DOCUMENT_DEPTH} levels deep, which no Layerloom design is. It was damaged or made by something else.`,
    );
  if (excess === 'many')
    return problem(
      'document-too-large',
      'File too large',
      `The file holds more than ${MAX_DOCUMENT_ENTRIES.toLocaleString('en')} entries in one place or ${MAX_DOCUMENT_VALUES.toLocaleString('en')} values in all, far more than any Layerloom design. It was damaged or made by something else.`,
    );
  return ok(value);
}

const DOCUMENT_LIMITS = { depth: MAX_DOCUMENT_DEPTH, entries: MAX_DOCUMENT_ENTRIES, values: MAX_DOCUMENT_VALUES };
/** A message may hold a document, some levels down, and as many numbers as its length allows (pictures to predict). */
export const MESSAGE_LIMITS = {
  depth: MAX_DOCUMENT_DEPTH + 8,
  entries: Number.POSITIVE_INFINITY,
  values: Number.POSITIVE_INFINITY,
};

/**
 * Removes `__proto__` keys in place, and tells which limit is passed, if any. Iterative: the input may be hostile, and what looks at it
 * afterwards is recursive.
 */
export function cleanseJson(root: JsonValue, limits = DOCUMENT_LIMITS): 'deep' | 'many' | null {
  const stack: { value: object; depth: number }[] = [];
  const push = (value: unknown, depth: number) => {
    if (typeof value === 'object' && value !== null) stack.push({ value, depth });
  };
  push(root, 1);
  let values = 0;
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.depth > limits.depth) return 'deep';
    if (Object.hasOwn(top.value, '__proto__')) Reflect.deleteProperty(top.value, '__proto__');
    const children = Object.values(top.value);
    values += children.length;
    if (children.length > limits.entries || values > limits.values) return 'many';
    for (const child of children) push(child, top.depth + 1);
  }
  return null;
}

/** Engines word these differently, so what counts is where parsing stopped. */
function describeSyntaxError(text: string, reason: string): Problem {
  const position = /position (\d+)/.exec(reason)?.[1];
  const stoppedAt = position === undefined ? null : Number(position);
  if (/end of (JSON )?input|unterminated/i.test(reason) || (stoppedAt !== null && stoppedAt >= text.trimEnd().length))
    return {
      code: 'document-truncated',
      severity: 'error',
      title: 'File cut off',
      message: `The file ends in the middle, after ${text.length.toLocaleString('en')} characters. It was probably cut off while it was copied or saved; open a backup or copy it again.`,
      facts: { length: text.length },
    };
  const line = stoppedAt === null ? null : text.slice(0, stoppedAt).split('\n').length;
  const place = line === null ? `the parser says: ${reason.slice(0, 200)}` : `reading stopped in line ${line}`;
  return {
    code: 'document-not-json',
    severity: 'error',
    title: 'Not a design',
    message: `The file is not JSON text (${place}), so it is not a Layerloom design, or it was damaged.`,
    ...(line === null ? {} : { facts: { line } }),
  };
}

function problem(code: string, title: string, message: string): Result<never> {
  return fail({ code, severity: 'error', title, message });
}
