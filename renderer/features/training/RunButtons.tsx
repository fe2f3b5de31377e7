import { Pause, Play, Square } from 'lucide-react';
import { isLive, pauseTraining, resumeTraining, stopTraining, useRuns } from '../../stores/runsStore.ts';
import { IconButton } from '../../ui/index.ts';

/** Pause, or resume, and stop, beside the name of the run that is training, whatever design it is of. */
export function RunButtons({ runId }: { readonly runId: string }) {
  const shown = useRuns((state) => isLive(state.records[runId]));
  const status = useRuns((state) => state.records[runId]?.status);
  if (!shown) return null;
  return (
    <div className="run-buttons">
      {status === 'paused' ? (
        <IconButton
          label="Resume this run"
          icon={<Play fill="currentColor" aria-hidden />}
          onClick={() => void resumeTraining(runId)}
        />
      ) : (
        <IconButton
          label="Pause this run"
          icon={<Pause fill="currentColor" strokeWidth={0} aria-hidden />}
          disabled={status !== 'running'}
          onClick={() => void pauseTraining(runId)}
        />
      )}
      <IconButton
        label="Stop this run"
        icon={<Square fill="currentColor" aria-hidden />}
        onClick={() => void stopTraining(runId)}
      />
    </div>
  );
}
