import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import './segmentedControl.css';

export interface SegmentedControlProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: ReactNode; readonly disabled?: boolean }[];
  readonly onChange: (value: V) => void;
}

/** A few exclusive choices side by side. */
export function SegmentedControl<V extends string>({ label, value, options, onChange }: SegmentedControlProps<V>) {
  const choose = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <ToggleGroup.Root type="single" aria-label={label} className="segmented" value={value} onValueChange={choose}>
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled === true}
          className="segment"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
