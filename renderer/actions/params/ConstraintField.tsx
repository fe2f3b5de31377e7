import { CONSTRAINTS, type Constraint } from '../../../core/catalogue/index.ts';
import type { JsonValue } from '../../../core/json.ts';
import { Select } from '../../ui/index.ts';
import { NumbersOf } from './NumbersOf.tsx';

const NAMES = Object.keys(CONSTRAINTS) as Constraint['name'][];
const OPTIONS = [
  { value: 'none' as const, label: 'none' },
  ...NAMES.map((value) => ({ value, label: CONSTRAINTS[value].label, help: CONSTRAINTS[value].help })),
];

export interface ConstraintFieldProps {
  readonly label: string;
  readonly value: Constraint | null;
  readonly onChange: (value: JsonValue) => string | undefined;
}

/** What weights are held to after each update, or nothing. */
export function ConstraintField({ label, value, onChange }: ConstraintFieldProps) {
  return (
    <div className="param-stack">
      <Select
        label={label}
        value={value?.name ?? 'none'}
        options={OPTIONS}
        onChange={(name) => onChange(name === 'none' ? null : CONSTRAINTS[name].default)}
      />
      {value !== null && <NumbersOf label={label} value={{ ...value }} onChange={onChange} />}
    </div>
  );
}
