import type { Handlers } from '../../rpc/index.ts';
import type { dialogMethods } from '../contract/dialogs.ts';
import type { createDialogs } from '../dialogs.ts';

export function dialogHandlers(dialogs: ReturnType<typeof createDialogs>): Handlers<typeof dialogMethods> {
  return {
    'dialog.show': (request) => dialogs.show(request),
    'dialog.answer': ({ dialog }) => dialogs.answer(dialog),
    'dialog.cancel': ({ dialog }) => {
      dialogs.cancel(dialog);
      return {};
    },
  };
}
