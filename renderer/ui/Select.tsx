import { Check, ChevronDown } from 'lucide-react';
import { Select as RadixSelect } from 'radix-ui';
import './select.css';
import { classNames } from './classNames.ts';
import { OverlayRegion } from './OverlayRegion.tsx';

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly help?: string | undefined;
  readonly disabled?: boolean;
}

export interface SelectProps<V extends string> {
  /** Accessible name. */
  readonly label: string;
  readonly value: V;
  readonly options: readonly SelectOption<V>[];
  readonly onChange: (value: V) => void;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly id?: string;
}

// Radix reserves the empty string for "nothing chosen"; our options may use it.
const EMPTY = '\u0000';
const encode = (value: string) => (value === '' ? EMPTY : value);

/** A drop-down list: one of a few values. */
export function Select<V extends string>({ label, value, options, onChange, disabled, className, id }: SelectProps<V>) {
  const choose = (encoded: string) => {
    const option = options.find((candidate) => encode(candidate.value) === encoded);
    if (option !== undefined && option.value !== value) onChange(option.value);
  };
  return (
    <RadixSelect.Root value={encode(value)} onValueChange={choose} disabled={disabled === true}>
      <RadixSelect.Trigger
        id={id}
        title={options.find((option) => option.value === value)?.label}
        aria-label={label}
        className={classNames('select', className)}
      >
        <RadixSelect.Value />
        <RadixSelect.Icon className="select-icon">
          <ChevronDown aria-hidden />
        </RadixSelect.Icon>
      </RadixSelect.Trigger>
      <RadixSelect.Portal>
        <OverlayRegion label={`Choices: ${label}`}>
          <RadixSelect.Content className="select-list" position="popper" sideOffset={4} collisionPadding={8}>
            <RadixSelect.Viewport className="select-viewport">
              {options.map((option) => (
                <RadixSelect.Item
                  key={option.value}
                  value={encode(option.value)}
                  disabled={option.disabled === true}
                  className="select-item"
                  aria-description={option.help}
                >
                  <div>
                    <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
                    {option.help !== undefined && (
                      // Read as a description: an option is called by its label alone.
                      <div className="select-help" data-help={option.help} />
                    )}
                  </div>
                  <RadixSelect.ItemIndicator className="select-check">
                    <Check aria-hidden />
                  </RadixSelect.ItemIndicator>
                </RadixSelect.Item>
              ))}
            </RadixSelect.Viewport>
          </RadixSelect.Content>
        </OverlayRegion>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  );
}
