import { expect, it } from 'vitest';
import {
  applyCommand,
  emptyHistory,
  type History,
  packHistory,
  record,
  recordExchange,
  redo,
  undo,
  unpackHistory,
} from '../../../core/commands/index.ts';
import { emptyDocument, type LoomDocument } from '../../../core/document/index.ts';
import type { Edit } from '../../../core/edits.ts';
import { findTemplate } from '../../../core/templates/index.ts';

const first = findTemplate('digits-cnn')?.create() ?? emptyDocument();

/** Ten renamings and settings, one exchange, two undone. */
function worked(): { document: LoomDocument; history: History; states: LoomDocument[] } {
  let document = first;
  let history = emptyHistory;
  const states = [first];
  for (let i = 1; i <= 10; i++) {
    const call: Edit =
      i % 2 === 0
        ? { command: 'renameDocument', args: { name: `Name ${i}` } }
        : { command: 'setTraining', args: { training: { epochs: 100 + i } } };
    const applied = applyCommand(document, call);
    if (!applied.ok) throw new Error(applied.error.message);
    document = applied.value.document;
    history = record(history, applied.value);
    states.push(document);
  }
  const other = { ...emptyDocument('Theirs') };
  history = recordExchange(history, document, other, 'Take over the file');
  states.push(other);
  document = other;
  for (let i = 0; i < 2; i++) {
    const step = undo(document, history);
    if (step === null) throw new Error('Nothing to undo.');
    ({ document, history } = step);
  }
  return { document, history, states };
}

it('keeps what can be undone and redone over JSON, and which entry is in the file', () => {
  const { document, history, states } = worked();
  const mark = history.past[3] ?? null;
  const text = JSON.stringify(packHistory(history, mark, 1e6));
  const back = unpackHistory(JSON.parse(text), JSON.parse(JSON.stringify(document)));
  if (back === null) throw new Error('The history was dropped.');
  expect(back.saved).toBe(back.history.past[3]);
  let step = { document, history: back.history };
  for (let at = 8; at >= 0; at--) {
    step = undo(step.document, step.history) ?? step;
    expect(step.document).toEqual(states[at]);
  }
  for (let at = 1; at < states.length; at++) {
    step = redo(step.document, step.history) ?? step;
    expect(step.document).toEqual(states[at]);
  }
});

it('is bounded: the newest stay, and an entry that was cut off is not taken for the saved one', () => {
  const { document, history } = worked();
  const packed = packHistory(history, null, 1200);
  expect(JSON.stringify(packed).length).toBeLessThan(1500);
  expect(packed.past.length).toBeGreaterThan(0);
  expect(packed.past.length).toBeLessThan(history.past.length);
  expect(packed.saved).toBe('never');
  expect(unpackHistory(packed, document)?.history.past.at(-1)).toEqual(history.past.at(-1));
});

it.each<[string, (packed: ReturnType<typeof packHistory>) => unknown]>([
  ['nothing', () => undefined],
  ['something else', () => ({ past: 'many' })],
  ['an entry left out', (packed) => ({ ...packed, past: packed.past.filter((_, i) => i !== 8) })],
  [
    'a patch into nowhere',
    (packed) => ({
      ...packed,
      past: [
        ...packed.past,
        { label: 'x', patches: [], inverse: [{ op: 'replace', path: ['a', 'b', 'c'], value: 1 }] },
      ],
    }),
  ],
  [
    'a patch that breaks the document',
    (packed) => ({
      ...packed,
      past: [
        {
          label: 'x',
          patches: [{ op: 'replace', path: ['graphs'], value: first.graphs }],
          inverse: [{ op: 'replace', path: ['graphs'], value: 3 }],
        },
        ...packed.past,
      ],
    }),
  ],
  ['a mark that points nowhere', (packed) => ({ ...packed, saved: ['past', 99] })],
])('drops a history that does not fit: %s', (_, spoil) => {
  const { document, history } = worked();
  expect(unpackHistory(spoil(packHistory(history, 'never', 1e6)), document)).toBeNull();
});

it('drops the history of another document', () => {
  const { document, history } = worked();
  const packed = packHistory(history, 'never', 1e6);
  expect(unpackHistory(packed, document)).not.toBeNull();
  expect(unpackHistory(packed, { ...document, training: { ...document.training, epochs: 7 } })).toBeNull();
});
