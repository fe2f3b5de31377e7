import { useMemo } from 'react';
import type { HeadEvaluation } from '../../../core/engine/index.ts';
import { formatMeasure } from '../../ui/chart/index.ts';
import { formatCount } from '../../ui/index.ts';
import { errorOf } from './regression.ts';

const SIZE = 320;
const EDGE = { left: 58, top: 10, right: 12, bottom: 34 } as const;
/** More dots than this only make the same cloud darker. */
const MOST = 2000;

/** Every prediction over its true value: right ones lie on the diagonal, and what a network gets wrong in one direction shows as a bend. */
export function PredictedTrue({ rows }: { readonly rows: HeadEvaluation['predictions'] }) {
  const dots = useMemo(() => {
    const numbers = rows.filter((row) => errorOf(row) !== null);
    const every = Math.max(1, Math.ceil(numbers.length / MOST));
    return numbers
      .filter((_, i) => i % every === 0)
      .map((row) => ({ sample: row.sample, target: Number(row.target), predicted: Number(row.predicted) }));
  }, [rows]);
  if (dots.length === 0) return null;
  const values = dots.flatMap(({ target, predicted }) => [target, predicted]);
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const share = (value: number) => (high > low ? (value - low) / (high - low) : 0.5);
  const x = (value: number) => EDGE.left + share(value) * (SIZE - EDGE.left - EDGE.right);
  const y = (value: number) => SIZE - EDGE.bottom - share(value) * (SIZE - EDGE.top - EDGE.bottom);
  const floor = SIZE - EDGE.bottom;
  return (
    <section aria-label="Predicted and true">
      <h3>
        Predicted and true <span className="confusion-hint">on the line: exactly right</span>
      </h3>
      <svg
        className="predicted-true"
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        role="img"
        aria-label={`${formatCount(dots.length)} predictions over their true values, from ${formatMeasure(low)} to ${formatMeasure(high)}`}
      >
        <path className="predicted-true-axes" d={`M${EDGE.left} ${EDGE.top}V${floor}H${SIZE - EDGE.right}`} />
        <line className="predicted-true-line" x1={x(low)} y1={y(low)} x2={x(high)} y2={y(high)} />
        {dots.map(({ sample, target, predicted }) => (
          <circle key={sample} cx={x(target)} cy={y(predicted)} r={2.5} />
        ))}
        <text x={EDGE.left} y={floor + 15}>
          {formatMeasure(low)}
        </text>
        <text x={SIZE - EDGE.right} y={floor + 15} textAnchor="end">
          {formatMeasure(high)}
        </text>
        <text x={(EDGE.left + SIZE - EDGE.right) / 2} y={floor + 28} textAnchor="middle">
          true
        </text>
        <text x={EDGE.left - 6} y={floor} textAnchor="end">
          {formatMeasure(low)}
        </text>
        <text x={EDGE.left - 6} y={EDGE.top + 8} textAnchor="end">
          {formatMeasure(high)}
        </text>
        <text x={EDGE.left - 6} y={(EDGE.top + floor) / 2} textAnchor="end">
          predicted
        </text>
      </svg>
    </section>
  );
}
