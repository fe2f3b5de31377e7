import type { ReactNode } from 'react';
import './emptyState.css';

export interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** What to do next, in a sentence or two. */
  readonly children?: ReactNode;
  /** One button. */
  readonly action?: ReactNode;
}

/** Nothing here yet: says what comes next, with one button. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="empty-state">
      {icon !== undefined && <div className="empty-icon">{icon}</div>}
      <h2>{title}</h2>
      {children !== undefined && <div className="empty-text">{children}</div>}
      {action}
    </div>
  );
}
