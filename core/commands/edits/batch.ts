import { z } from 'zod';
import { type CommandDefinition, defineCommand, refuse } from '../defineCommand.ts';

/** More than any fix needs; a bound for what comes from outside. */
const MOST_CALLS = 100;

/**
 * Several edits as one: all are done, in this order, or none, and one undo takes them back. Every edit sees what those before it did.
 * @param find the registry's look-up, handed in because the registry holds this command too
 */
export const batchOf = (find: (name: string) => CommandDefinition | undefined) =>
  defineCommand({
    name: 'batch',
    args: z.strictObject({
      label: z.string().min(1).max(200),
      calls: z
        .array(z.strictObject({ command: z.string(), args: z.record(z.string(), z.json()) }))
        .min(1)
        .max(MOST_CALLS),
    }),
    run(draft, { label, calls }) {
      const created = calls.flatMap(({ command: name, args: given }) => {
        // A batch in a batch would only hide how many edits there are.
        const command = name === 'batch' ? undefined : find(name);
        const args = command?.args.safeParse(given);
        if (command === undefined || args === undefined || !args.success)
          return refuse(
            'invalid-arguments',
            'Invalid edit',
            `“${label}” cannot be done as asked: its part “${name}” ${command === undefined ? 'is no edit' : 'has arguments that are not valid'}.`,
            { facts: { command: name } },
          );
        return command.run(draft, args.data).created ?? [];
      });
      return { label, created };
    },
  });
