import { z } from 'zod';
import type { Problem } from './errors.ts';

const shape = z.looseObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  title: z.string(),
  message: z.string(),
});

/** A `Problem` (errors.ts) as it crosses a process boundary. Fixes are checked where they are applied, by the command. */
export const problemSchema = z.custom<Problem>(
  (value) => shape.safeParse(value).success,
  'not a problem: code, severity, title and message are needed',
);
