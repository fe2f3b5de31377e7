import { useId } from 'react';
import type { TextParam } from '../../../core/catalogue/index.ts';
import { useData } from '../../stores/dataStore.ts';
import { TextField } from '../../ui/index.ts';

export interface SuggestFieldProps {
  readonly descriptor: TextParam;
  readonly value: string;
  readonly onChange: (value: string) => string | undefined;
}

/** Text, with the data's fields as suggestions. */
export function SuggestField({ descriptor, value, onChange }: SuggestFieldProps) {
  const listId = useId();
  const fields = useData((state) => state.description?.summary.fields);
  const role = descriptor.suggest === 'inputFields' ? 'input' : descriptor.suggest === 'targetFields' ? 'target' : null;
  const names = (fields ?? []).filter((field) => field.role === role).map((field) => field.name);
  return (
    <>
      <TextField
        label={descriptor.label}
        value={value}
        list={listId}
        placeholder={names.length === 1 ? names[0] : 'the only one'}
        onCommit={(text) => onChange(text.trim())}
      />
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
