import { Gauge, Play } from 'lucide-react';
import { performAction } from '../../actions/registry.ts';
import { useTrainState } from '../../stores/trainState.ts';
import { goToRoom, showDockTab } from '../../stores/uiStore.ts';
import { Button, EmptyState } from '../../ui/index.ts';

/** Before the first run: what will be here, and the button that gets there, or what stands in its way. */
export function TrainingEmpty() {
  const { obstacle, primary } = useTrainState();
  if (primary === 'start' && obstacle !== null) {
    const { room } = obstacle;
    return (
      <EmptyState
        icon={<Gauge aria-hidden />}
        title="Not ready to train yet"
        action={
          room !== null && (
            <Button
              onClick={() => {
                goToRoom(room);
                if (room === 'design') showDockTab('problems');
              }}
            >
              {room === 'data' ? 'Choose the data' : 'Show the problems'}
            </Button>
          )
        }
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
