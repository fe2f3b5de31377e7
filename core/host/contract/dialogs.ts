import { z } from 'zod';
import { pathFor } from '../../pathSchema.ts';
import { CHOICE_IDS } from '../grants/choices.ts';
import { path } from './schemas.ts';

const dialogId = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/);

/** Files and folders that a person chooses. */
export const dialogMethods = {
  /**
   * Shows a dialog that asks for a file or folder, and gives windows what is chosen. `name`: what is proposed in it. `url` is null for a
   * dialog of the system; otherwise the window shows that address in a frame over itself, whose content it can neither read nor press.
   */
  'dialog.show': {
    params: z.object({
      what: z.enum(CHOICE_IDS),
      name: z.string().max(1000),
      folder: pathFor('start').nullable().default(null),
    }),
    result: z.object({ dialog: dialogId, url: z.string().nullable() }),
  },
  /**
   * What was chosen in it, once it is closed; null where nothing was. `asked`: the dialog has asked whether a file of this very path may be
   * replaced; otherwise that is still to be done when there is one.
   */
  'dialog.answer': {
    params: z.object({ dialog: dialogId }),
    result: z.object({ path: path.nullable(), asked: z.boolean() }),
  },
  /** Takes a dialog away that is not the system's; nothing was chosen in it then. */
  'dialog.cancel': { params: z.object({ dialog: dialogId }), result: z.object({}) },
} as const;
