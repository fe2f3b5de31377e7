import type { ActionGroup } from '../../actions/action.ts';
import { ACTIONS } from '../../actions/registry.ts';
import { formatChord } from '../../actions/shortcuts.ts';
import { useUi } from '../../stores/uiStore.ts';
import { Dialog, Kbd } from '../../ui/index.ts';
import './keyboardHelp.css';

const COLUMNS: readonly (readonly ActionGroup[])[] = [['Edit'], ['View', 'File'], ['Train', 'Go to', 'Help']];

/** Gestures that no action stands for. */
const MOUSE: readonly (readonly [string, string])[] = [
  ['Drag from a port', 'Draw a wire'],
  ['Double click', 'Add a layer there'],
  ['Shift + drag', 'Select an area'],
  ['Ctrl + click', 'Add to the selection'],
  ['/', 'Search the palette'],
];

/** `?`: every key there is. */
export function KeyboardHelp() {
  const open = useUi((state) => state.help);
  return (
    <Dialog open={open} onClose={() => useUi.setState({ help: false })} title="Keyboard and mouse" width={880}>
      <div className="dialog-body keyboard-help">
        {COLUMNS.map((groups) => (
          <div key={groups[0]}>
            {groups.map((group) => (
              <section key={group} aria-label={group}>
                <h3>{group}</h3>
                {ACTIONS.filter((action) => action.group === group && action.shortcuts.length > 0).map((action) => (
                  <div key={action.id} className="key-row">
                    <span>{action.label}</span>
                    <Kbd>{formatChord(action.shortcuts[0] ?? '')}</Kbd>
                  </div>
                ))}
              </section>
            ))}
            {groups.includes('Help') && (
              <section aria-label="Mouse">
                <h3>Mouse</h3>
                {MOUSE.map(([gesture, meaning]) => (
                  <div key={gesture} className="key-row">
                    <span>{meaning}</span>
                    <Kbd>{gesture}</Kbd>
                  </div>
                ))}
              </section>
            )}
          </div>
        ))}
      </div>
    </Dialog>
  );
}
