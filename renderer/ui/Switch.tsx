import { Switch as RadixSwitch } from 'radix-ui';
import './field.css';

export interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export function Switch({ label, checked, onChange, disabled }: SwitchProps) {
  return (
    <RadixSwitch.Root
      className="switch"
      aria-label={label}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled === true}
    >
      <RadixSwitch.Thumb className="switch-thumb" />
    </RadixSwitch.Root>
  );
}
