import type { ReactNode } from 'react';
import './stat.css';

/** A small label over a figure that matters. */
export function Stat({
  label,
  value,
  unit,
}: {
  readonly label: string;
  readonly value: ReactNode;
  readonly unit?: ReactNode;
}) {
  return (
    <div className="stat">
      <div className="stat-label">{label}</div>
      <div className="stat-value">
        {value}
        {unit !== undefined && <span className="stat-unit"> {unit}</span>}
      </div>
    </div>
  );
}
