import type { ReactNode } from 'react';
import './field.css';
import { Tooltip } from './Tooltip.tsx';

export interface FieldProps {
  readonly label: string;
  /** One sentence, shown when the label is hovered or focused. */
  readonly help?: string | undefined;
  /** Shown under the control. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A label on the left, its control on the right. */
export function Field({ label, help, note, children }: FieldProps) {
  return (
    <div className="field">
      <div className="field-label">
        {help === undefined ? (
          label
        ) : (
          <Tooltip content={help} side="left">
            <span className="field-label-help">{label}</span>
          </Tooltip>
        )}
      </div>
      <div>
        <div className="field-control">{children}</div>
        {note}
      </div>
    </div>
  );
}
