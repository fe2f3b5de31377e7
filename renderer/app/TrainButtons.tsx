import { Pause, Play, Square } from 'lucide-react';
import { performAction } from '../actions/registry.ts';
import { liveRun, useRuns } from '../stores/runsStore.ts';
import { Button, IconButton } from '../ui/index.ts';

/** Train; while a run goes on, Pause or Resume, and Stop. */
export function TrainButtons() {
  const status = useRuns((state) => liveRun(state)?.status ?? null);
  const starting = useRuns((state) => state.starting);
  if (status === null)
    return (
      <Button
        variant="primary"
        disabled={starting}
        icon={<Play fill="currentColor" aria-hidden />}
        onClick={() => performAction('train')}
      >
        {starting ? 'Starting' : 'Train'}
      </Button>
    );
  return (
    <>
      <IconButton
        label="Stop training"
        icon={<Square fill="currentColor" aria-hidden />}
        onClick={() => performAction('stop')}
      />
      {status === 'paused' ? (
        <Button
          variant="primary"
          icon={<Play fill="currentColor" aria-hidden />}
          onClick={() => performAction('resume')}
        >
          Resume
        </Button>
      ) : (
        <Button
          variant="primary"
          disabled={status === 'starting'}
          icon={<Pause fill="currentColor" strokeWidth={0} aria-hidden />}
          onClick={() => performAction('pause')}
        >
          Pause
        </Button>
      )}
    </>
  );
}
