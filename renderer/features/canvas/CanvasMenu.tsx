import { ContextMenu } from 'radix-ui';
import { Fragment, type ReactNode } from 'react';
import { insideBlock } from '../../actions/blocks.ts';
import { findAction } from '../../actions/registry.ts';
import { firstShortcut } from '../../actions/useAction.ts';
import { useSelection } from '../../stores/selectionStore.ts';
import { OverlayRegion } from '../../ui/index.ts';
import '../../ui/menu.css';

const ON_BLOCK = ['enterBlock', 'expandBlock', 'repeatMore', 'repeatLess', 'makeUnique'];
const ON_SELECTION = [
  ['connect', 'connectTo', 'duplicate', 'cut', 'copy', 'paste', 'delete'],
  ['groupIntoBlock'],
  ['move.back', 'move.forward'],
  ['selectUpstream', 'selectDownstream', 'fitSelection'],
];
const ON_CANVAS = [
  ['addLayer', 'paste', 'selectAll'],
  ['fit', 'autoLayout', 'toggleMinimap'],
];
const ON_DEFINITION = ['leaveBlock', 'addPortIn', 'addPortOut'];

/** What can be done where the click was: blocks have more, and so has the canvas inside one. */
function groupsFor(selected: boolean): readonly (readonly string[])[] {
  if (!selected) return insideBlock() ? [...ON_CANVAS, ON_DEFINITION] : ON_CANVAS;
  return findAction('enterBlock').enabled() ? [ON_BLOCK, ...ON_SELECTION] : ON_SELECTION;
}

/** Right click: what can be done with the selection, or with the canvas where nothing is selected. */
export function CanvasMenu({ children }: { readonly children: ReactNode }) {
  const selected = useSelection((state) => state.nodeIds.length + state.edgeIds.length > 0);
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>
        <div className="canvas-box">{children}</div>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <OverlayRegion label="What can be done here">
          <ContextMenu.Content className="menu" collisionPadding={8}>
            {groupsFor(selected).map((ids, at) => (
              <Fragment key={ids[0]}>
                {at > 0 && <ContextMenu.Separator className="menu-line" />}
                {ids.map((id) => (
                  <MenuAction key={id} id={id} />
                ))}
              </Fragment>
            ))}
          </ContextMenu.Content>
        </OverlayRegion>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function MenuAction({ id }: { readonly id: string }) {
  const action = findAction(id);
  const Icon = action.icon;
  return (
    <ContextMenu.Item
      className={id === 'delete' ? 'menu-item menu-danger' : 'menu-item'}
      disabled={!action.enabled()}
      onSelect={() => action.perform()}
    >
      <span className="menu-icon">
        <Icon aria-hidden />
      </span>
      <span className="menu-label">{action.label}</span>
      <span className="menu-shortcut">{firstShortcut(action)}</span>
    </ContextMenu.Item>
  );
}
