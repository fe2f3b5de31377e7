import { type KeyboardEvent, useRef, useState } from 'react';
import type { HeadEvaluation } from '../../../core/engine/index.ts';
import { classNames, formatCount } from '../../ui/index.ts';

export interface Cell {
  readonly actual: string;
  readonly predicted: string;
}

export interface ConfusionMatrixProps {
  readonly confusion: NonNullable<HeadEvaluation['confusion']>;
  readonly chosen: Cell | null;
  readonly onChoose: (cell: Cell | null) => void;
}

/**
 * True classes down, predicted across. A cell's shade is its share of its row; right answers in the accent, mistakes in the colour of
 * errors. A click shows the cell's samples; arrow keys move.
 */
export function ConfusionMatrix({ confusion, chosen, onChoose }: ConfusionMatrixProps) {
  const { classes, matrix } = confusion;
  const table = useRef<HTMLTableElement>(null);
  const [focused, setFocused] = useState<readonly [number, number]>([0, 0]);
  const move = (event: KeyboardEvent, row: number, column: number) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const clamp = (n: number) => Math.min(classes.length - 1, Math.max(0, n));
    const next = [clamp(row + (step[0] ?? 0)), clamp(column + (step[1] ?? 0))] as const;
    setFocused(next);
    table.current?.querySelector<HTMLElement>(`[data-cell="${next[0]},${next[1]}"]`)?.focus();
  };
  const dense = classes.length > 20;
  return (
    <div className="confusion-scroll">
      <table
        ref={table}
        className={classNames('confusion', dense && 'confusion-small')}
        aria-label="Confusion matrix: true classes down, predicted across"
      >
        <thead>
          <tr>
            <td className="confusion-corner" />
            {classes.map((name) => (
              <th key={name} scope="col" title={name}>
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((actual, row) => {
            const total = (matrix[row] ?? []).reduce((sum, n) => sum + n, 0);
            return (
              <tr key={actual}>
                <th scope="row" title={actual}>
                  {actual}
                </th>
                {classes.map((predicted, column) => {
                  const count = matrix[row]?.[column] ?? 0;
                  const pressed = chosen?.actual === actual && chosen.predicted === predicted;
                  const share = total > 0 ? count / total : 0;
                  return (
                    <td key={predicted}>
                      <button
                        type="button"
                        data-cell={`${row},${column}`}
                        tabIndex={focused[0] === row && focused[1] === column ? 0 : -1}
                        aria-pressed={pressed}
                        aria-label={`${count} of true ${actual} predicted as ${predicted}`}
                        className={row === column ? 'confusion-right' : 'confusion-wrong'}
                        style={{ '--share': `${shade(share)}%` } as React.CSSProperties}
                        onClick={() => onChoose(pressed ? null : { actual, predicted })}
                        onFocus={() => setFocused([row, column])}
                        onKeyDown={(event) => move(event, row, column)}
                      >
                        {count > 0 ? formatCount(count) : dense ? '' : <span className="confusion-zero">0</span>}
                      </button>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/**
 * Per cent of colour for a share of the row. The square root lifts the rare mistakes, which are what one looks for; the most is what ink
 * can still be read on.
 */
function shade(share: number): number {
  return share === 0 ? 0 : Math.round(10 + 58 * Math.sqrt(share));
}
