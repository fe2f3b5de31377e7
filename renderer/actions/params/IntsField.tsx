import type { IntsParam } from '../../../core/catalogue/index.ts';
import { NumberField } from '../../ui/index.ts';

export interface IntsFieldProps {
  readonly descriptor: IntsParam<readonly number[]> | IntsParam<readonly number[] | null>;
  readonly value: readonly number[] | null;
  readonly onChange: (value: readonly number[] | null) => string | undefined;
}

/** A box for each number: kernel height and width. A box emptied where that is allowed sets the whole parameter to none. */
export function IntsField({ descriptor, value, onChange }: IntsFieldProps) {
  const { label, boxes, min, max, nullLabel } = descriptor;
  const setAt = (at: number, next: number | null) => {
    if (next === null) return onChange(null);
    // From none, the other boxes start at the number just typed: a square is what people mean.
    return onChange(boxes.map((_, i) => (i === at ? next : (value?.[i] ?? next))));
  };
  return (
    <>
      {boxes.map((box, at) => (
        <NumberField
          key={box}
          integer
          label={boxes.length === 1 ? label : `${label} ${box}`}
          title={box}
          value={value?.[at] ?? null}
          min={min}
          max={max}
          nullLabel={nullLabel}
          onCommit={(next) => setAt(at, next)}
        />
      ))}
    </>
  );
}
