import { z } from 'zod';
import type { Fix, Problem } from './errors.ts';

const fixShape = z.looseObject({
  label: z.string(),
  call: z.looseObject({ command: z.string(), args: z.record(z.string(), z.json()) }),
});

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

/** A `Fix` (errors.ts); its command checks the arguments. */
export const fixSchema = z.custom<Fix>(
  (value) => fixShape.safeParse(value).success,
  'not a fix: label and call are needed',
);
