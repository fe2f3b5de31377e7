import type { Regularizer } from '../../../core/catalogue/index.ts';
import type { JsonValue } from '../../../core/json.ts';
import { Select } from '../../ui/index.ts';
import { NumbersOf } from './NumbersOf.tsx';

const OPTIONS = [
  { value: 'none', label: 'none' },
  { value: 'on', label: 'L1 and L2' },
] as const;

const START: Regularizer = { l1: 0, l2: 1e-4 };

export interface RegularizerFieldProps {
  readonly label: string;
  readonly value: Regularizer | null;
  readonly onChange: (value: JsonValue) => string | undefined;
}

/** A penalty on weights, or none. */
export function RegularizerField({ label, value, onChange }: RegularizerFieldProps) {
  return (
    <div className="param-stack">
      <Select
        label={label}
        value={value === null ? 'none' : 'on'}
        options={OPTIONS}
        onChange={(choice) => onChange(choice === 'none' ? null : START)}
      />
      {value !== null && <NumbersOf label={label} value={value} onChange={onChange} />}
    </div>
  );
}
