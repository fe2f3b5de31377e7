import { z } from 'zod';
import { pathFor } from '../../pathSchema.ts';
import { path } from './schemas.ts';

/** Sizes of text to choose from, in per cent. */
export const TEXT_SIZES = [100, 125, 150, 175, 200] as const;

/** What a person set for the whole app. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  textSize: z.literal(TEXT_SIZES).default(100),
  /** Panel sizes, open tabs and the like, by key; the renderer's business. */
  layout: z.record(z.string(), z.json()).default({}),
});
export type Settings = z.infer<typeof settingsSchema>;

export const recentFileSchema = z.object({ path, name: z.string(), openedAt: z.string(), exists: z.boolean() });
export type RecentFile = z.infer<typeof recentFileSchema>;

/** The app itself, its settings, and the files opened of late. */
export const appMethods = {
  'app.info': {
    params: z.object({}),
    result: z.object({
      version: z.string(),
      host: z.enum(['electron', 'web']),
      platform: z.string(),
      homeDir: path,
      runsDir: path,
      /** File to open at start (`npm start -- file.loom`); told once, so that a reload does not open it again. */
      openPath: path.nullable(),
    }),
  },
  'settings.get': { params: z.object({}), result: settingsSchema },
  'settings.set': { params: settingsSchema, result: z.object({}) },
  'recents.list': { params: z.object({}), result: z.array(recentFileSchema) },
  'recents.remove': { params: z.object({ path: pathFor('design') }), result: z.object({}) },
} as const;
