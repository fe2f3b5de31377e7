import { z } from 'zod';
import { dataDescriptionSchema, pictureProgressSchema, previewSchema, splitNameSchema } from '../../data/index.ts';
import { dataSettingsSchema } from '../../document/index.ts';
import { pathFor } from '../../pathSchema.ts';

/** The data of the design on screen. */
export const dataMethods = {
  'data.describe': {
    params: z.object({ settings: dataSettingsSchema, documentPath: pathFor('designOfData').nullable() }),
    result: dataDescriptionSchema,
    progress: pictureProgressSchema,
  },
  'data.preview': {
    params: z.object({
      settings: dataSettingsSchema,
      documentPath: pathFor('designOfData').nullable(),
      split: splitNameSchema.nullable(),
      offset: z.number().int().nonnegative(),
      count: z.number().int().min(1).max(500),
    }),
    result: previewSchema,
  },
} as const;
