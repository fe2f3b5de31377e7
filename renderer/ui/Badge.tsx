import type { ReactNode } from 'react';
import './badge.css';

/** A count or a state, in its colour. */
export function Badge({
  tone = 'neutral',
  children,
}: {
  readonly tone?: 'neutral' | 'good' | 'warning' | 'error' | 'accent';
  readonly children: ReactNode;
}) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
