import { useState } from 'react';
import { diffDocuments } from '../../../core/document/index.ts';
import { type FileConflict, useUi } from '../../stores/uiStore.ts';
import { Banner, Button, changeText, Dialog, valueText } from '../../ui/index.ts';
import './conflictDialog.css';

/** Two versions of one file: keep mine, take theirs, save a copy, and what the difference is. */
export function ConflictDialog() {
  const conflict = useUi((state) => state.conflict);
  return conflict === null ? null : <Conflict conflict={conflict} />;
}

function Conflict({ conflict }: { readonly conflict: FileConflict }) {
  const { path, theirs, problem, resolve } = conflict;
  const [shown, setShown] = useState(false);
  return (
    <Dialog
      open
      onClose={() => resolve('cancel')}
      title="This file was changed outside"
      description={`${path} holds another version than the one that was opened here. Keeping yours replaces that version in the file. Taking theirs replaces what is on screen; undo brings yours back.`}
      width={620}
      footer={
        <>
          <Button variant="ghost" onClick={() => resolve('cancel')}>
            Cancel
          </Button>
          <Button onClick={() => resolve('copy')}>Save a copy…</Button>
          <Button disabled={theirs === null} onClick={() => resolve('take')}>
            Take theirs
          </Button>
          <Button variant="danger" onClick={() => resolve('keep')}>
            Keep mine
          </Button>
        </>
      }
    >
      {problem !== null && (
        <Banner tone="error" title={problem.title}>
          {problem.message}
        </Banner>
      )}
      {theirs !== null && !shown && (
        <Button data-autofocus onClick={() => setShown(true)}>
          Show the difference
        </Button>
      )}
      {theirs !== null && shown && <Difference conflict={{ ...conflict, theirs }} />}
    </Dialog>
  );
}

/** More than anybody reads; the rest is counted. */
const MOST_LINES = 200;

function Difference({
  conflict,
}: {
  readonly conflict: FileConflict & { readonly theirs: NonNullable<FileConflict['theirs']> };
}) {
  const changes = diffDocuments(conflict.mine, conflict.theirs);
  if (changes.length === 0)
    return <p className="muted">Both hold the same design; only the text of the files differs.</p>;
  return (
    <>
      <p className="muted">From yours to theirs:</p>
      <ul className="difference" aria-label="Difference">
        {changes.slice(0, MOST_LINES).map((change) => (
          <li
            key={`${change.kind} ${change.what} ${change.subject} ${change.detail} ${valueText(change.after)}`}
            data-kind={change.kind}
          >
            {changeText(change)}
          </li>
        ))}
      </ul>
      {changes.length > MOST_LINES && <p className="muted">and {changes.length - MOST_LINES} more.</p>}
    </>
  );
}
