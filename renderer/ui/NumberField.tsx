import type { InputHTMLAttributes } from 'react';
import { parseNumber } from './parseNumber.ts';
import { TextField } from './TextField.tsx';

export interface NumberFieldProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'min' | 'max'> {
  readonly label: string;
  readonly value: number | null;
  readonly onCommit: (value: number | null) => string | null | undefined;
  readonly integer?: boolean;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly exclusiveMin?: boolean | undefined;
  readonly exclusiveMax?: boolean | undefined;
  /** When set, an empty box means null and shows this text. */
  readonly nullLabel?: string | undefined;
}

/** A number box. Text that is no number, or out of bounds, keeps the old value and says so. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onCommit, integer, min, max, exclusiveMin, exclusiveMax, nullLabel, ...rest } = props;
  const rule = {
    label,
    integer: integer === true,
    min,
    max,
    exclusiveMin,
    exclusiveMax,
    nullable: nullLabel !== undefined,
  };
  return (
    <TextField
      {...rest}
      label={label}
      inputMode={integer === true ? 'numeric' : 'decimal'}
      placeholder={nullLabel}
      value={value === null ? '' : String(value)}
      onCommit={(text) => {
        const parsed = parseNumber(text, rule);
        return parsed.ok ? onCommit(parsed.value) : parsed.error;
      }}
    />
  );
}
