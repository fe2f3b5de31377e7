import type { ShapeParam } from '../../../core/catalogue/index.ts';
import { TextField } from '../../ui/index.ts';
import { parseShape } from './parseShape.ts';

export interface ShapeFieldProps {
  readonly descriptor: ShapeParam;
  readonly value: readonly number[];
  readonly onChange: (value: readonly number[]) => string | undefined;
}

/** Whole numbers of any count, typed as `8, 8, 1` or `8×8×1`. */
export function ShapeField({ descriptor, value, onChange }: ShapeFieldProps) {
  return (
    <TextField
      mono
      label={descriptor.label}
      value={value.join(', ')}
      onCommit={(text) => {
        const parsed = parseShape(text, descriptor);
        return parsed.ok ? onChange(parsed.value) : parsed.error;
      }}
    />
  );
}
