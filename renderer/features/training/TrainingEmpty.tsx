import { Gauge, Play } from 'lucide-react';
import { performAction } from '../../actions/registry.ts';
import { useTrainState } from '../../stores/trainState.ts';
import { Button, EmptyState } from '../../ui/index.ts';
import { ObstacleButton } from './ObstacleButton.tsx';

/** Before the first run: what will be here, and the button that gets there, or what stands in its way. */
export function TrainingEmpty() {
  const { obstacle, primary } = useTrainState();
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
