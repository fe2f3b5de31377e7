import { Gauge, Play } from 'lucide-react';
import { ObstacleButton } from '../../actions/ObstacleButton.tsx';
import { performAction } from '../../actions/registry.ts';
import { liveRun, showRun, useRuns } from '../../stores/runsStore.ts';
import { useTrainState } from '../../stores/trainState.ts';
import { Button, EmptyState } from '../../ui/index.ts';

/** Before the first run: what will be here, and the button that gets there, or what stands in its way. */
export function TrainingEmpty() {
  const { obstacle, primary } = useTrainState();
  const foreign = useRuns((state) => liveRun(state)?.id ?? null);
  const name = useRuns((state) => liveRun(state)?.name ?? '');
  if (foreign !== null)
    return (
      <EmptyState
        icon={<Gauge aria-hidden />}
        title="Another design is training"
        action={<Button onClick={() => void showRun(foreign)}>Show that run</Button>}
      >
        “{name}” goes on meanwhile, and one network trains at a time. This design can be trained when it has ended.
      </EmptyState>
    );
  if (primary === 'start' && obstacle !== null) {
    return (
      <EmptyState
        icon={<Gauge aria-hidden />}
        title="Not ready to train yet"
        action={<ObstacleButton obstacle={obstacle} />}
      >
        {obstacle.message}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Gauge aria-hidden />}
      title="Ready to train"
      action={
        <Button icon={<Play aria-hidden />} disabled={primary !== 'start'} onClick={() => performAction('train')}>
          Start training
        </Button>
      }
    >
      Loss and accuracy are drawn here while the network learns. Training goes on when you move to another room or close
      the window.
    </EmptyState>
  );
}
