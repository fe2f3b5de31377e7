import { Pause, Play, Square } from 'lucide-react';
import { performAction } from '../actions/registry.ts';
import { firstShortcut, useAction } from '../actions/useAction.ts';
import { type TrainState, useTrainState } from '../stores/trainState.ts';
import { Button, IconButton, Tooltip } from '../ui/index.ts';

const PRIMARY = {
  start: { action: 'train', label: 'Train' },
  pause: { action: 'pause', label: 'Pause' },
  resume: { action: 'resume', label: 'Resume' },
} as const;

/** Train; while a run goes on, Pause or Resume, and Stop. */
export function TrainButtons() {
  const state = useTrainState();
  return (
    <>
      {state.live !== null && (
        <IconButton
          label="Stop training"
          icon={<Square fill="currentColor" aria-hidden />}
          disabled={!state.canStop}
          onClick={() => performAction('stop')}
        />
      )}
      <PrimaryButton state={state} />
    </>
  );
}

/**
 * Never silently dead: with something in the way it looks so, says what it is on hover and focus, and a click still leads to where it is
 * mended.
 */
function PrimaryButton({ state }: { readonly state: TrainState }) {
  const { primary, obstacle, live } = state;
  const { action: id, label } = PRIMARY[primary];
  const { action } = useAction(id);
  const starting = primary === 'pause' && obstacle !== null;
  return (
    <Tooltip content={obstacle?.message ?? action.label} shortcut={firstShortcut(action)}>
      <Button
        variant="primary"
        className={obstacle === null ? undefined : 'button-held'}
        aria-disabled={starting || undefined}
        icon={
          primary === 'pause' && !starting ? (
            <Pause fill="currentColor" strokeWidth={0} aria-hidden />
          ) : (
            <Play fill="currentColor" aria-hidden />
          )
        }
        onClick={() => performAction(id)}
      >
        {starting && live === null ? 'Starting' : label}
      </Button>
    </Tooltip>
  );
}
