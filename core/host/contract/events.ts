import { z } from 'zod';
import { backendNameSchema, deviceUseSchema, installProgressSchema } from '../../engine/index.ts';
import { metricPointSchema, runRecordSchema } from '../../runs/index.ts';
import { fingerprint, path, runId } from './schemas.ts';

/** What a host tells its windows without being asked. */
export const hostEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), record: runRecordSchema }),
  z.object({ type: z.literal('runDeleted'), runId }),
  z.object({ type: z.literal('metrics'), runId, points: z.array(metricPointSchema) }),
  /** How busy the training run keeps its device, about once a second. */
  z.object({ type: z.literal('deviceUse'), runId, use: deviceUseSchema }),
  /** The device that is being tested now; null when a test is over. */
  z.object({ type: z.literal('deviceTest'), testing: backendNameSchema.nullable() }),
  /** A backend is being installed. */
  z.object({ type: z.literal('install'), progress: installProgressSchema }),
  /** The engine process died. The run it worked on, if any, is now `interrupted` and resumable. */
  z.object({ type: z.literal('engineDied'), runId: runId.nullable(), message: z.string() }),
  /** A native menu item was chosen; `action` is an action id of the renderer. */
  z.object({ type: z.literal('menu'), action: z.string() }),
  /** The shell asks to open this file (second instance, file association). */
  z.object({ type: z.literal('openFile'), path }),
  /** A watched file was written, by whomever, or removed (null). */
  z.object({ type: z.literal('documentChanged'), path, fingerprint: fingerprint.nullable() }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;
