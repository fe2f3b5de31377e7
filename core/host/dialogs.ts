import { randomBytes } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { ProblemError } from '../errors.ts';
import { CHOICES, type Choice, type ChoiceId, withEnding } from './grants/choices.ts';
import type { Grants } from './grants/node.ts';

/** Answers that nobody has fetched, of windows that have gone; the oldest are forgotten. */
const MOST_DIALOGS = 16;

/** What a dialog asks for. */
export interface DialogRequest {
  readonly what: ChoiceId;
  /** What is proposed. */
  readonly name: string;
  /** Where it starts; null leaves it to the dialog. */
  readonly folder: string | null;
}

export interface DialogAnswer {
  /** Null when the person cancelled. */
  readonly path: string | null;
  /** Whether it has asked already if a file of this very path may be replaced. */
  readonly asked: boolean;
}

export interface ShownDialog {
  /** Where windows find it; null for a dialog of the system. */
  readonly url: string | null;
  readonly answer: Promise<DialogAnswer>;
  /** Answers that nothing was chosen, if it still can. */
  cancel(): void;
}

/** The dialogs of a shell: the system's, or pages that windows cannot script. */
export interface HostDialogs {
  /** Shows a dialog, and tells how its answer comes. */
  show(request: DialogRequest, choice: Choice): ShownDialog;
}

const NOTHING: DialogAnswer = { path: null, asked: false };

/** Dialogs on behalf of windows. What a person chooses in one is given to windows before they learn of it. */
export function createDialogs(dialogs: HostDialogs | undefined, grants: Grants) {
  const open = new Map<string, { readonly shown: ShownDialog; readonly answer: Promise<DialogAnswer> }>();

  const settle = async (request: DialogRequest, shown: ShownDialog): Promise<DialogAnswer> => {
    const { path, asked } = await shown.answer;
    if (path === null) return NOTHING;
    const whole = await grants.give(request.what, path);
    // A name without its ending was asked about as it was, if at all.
    return { path: whole, asked: asked && withEnding(CHOICES[request.what], path) === path };
  };

  return {
    show: (request: DialogRequest): { dialog: string; url: string | null } => {
      if (dialogs === undefined)
        throw new ProblemError({
          code: 'no-dialogs',
          title: 'No dialogs',
          message: 'This host has no window, so it cannot ask for a file. Open Layerloom with a window.',
        });
      const { folder } = request;
      const shown = dialogs.show(
        { ...request, folder: folder !== null && isAbsolute(folder) ? folder : null },
        CHOICES[request.what],
      );
      const answer = settle(request, shown);
      // Told to who asks for it.
      answer.catch(() => undefined);
      const dialog = randomBytes(16).toString('hex');
      open.set(dialog, { shown, answer });
      const [oldest] = open.keys();
      if (open.size > MOST_DIALOGS && oldest !== undefined) {
        open.get(oldest)?.shown.cancel();
        open.delete(oldest);
      }
      return { dialog, url: shown.url };
    },
    /** @throws ProblemError `file-kind` when something was chosen that it was not for */
    answer: async (dialog: string): Promise<DialogAnswer> => {
      const found = open.get(dialog);
      if (found === undefined) return NOTHING;
      try {
        return await found.answer;
      } finally {
        open.delete(dialog);
      }
    },
    cancel: (dialog: string): void => open.get(dialog)?.shown.cancel(),
  };
}
