import { INITIALIZERS, type Initializer, type InitializerName } from '../../../core/catalogue/index.ts';
import type { JsonValue } from '../../../core/json.ts';
import { Select } from '../../ui/index.ts';
import { NumbersOf } from './NumbersOf.tsx';

const NAMES = Object.keys(INITIALIZERS) as InitializerName[];
const OPTIONS = NAMES.map((value) => ({ value, label: INITIALIZERS[value].label, help: INITIALIZERS[value].help }));

export interface InitializerFieldProps {
  readonly label: string;
  readonly value: Initializer;
  readonly onChange: (value: JsonValue) => string | undefined;
}

/** Where weights start, with the numbers of the one chosen under it. */
export function InitializerField({ label, value, onChange }: InitializerFieldProps) {
  return (
    <div className="param-stack">
      <Select
        label={label}
        value={value.name}
        options={OPTIONS}
        onChange={(name) => onChange(INITIALIZERS[name].default)}
      />
      <NumbersOf label={label} value={value} onChange={onChange} />
    </div>
  );
}
