import { Progress } from 'radix-ui';
import './progressBar.css';

export interface ProgressBarProps {
  readonly label: string;
  /** 0..1, or null while it is not known. */
  readonly value: number | null;
}

export function ProgressBar({ label, value }: ProgressBarProps) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 1000) / 10;
  return (
    <Progress.Root className="progress" aria-label={label} value={percent} max={100}>
      <Progress.Indicator
        className="progress-fill"
        style={percent === null ? undefined : { transform: `translateX(${percent - 100}%)` }}
      />
    </Progress.Root>
  );
}
