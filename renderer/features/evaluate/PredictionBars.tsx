import type { Prediction } from '../../../core/engine/index.ts';
import type { Problem } from '../../../core/errors.ts';
import { formatPercent, ProblemView } from '../../ui/index.ts';
import { classShares } from './drawing.ts';

/** More bars than this say less: the likeliest are shown. */
const MOST = 12;

export interface PredictionBarsProps {
  readonly prediction: Prediction | null;
  readonly problem: Problem | null;
  /** Null for regression. */
  readonly classes: readonly string[] | null;
  /** Shown until there is something to predict. */
  readonly hint: string;
}

/** What the network says: a bar for each class, or the number. */
export function PredictionBars({ prediction, problem, classes, hint }: PredictionBarsProps) {
  if (problem !== null) return <ProblemView problem={problem} />;
  if (classes === null)
    return (
      <p className="prediction-number" aria-live="polite">
        {prediction?.predicted ?? '–'}
      </p>
    );
  const shares = classShares(prediction?.output ?? [], classes);
  const shown = shares.length <= MOST ? shares : [...shares].sort((a, b) => b.share - a.share).slice(0, MOST);
  return (
    <div>
      <p className="prediction-said" aria-live="polite">
        {prediction === null ? (
          <span className="muted">{hint}</span>
        ) : (
          <>
            Says <strong>{prediction.predicted}</strong>
            {prediction.confidence !== null && <> at {formatPercent(prediction.confidence)}</>}
          </>
        )}
      </p>
      <ul className="prediction-bars" aria-label="Probability of each class">
        {shown.map(({ name, share }) => (
          <li
            key={name}
            className={name === prediction?.predicted ? 'prediction-first' : undefined}
            aria-label={`${name}: ${formatPercent(share)}`}
          >
            <span className="prediction-name">{name}</span>
            <span className="prediction-track" aria-hidden="true">
              <span style={{ transform: `scaleX(${share})` }} />
            </span>
            <span className="prediction-share">{prediction === null ? '' : formatPercent(share)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
