import { X } from 'lucide-react';
import { Button } from './Button.tsx';
import { formatCount } from './format.ts';
import { ProgressBar } from './ProgressBar.tsx';
import './workProgress.css';

export interface WorkProgressProps {
  /** What is being done: "Evaluating". */
  readonly label: string;
  /** What is counted: "samples". */
  readonly unit: string;
  readonly done: number;
  readonly total: number;
  readonly onCancel: () => void;
}

/** Work that takes long enough to be told of: how far it is, and the way to end it. */
export function WorkProgress({ label, unit, done, total, onCancel }: WorkProgressProps) {
  return (
    <div className="work-progress">
      <ProgressBar label={label} value={total === 0 ? null : done / total} />
      <span className="work-progress-text">
        {label}: {formatCount(done)} of {formatCount(total)} {unit}
      </span>
      <Button size="s" icon={<X aria-hidden />} onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
