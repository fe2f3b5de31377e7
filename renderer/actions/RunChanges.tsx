import { History, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DocumentChange } from '../../core/document/index.ts';
import { restoreDesign } from '../stores/documentStore.ts';
import { BELONGING_NOTES, useBelongings, useChangesSince } from '../stores/ownRuns.ts';
import { useRunDesign } from '../stores/runDesigns.ts';
import { isLive, useRuns } from '../stores/runsStore.ts';
import { useTrainState } from '../stores/trainState.ts';
import { goToRoom } from '../stores/uiStore.ts';
import { Banner, Button, changeText, plural } from '../ui/index.ts';
import './runChanges.css';
import { train } from './trainActions.ts';

/** More than fits beside what one came for; the rest is counted. */
const MOST = 6;

export interface RunChangesProps {
  readonly runId: string;
  /** What is shown here is of the run as trained: one sentence that says so. */
  readonly children?: ReactNode;
}

/** Says that a run is of another design, or what was changed in the design on screen since it was trained, and what can be done. */
export function RunChanges({ runId, children }: RunChangesProps) {
  const belongings = useBelongings();
  const changes = useChangesSince(runId);
  const name = useRuns((state) => state.records[runId]?.name ?? runId);
  const live = useRuns((state) => isLive(state.records[runId]));
  const design = useRunDesign(runId);
  const { primary } = useTrainState();
  const whose = belongings[runId];
  if (whose === 'other' || whose === 'older')
    return (
      <Banner
        tone="warning"
        title={whose === 'other' ? `“${name}” is a run of another design` : `“${name}” is an older run`}
      >
        {whose === 'other' ? 'What is shown here is not of the design on screen.' : BELONGING_NOTES.older} {children}
      </Banner>
    );
  if (changes === null || changes.length === 0 || design === null) return null;
  return (
    <Banner
      tone="warning"
      title={`${changedParts(changes)} changed since “${name}” was ${live ? 'started' : 'trained'}`}
      actions={
        <>
          <Button size="s" icon={<History aria-hidden />} onClick={() => restoreDesign(design, name)}>
            Restore the run’s design
          </Button>
          {primary === 'start' && (
            <Button
              size="s"
              icon={<Play aria-hidden />}
              onClick={() => {
                goToRoom('train');
                void train();
              }}
            >
              Train again
            </Button>
          )}
        </>
      }
    >
      {children}
      <ul className="run-changes" aria-label="Changes since the run">
        {changes.slice(0, MOST).map((change) => (
          <li key={changeText(change)}>{changeText(change)}</li>
        ))}
        {changes.length > MOST && <li>and {plural(changes.length - MOST, 'more change')}</li>}
      </ul>
    </Banner>
  );
}

/** `The design and its settings`: which parts of a document these changes are in. */
export function changedParts(changes: readonly DocumentChange[]): string {
  const part = ({ what, subject }: DocumentChange): string =>
    what !== 'setting'
      ? 'the design'
      : subject.startsWith('data.')
        ? 'the choice of data'
        : subject.startsWith('training.')
          ? 'the settings'
          : 'the design';
  const found = ['the design', 'the settings', 'the choice of data'].filter((one) =>
    changes.some((change) => part(change) === one),
  );
  const text = found.length < 3 ? found.join(' and ') : `${found[0]}, ${found[1]} and ${found[2]}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
