import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { NumberField } from '../../ui/index.ts';

const LABELS: { readonly [key: string]: string } = {
  value: 'value',
  mean: 'mean',
  stddev: 'deviation',
  min: 'from',
  max: 'to',
  gain: 'gain',
  maxValue: 'at most',
  minValue: 'at least',
  rate: 'rate',
  l1: 'L1',
  l2: 'L2',
};

export interface NumbersOfProps {
  readonly label: string;
  readonly value: JsonObject;
  readonly onChange: (value: JsonValue) => string | undefined;
}

/** The numbers inside a composed value, such as the mean and deviation of a random initialiser. */
export function NumbersOf({ label, value, onChange }: NumbersOfProps) {
  const numbers = Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return numbers.map(([key, number]) => {
    // `div` rather than `label`: the box has its accessible name already.
    const name = LABELS[key] ?? key;
    return (
      <div key={key} className="param-number">
        <span>{name}</span>
        <NumberField
          label={`${label} ${name}`}
          value={number}
          onCommit={(next) => (next === null ? null : onChange({ ...value, [key]: next }))}
        />
      </div>
    );
  });
}
