import { Pause, Play, Square } from 'lucide-react';
import { performAction } from '../../actions/registry.ts';
import { isLive, useRuns } from '../../stores/runsStore.ts';
import { useTrainState } from '../../stores/trainState.ts';
import { IconButton } from '../../ui/index.ts';

/** Pause, or resume, and stop, beside the name of the run that is training. */
export function RunButtons({ runId }: { readonly runId: string }) {
  const shown = useRuns((state) => isLive(state.records[runId]));
  const { primary, obstacle, canStop } = useTrainState();
  if (!shown) return null;
  return (
    <div className="run-buttons">
      {primary === 'resume' ? (
        <IconButton
          label="Resume this run"
          icon={<Play fill="currentColor" aria-hidden />}
          onClick={() => performAction('resume')}
        />
      ) : (
        <IconButton
          label="Pause this run"
          icon={<Pause fill="currentColor" strokeWidth={0} aria-hidden />}
          disabled={obstacle !== null}
          onClick={() => performAction('pause')}
        />
      )}
      <IconButton
        label="Stop this run"
        icon={<Square fill="currentColor" aria-hidden />}
        disabled={!canStop}
        onClick={() => performAction('stop')}
      />
    </div>
  );
}
