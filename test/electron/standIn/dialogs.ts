import { strict } from './strict.ts';

export interface DialogCall {
  readonly kind: 'open' | 'save' | 'message';
  readonly options: Readonly<Record<string, unknown>>;
}

/** Native dialogs without a screen: every answer is given beforehand, and a dialog that nobody expected is an error. */
export function createDialogs() {
  const answers: (string | number | null)[] = [];
  const calls: DialogCall[] = [];

  const next = (kind: DialogCall['kind'], args: readonly unknown[]): string | number | null => {
    const options = args.at(-1) as Readonly<Record<string, unknown>>;
    calls.push({ kind, options });
    const answer = answers.shift();
    if (answer === undefined) throw new Error(`An unexpected ${kind} dialog was shown: ${JSON.stringify(options)}`);
    return answer;
  };
  const path = (answer: string | number | null): string | null => {
    if (typeof answer === 'number') throw new Error('A file dialog is answered with a path, or null to cancel.');
    return answer;
  };

  return {
    calls,
    /** A path for file dialogs (null cancels), the index of a button for message boxes. */
    answer: (value: string | number | null) => {
      answers.push(value);
    },
    dialog: strict('dialog', {
      showOpenDialog: async (...args: unknown[]) => {
        const answer = path(next('open', args));
        return { canceled: answer === null, filePaths: answer === null ? [] : [answer] };
      },
      showSaveDialog: async (...args: unknown[]) => {
        const answer = path(next('save', args));
        return { canceled: answer === null, filePath: answer ?? '' };
      },
      showMessageBoxSync: (...args: unknown[]) => {
        const answer = next('message', args);
        if (typeof answer !== 'number') throw new Error('A message box is answered with the index of a button.');
        return answer;
      },
    }),
  };
}
