import type { SingleEdit } from '../../edits.ts';
import { type DocumentDraft, defineCommand, type Outcome } from '../defineCommand.ts';

/**
 * Several edits as one: all are done, in this order, or none, and one undo takes them back. Every edit sees what those before it did. A
 * batch in a batch would only hide how many edits there are: there is none.
 * @param perform does one edit, handed in because the registry holds this command too
 */
export const batchOf = (perform: (draft: DocumentDraft, edit: SingleEdit) => Outcome) =>
  defineCommand({
    name: 'batch',
    run(draft, { label, calls }) {
      return { label, created: calls.flatMap((call) => perform(draft, call).created ?? []) };
    },
  });
