import { IconButton } from '../ui/index.ts';
import { useAction } from './useAction.ts';

/** An icon button for an action: its label, icon, shortcut and whether it is enabled come from the action. */
export function ActionButton({ id, pressed }: { readonly id: string; readonly pressed?: boolean }) {
  const { action, enabled, shortcut } = useAction(id);
  const Icon = action.icon;
  return (
    <IconButton
      label={action.label}
      shortcut={shortcut}
      icon={<Icon aria-hidden />}
      disabled={!enabled}
      onClick={() => action.perform()}
      {...(pressed === undefined ? {} : { pressed })}
    />
  );
}
