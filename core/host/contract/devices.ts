import { z } from 'zod';
import { backendInfoSchema, backendNameSchema, benchmarkSchema } from '../../engine/index.ts';

/** What computes: backends, their installation and their speed. */
export const deviceMethods = {
  'engine.backends': { params: z.object({}), result: z.array(backendInfoSchema) },
  /** Answers when the backend is installed; progress comes as `install` events, to windows that came later too. */
  'engine.install': {
    params: z.object({ name: z.literal('tensorflow') }),
    result: z.object({}),
    detached: true,
  },
  'engine.cancelInstall': { params: z.object({}), result: z.object({}) },
  'engine.uninstall': { params: z.object({ name: z.literal('tensorflow') }), result: z.object({}) },
  /** Measures how fast a device trains; takes some seconds. Refused while a run trains or an engine is being installed. */
  'engine.test': { params: z.object({ name: backendNameSchema }), result: benchmarkSchema },
  /** Ends a test under way; its request is then answered with the problem `test-cancelled`. */
  'engine.cancelTest': { params: z.object({}), result: z.object({}) },
} as const;
