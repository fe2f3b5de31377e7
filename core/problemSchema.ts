import { z } from 'zod';

/** A `Problem` (errors.ts) as it crosses a process boundary. */
export const problemSchema = z.looseObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  title: z.string(),
  message: z.string(),
});
