import type { ReactNode } from 'react';
import './banner.css';

export interface BannerProps {
  readonly tone: 'info' | 'good' | 'warning' | 'error';
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** A message that stays: what happened and what helps. Errors are announced at once. */
export function Banner({ tone, title, children, actions }: BannerProps) {
  return (
    <div className={`banner banner-${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
      <div className="banner-text">
        {title !== undefined && <strong>{title}</strong>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {actions !== undefined && <div className="banner-actions">{actions}</div>}
    </div>
  );
}
