import { z } from 'zod';
import { type Edit, isEdit } from './edits.ts';
import type { Fix, HostCall, Problem } from './errors.ts';
import type { JsonValue } from './json.ts';

const json: z.ZodType<JsonValue> = z.json();

const editFix = z.object({ label: z.string(), edit: z.custom<Edit>(isEdit) });
const hostFix = z.object({
  label: z.string(),
  host: z.discriminatedUnion('method', [
    z.object({ method: z.literal('train.stop'), params: z.object({ runId: z.string() }) }),
    z.object({
      method: z.literal('dialog.show'),
      params: z.object({
        what: z.enum(['design.open', 'data.table', 'data.pictures']),
        name: z.string(),
        folder: z.string(),
      }),
    }),
  ]) satisfies z.ZodType<HostCall>,
});
/** As records of earlier versions hold it. */
const callFix = z
  .object({ label: z.string(), call: z.custom<Edit>(isEdit) })
  .transform(({ label, call }) => ({ label, edit: call }));
const fixSchema = z.union([editFix, hostFix, callFix]);

/** Fixes (errors.ts) from a file or another process. One that this version cannot do (it is of a newer one) is no button: it is left out. */
export const fixesSchema = z.array(z.unknown()).transform((fixes): readonly Fix[] =>
  fixes.flatMap((fix) => {
    const read = fixSchema.safeParse(fix);
    return read.success ? [read.data] : [];
  }),
);

/** A `Problem` (errors.ts) as it crosses a process boundary or lies in a file. */
export const problemSchema: z.ZodType<Problem> = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  title: z.string(),
  message: z.string(),
  nodeId: z.string().optional(),
  edgeId: z.string().optional(),
  graph: z.string().optional(),
  path: z.string().optional(),
  within: z.array(z.string()).readonly().optional(),
  port: z.string().optional(),
  param: z.string().optional(),
  facts: z.record(z.string(), json).optional(),
  fixes: fixesSchema.optional(),
  details: z.string().optional(),
});
