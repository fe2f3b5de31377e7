import type { Obstacle } from '../stores/trainState.ts';
import { goToRoom, showDockTab } from '../stores/uiStore.ts';
import { Button, type ButtonProps } from '../ui/index.ts';
import { goToField } from './goToField.ts';

const LABELS = { data: 'Go to Data', design: 'Show the problems', train: 'Show the settings' } as const;

export interface ObstacleButtonProps extends Pick<ButtonProps, 'size'> {
  readonly obstacle: Obstacle;
}

/** Goes to what stands in the way of training or of an export, where there is such a place. */
export function ObstacleButton({ obstacle, size }: ObstacleButtonProps) {
  const { room, field } = obstacle;
  if (room === null) return null;
  const go = () => {
    if (field !== undefined) return void goToField(field);
    goToRoom(room);
    if (room === 'design') showDockTab('problems');
  };
  return (
    <Button {...(size && { size })} onClick={go}>
      {field === undefined ? LABELS[room] : `Go to ${field.label}`}
    </Button>
  );
}
