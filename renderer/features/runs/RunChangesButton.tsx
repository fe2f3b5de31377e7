import { Popover } from 'radix-ui';
import { changeText, OverlayRegion, plural } from '../../ui/index.ts';
import type { DesignNote } from './designNotes.ts';

/** More than fits is counted. */
const MOST = 12;

/** How many changes were made since a run; pressed, which ones. Hovering tells them too. */
export function RunChangesButton({ name, note }: { readonly name: string; readonly note: DesignNote }) {
  const lines = note.changes.slice(0, MOST).map(changeText);
  const rest = note.changes.length - lines.length;
  if (rest > 0) lines.push(`and ${plural(rest, 'more change')}`);
  return (
    // The row's own click and keys must not answer for the button's.
    // biome-ignore lint/a11y/noStaticElementInteractions: only stops events of the button inside
    <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
      <Popover.Root>
        <Popover.Trigger
          className="run-changes-button"
          title={lines.join('\n')}
          aria-label={`${note.text} since ${name}`}
        >
          {note.text}
        </Popover.Trigger>
        <Popover.Portal>
          <OverlayRegion label="Changes">
            <Popover.Content
              className="run-changes-list"
              side="top"
              align="start"
              sideOffset={4}
              collisionPadding={8}
              aria-label={`Changes since ${name}`}
            >
              <ul>
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </Popover.Content>
          </OverlayRegion>
        </Popover.Portal>
      </Popover.Root>
    </span>
  );
}
