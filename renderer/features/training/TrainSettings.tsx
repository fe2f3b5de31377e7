import { RotateCcw } from 'lucide-react';
import type { LoomDocument, OptimizerSettings, TrainingSettings } from '../../../core/document/index.ts';
import { DEFAULT_OPTIMIZERS } from '../../../core/document/index.ts';
import type { JsonValue } from '../../../core/json.ts';
import { FieldScope } from '../../actions/FieldScope.tsx';
import { UnknownSettings } from '../../actions/UnknownSettings.tsx';
import { useDocument } from '../../stores/documentStore.ts';
import { Field, IconButton, NumberField, Section, Select, Switch } from '../../ui/index.ts';
import { DeviceSettings } from './DeviceSettings.tsx';
import { chooseOptimizer, editTraining } from './editTraining.ts';
import { LossSettings } from './LossSettings.tsx';
import { isDefaultOptimizer, OPTIMIZER_FIELDS, OPTIMIZER_OPTIONS, type OptimizerField } from './optimizerFields.ts';
import { RunValue } from './RunValue.tsx';

/** Everything a run follows from, besides the design and the data. */
export function TrainSettings() {
  const training = useDocument((state) => state.document.training);
  const number = (key: 'batchSize' | 'epochs' | 'seed') => (value: number | null) =>
    value === null ? null : editTraining({ [key]: value });
  return (
    <FieldScope room="train">
      <UnknownSettings section="training" />
      <LossSettings />
      <OptimizerSection training={training} />
      <Section title="Epochs and batches">
        <Field
          label="Epochs"
          help="How often training goes through all training samples."
          note={<RunValue of={({ training }) => training.epochs} />}
        >
          <NumberField
            label="Epochs"
            integer
            min={1}
            max={1_000_000}
            value={training.epochs}
            onCommit={number('epochs')}
          />
        </Field>
        <Field
          label="Batch size"
          help="Samples that make up one step."
          note={<RunValue of={({ training }) => training.batchSize} />}
        >
          <NumberField
            label="Batch size"
            integer
            min={1}
            max={1_000_000}
            value={training.batchSize}
            onCommit={number('batchSize')}
          />
        </Field>
        <Field
          label="Shuffle"
          help="Another order of the training samples in every epoch."
          note={<RunValue of={({ training }) => training.shuffle} />}
        >
          <Switch
            label="Shuffle training samples"
            checked={training.shuffle}
            onChange={(shuffle) => editTraining({ shuffle })}
          />
        </Field>
        <Field
          label="Seed"
          help="Initial weights, shuffling and dropout all follow from this number."
          note={<RunValue of={({ training }) => training.seed} />}
        >
          <NumberField
            label="Training seed"
            integer
            min={0}
            max={0xffffffff}
            value={training.seed}
            onCommit={number('seed')}
          />
        </Field>
      </Section>
      <DeviceSettings chosen={training.backend} />
    </FieldScope>
  );
}

/** What the list shows while the design asks for an optimiser that only a newer version knows. */
const UNKNOWN = 'unknown';

function OptimizerSection({ training }: { readonly training: TrainingSettings }) {
  const { optimizer } = training;
  const unknown = useDocument(
    ({ document }) => document.unknownSettings?.find(({ path }) => path.join('.') === 'training.optimizer')?.value,
  );
  const options = unknown === undefined ? OPTIMIZER_OPTIONS : [...OPTIMIZER_OPTIONS, unknownOption(unknown)];
  return (
    <Section
      title="Optimiser"
      aside={
        unknown !== undefined || isDefaultOptimizer(optimizer) ? undefined : (
          <IconButton
            label="Set the optimiser’s parameters to their defaults"
            icon={<RotateCcw aria-hidden />}
            onClick={() => editTraining({ optimizer: DEFAULT_OPTIMIZERS[optimizer.name] })}
          />
        )
      }
    >
      <Field
        label="Optimiser"
        help="How gradients become steps."
        note={<RunValue of={({ training }) => training.optimizer.name} />}
      >
        <Select
          label="Optimiser"
          value={unknown === undefined ? optimizer.name : UNKNOWN}
          options={options}
          onChange={(name) => name !== UNKNOWN && chooseOptimizer(training, name)}
        />
      </Field>
      <Field
        label="Learning rate"
        help="The size of a step."
        note={<RunValue of={({ training }) => training.learningRate} />}
      >
        <NumberField
          label="Learning rate"
          min={0}
          exclusiveMin
          max={100}
          value={training.learningRate}
          onCommit={(learningRate) => (learningRate === null ? null : editTraining({ learningRate }))}
        />
      </Field>
      {unknown === undefined &&
        OPTIMIZER_FIELDS[optimizer.name].map((field) => (
          <OptimizerParameter key={field.key} field={field} optimizer={optimizer} />
        ))}
    </Section>
  );
}

function unknownOption(value: unknown) {
  const name: unknown = typeof value === 'object' && value !== null && 'name' in value ? value.name : value;
  return { value: UNKNOWN, label: `${String(name)} (unknown)`, help: 'Of a newer version of Layerloom.' } as const;
}

function OptimizerParameter({
  field,
  optimizer,
}: {
  readonly field: OptimizerField;
  readonly optimizer: OptimizerSettings;
}) {
  const values: { readonly [key: string]: unknown } = optimizer;
  const value = values[field.key];
  // Of another optimiser it says nothing.
  const ofRun = ({ training }: LoomDocument): JsonValue | undefined => {
    const run: { readonly [key: string]: unknown } = training.optimizer;
    return training.optimizer.name === optimizer.name
      ? (run[field.key] as JsonValue | undefined)
      : (value as JsonValue);
  };
  const edit = (next: number | boolean) => editTraining({ optimizer: { ...optimizer, [field.key]: next } });
  return (
    <Field label={field.label} help={field.help} note={<RunValue of={ofRun} />}>
      {field.kind === 'switch' ? (
        <Switch label={field.label} checked={value === true} onChange={edit} />
      ) : (
        <NumberField
          label={field.label}
          min={0}
          max={field.max}
          exclusiveMin={field.exclusiveMin}
          exclusiveMax={field.exclusiveMax}
          value={typeof value === 'number' ? value : null}
          onCommit={(next) => (next === null ? null : edit(next))}
        />
      )}
    </Field>
  );
}
