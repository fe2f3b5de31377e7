import type { Problem } from '../../../core/errors.ts';
import { hasMoreToTrain } from '../../../core/runs/index.ts';
import { FindingBanners, FixButtons } from '../../actions/FindingBanners.tsx';
import { liveRun, resumeTraining, useRuns } from '../../stores/runsStore.ts';
import { Banner, Button, formatCount, ProblemDetails } from '../../ui/index.ts';

const NOTHING: readonly Problem[] = [];

/** What a person must know of a run: how it stands, and what of its data could not be checked. */
export function RunNotice({ runId }: { readonly runId: string }) {
  const notes = useRuns((state) => state.records[runId]?.notes ?? NOTHING);
  return (
    <>
      <RunStanding runId={runId} />
      {notes.map(({ code, title, message }) => (
        <Banner key={code} tone="warning" title={title}>
          {message}
        </Banner>
      ))}
    </>
  );
}

/** What there is to say of a run that is not simply going on: that it failed, was cut off, stands still or came to nothing; and how it goes on. */
function RunStanding({ runId }: { readonly runId: string }) {
  const status = useRuns((state) => state.records[runId]?.status);
  const problem = useRuns((state) => state.records[runId]?.problem ?? null);
  const findings = useRuns((state) => state.records[runId]?.findings ?? NOTHING);
  const epoch = useRuns((state) => state.records[runId]?.epoch ?? 0);
  const preparing = useRuns((state) => state.records[runId]?.preparing);
  const elsewhere = useRuns((state) => state.records[runId]?.elsewhere);
  const epochs = useRuns((state) => state.records[runId]?.epochs ?? 0);
  const resumable = useRuns((state) => {
    const record = state.records[runId];
    return record !== undefined && hasMoreToTrain(record) && liveRun(state) === undefined;
  });
  const resume = (label: string) =>
    resumable ? (
      <Button size="s" onClick={() => void resumeTraining(runId)}>
        {label}
      </Button>
    ) : undefined;
  const done = `${formatCount(epoch)} of ${formatCount(epochs)} epochs are done.`;
  if (elsewhere !== undefined)
    return (
      <Banner tone="info" title="Trained elsewhere">
        This run is being trained by {elsewhere}. Stop it there, or wait until it has finished; until then it can be
        looked at here.
      </Banner>
    );
  switch (status) {
    case 'failed':
      return (
        <Banner
          tone="error"
          title={problem?.title ?? 'Training failed'}
          actions={<FixButtons fixes={problem?.fixes ?? []} />}
        >
          {problem?.message ?? 'The engine gave no reason.'}
          {problem?.details !== undefined && <ProblemDetails text={problem.details} />}
        </Banner>
      );
    case 'interrupted':
      return (
        <Banner tone="warning" title="Training was interrupted" actions={resume('Resume')}>
          {problem?.message ?? 'The engine ended before the run did. It goes on from its last checkpoint.'} {done}
          {problem?.details !== undefined && <ProblemDetails text={problem.details} />}
        </Banner>
      );
    case 'stopped':
      return resumable ? (
        <Banner tone="info" title="Training was stopped" actions={resume('Go on training')}>
          {done} Weights are kept; it can go on where it stopped.
        </Banner>
      ) : null;
    case 'finished':
      return <FindingBanners findings={findings} mendable />;
    case 'starting':
      return <Banner tone="info">{preparing ?? 'Building the network and loading the data.'}</Banner>;
    default:
      return null;
  }
}
