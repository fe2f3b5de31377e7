import type { ReactNode } from 'react';
import { classNames } from '../classNames.ts';
import './room.css';

export interface RoomProps {
  /** Accessible name of the room. */
  readonly label: string;
  /** Settings, left. */
  readonly side?: ReactNode;
  /** Facts, right. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A room: settings left, the thing itself in the middle, facts right. The columns scroll by themselves. */
export function Room({ label, side, aside, children }: RoomProps) {
  return (
    <section
      className={classNames(
        'room-columns',
        side !== undefined && 'room-with-side',
        aside !== undefined && 'room-with-aside',
      )}
      aria-label={label}
    >
      {side !== undefined && <div className="room-side">{side}</div>}
      <div className="room-main">{children}</div>
      {aside !== undefined && <div className="room-aside">{aside}</div>}
    </section>
  );
}

export interface RoomHeadProps {
  readonly title: string;
  /** Facts after the title, in one line. */
  readonly facts?: ReactNode;
  /** Buttons and switches, right. */
  readonly actions?: ReactNode;
}

/** The line above a room's middle: what is shown, the facts that matter, what can be done. */
export function RoomHead({ title, facts, actions }: RoomHeadProps) {
  return (
    <header className="room-head">
      <h2>{title}</h2>
      {facts !== undefined && <span className="room-facts">{facts}</span>}
      {actions !== undefined && <div className="room-actions">{actions}</div>}
    </header>
  );
}
