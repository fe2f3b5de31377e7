import { useState } from 'react';
import type { HeadPrediction, Prediction } from '../../../core/engine/index.ts';
import type { Problem } from '../../../core/errors.ts';
import { formatPercent, ProblemView, SegmentedControl } from '../../ui/index.ts';
import { classShares } from './drawing.ts';
import type { RunData } from './useRunData.ts';

/** More bars than this say less: the likeliest are shown. */
const MOST = 12;

export interface PredictionBarsProps {
  readonly prediction: Prediction | null;
  readonly problem: Problem | null;
  readonly data: RunData;
  /** Shown until there is something to predict. */
  readonly hint: string;
}

/** What the network says, one head at a time: a bar for each class, or the number. */
export function PredictionBars({ prediction, problem, data, hint }: PredictionBarsProps) {
  const [asked, setAsked] = useState<string | null>(null);
  if (problem !== null) return <ProblemView problem={problem} />;
  const heads = prediction?.heads ?? [];
  const head = heads.find(({ name }) => name === asked) ?? heads[0] ?? null;
  const targets = data.description.summary.fields.filter((field) => field.role === 'target');
  const classes = (targets.find(({ name }) => name === head?.field) ?? targets[0])?.classes ?? null;
  return (
    <div>
      {head !== null && heads.length > 1 && (
        <SegmentedControl
          label="Output"
          value={head.name}
          options={heads.map(({ name }) => ({ value: name, label: name }))}
          onChange={setAsked}
        />
      )}
      {classes === null ? (
        <p className="prediction-number" aria-live="polite">
          {head?.predicted ?? '–'}
        </p>
      ) : (
        <ClassBars head={head} classes={classes} hint={hint} />
      )}
    </div>
  );
}

interface ClassBarsProps {
  readonly head: HeadPrediction | null;
  readonly classes: readonly string[];
  readonly hint: string;
}

function ClassBars({ head, classes, hint }: ClassBarsProps) {
  const shares = classShares(head?.output ?? [], classes);
  const shown = shares.length <= MOST ? shares : [...shares].sort((a, b) => b.share - a.share).slice(0, MOST);
  return (
    <>
      <p className="prediction-said" aria-live="polite">
        {head === null ? (
          <span className="muted">{hint}</span>
        ) : (
          <>
            Says <strong>{head.predicted}</strong>
            {head.confidence !== null && <> at {formatPercent(head.confidence)}</>}
          </>
        )}
      </p>
      <ul className="prediction-bars" aria-label="Probability of each class">
        {shown.map(({ name, share }) => (
          <li
            key={name}
            className={name === head?.predicted ? 'prediction-first' : undefined}
            aria-label={`${name}: ${formatPercent(share)}`}
          >
            <span className="prediction-name">{name}</span>
            <span className="prediction-track" aria-hidden="true">
              <span style={{ transform: `scaleX(${share})` }} />
            </span>
            <span className="prediction-share">{head === null ? '' : formatPercent(share)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
