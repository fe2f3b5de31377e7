import { z } from 'zod';
import { type Problem, ProblemError } from '../errors.ts';
import { problemSchema } from '../problemSchema.ts';

const id = z.number().int();

/** What a caller says. */
export const requestSchema = z.object({ id, method: z.string(), params: z.unknown() });
export const cancelSchema = z.object({ cancel: id });
export type Asked = z.input<typeof requestSchema> | z.input<typeof cancelSchema>;

/** What it is told: answers, how far a request is, and events, which nobody asked for. */
export const toldSchema = z.union([
  z.object({ id, ok: z.literal(true), result: z.unknown() }),
  z.object({ id, ok: z.literal(false), problem: problemSchema }),
  z.object({ id, progress: z.unknown().refine((progress) => progress !== undefined) }),
  z.object({ event: z.unknown().refine((event) => event !== undefined) }),
]);
export type Told<E = never> =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly problem: Problem }
  | { readonly id: number; readonly progress: unknown }
  | { readonly event: E };

/** The number of a request that cannot be told from what was said. */
export const NO_ID = -1;

export function idOf(message: unknown): number {
  const named = typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
  return typeof named === 'number' && Number.isSafeInteger(named) ? named : NO_ID;
}

/** How a cancelled request ends. */
export function cancelled(): ProblemError {
  return new ProblemError({
    code: 'cancelled',
    severity: 'info',
    title: 'Cancelled',
    message: 'This was cancelled before it was done.',
  });
}
