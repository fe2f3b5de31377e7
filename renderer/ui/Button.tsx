import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import './button.css';
import { classNames } from './classNames.ts';
import { Tooltip } from './Tooltip.tsx';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One primary button in a view at most: the next step. */
  readonly variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
  readonly size?: 's' | 'm';
  readonly icon?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ variant = 'secondary', size = 'm', icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={classNames('button', `button-${variant}`, `button-${size}`, className)} {...rest}>
      {icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  /** Accessible name, also the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Shown in the tooltip: `Ctrl+Z`. */
  readonly shortcut?: string;
  readonly pressed?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, icon, shortcut, pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classNames('icon-button', className)}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
