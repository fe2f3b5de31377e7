import type { Constraint, Initializer, ParamDescriptor, Regularizer } from '../../../core/catalogue/index.ts';
import type { JsonValue } from '../../../core/json.ts';
import { NumberField, Select, Switch } from '../../ui/index.ts';
import './params.css';
import { ConstraintField } from './ConstraintField.tsx';
import { EntriesField } from './EntriesField.tsx';
import { InitializerField } from './InitializerField.tsx';
import { IntsField } from './IntsField.tsx';
import { RegularizerField } from './RegularizerField.tsx';
import { ShapeField } from './ShapeField.tsx';
import { SuggestField } from './SuggestField.tsx';

export interface ParamFieldProps {
  readonly descriptor: ParamDescriptor;
  readonly value: JsonValue;
  /** Returns the sentence that refuses the value, if it is refused. */
  readonly onChange: (value: JsonValue) => string | undefined;
}

/** The control for one parameter, as its descriptor says. */
export function ParamField({ descriptor, value, onChange }: ParamFieldProps) {
  const { label } = descriptor;
  switch (descriptor.kind) {
    case 'int':
    case 'float':
      return (
        <NumberField
          label={label}
          integer={descriptor.kind === 'int'}
          value={typeof value === 'number' ? value : null}
          min={descriptor.min}
          max={descriptor.max}
          {...(descriptor.kind === 'float'
            ? { exclusiveMin: descriptor.exclusiveMin, exclusiveMax: descriptor.exclusiveMax }
            : {})}
          nullLabel={descriptor.nullLabel}
          onCommit={onChange}
        />
      );
    case 'boolean':
      return <Switch label={label} checked={value === true} onChange={onChange} />;
    case 'choice':
      return <Select label={label} value={String(value)} options={descriptor.options} onChange={onChange} />;
    case 'ints':
      return <IntsField descriptor={descriptor} value={asNumbers(value)} onChange={onChange} />;
    case 'shape':
      return <ShapeField descriptor={descriptor} value={asNumbers(value) ?? []} onChange={onChange} />;
    case 'text':
      return <SuggestField descriptor={descriptor} value={String(value ?? '')} onChange={onChange} />;
    case 'entries':
      return (
        <EntriesField
          descriptor={descriptor}
          value={value}
          onChange={onChange}
          field={(inner, own, change) => <ParamField descriptor={inner} value={own} onChange={change} />}
        />
      );
    // The values come out of checkParams, which has held them against the descriptor's own schema.
    case 'initializer':
      return <InitializerField label={label} value={value as unknown as Initializer} onChange={onChange} />;
    case 'regularizer':
      return <RegularizerField label={label} value={value as unknown as Regularizer | null} onChange={onChange} />;
    case 'constraint':
      return <ConstraintField label={label} value={value as unknown as Constraint | null} onChange={onChange} />;
  }
}

function asNumbers(value: JsonValue): readonly number[] | null {
  return Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : null;
}
