import { Command } from 'cmdk';
import type { ActionGroup } from '../../actions/action.ts';
import { designAddables, layerAddables, libraryAddables } from '../../actions/addables.ts';
import { append } from '../../actions/addLayer.ts';
import { ACTIONS } from '../../actions/registry.ts';
import { firstShortcut } from '../../actions/useAction.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { useUi } from '../../stores/uiStore.ts';
import { Glyph } from '../../ui/index.ts';
import { CommandOverlay } from './CommandOverlay.tsx';

const GROUPS: readonly ActionGroup[] = ['Train', 'File', 'Edit', 'View', 'Go to', 'Help'];

/** Ctrl+K: every action, and every layer and block to add, by name. */
export function CommandPalette() {
  const open = useUi((state) => state.palette);
  const close = () => useUi.setState({ palette: false });
  return (
    <CommandOverlay open={open} onClose={close} label="Type a command or a layer" empty="No command of that name.">
      {open && <Entries onDone={close} />}
    </CommandOverlay>
  );
}

function Entries({ onDone }: { readonly onDone: () => void }) {
  // After the dialog has given the focus back, so that an action may move it.
  const later = (perform: () => void) => {
    onDone();
    setTimeout(perform);
  };
  const { document, graphId } = useDocument.getState();
  const inDesign = useUi.getState().screen === 'editor' && useUi.getState().room === 'design';
  return (
    <>
      {GROUPS.map((group) => (
        <Command.Group key={group} heading={group}>
          {ACTIONS.filter((action) => action.group === group && action.id !== 'commandPalette' && action.enabled()).map(
            (action) => {
              const Icon = action.icon;
              return (
                <Command.Item
                  key={action.id}
                  value={`${action.label} ${action.id}`}
                  className="command-item"
                  onSelect={() => later(() => action.perform())}
                >
                  <Icon aria-hidden />
                  <span className="grow">{action.label}</span>
                  <span className="menu-shortcut">{firstShortcut(action)}</span>
                </Command.Item>
              );
            },
          )}
        </Command.Group>
      ))}
      {inDesign && (
        <Command.Group heading="Add a layer or a block">
          {[
            ...layerAddables(graphId !== document.root),
            ...designAddables(document.graphs, document.root),
            ...libraryAddables(),
          ].map((what) => (
            <Command.Item
              key={what.key}
              value={`Add ${what.title} ${what.key}`}
              keywords={[...what.words]}
              className="command-item"
              onSelect={() => later(() => append(what))}
            >
              <Glyph {...what.look} size="s" />
              <span className="grow">Add {what.title}</span>
              <span className="faint">{what.tag}</span>
            </Command.Item>
          ))}
        </Command.Group>
      )}
    </>
  );
}
