import { FieldScope } from '../../actions/FieldScope.tsx';
import { UnknownSettings } from '../../actions/UnknownSettings.tsx';
import { useDocument } from '../../stores/documentStore.ts';
import { Field, NumberField, Section, Switch } from '../../ui/index.ts';
import { DeviceSettings } from './DeviceSettings.tsx';
import { editTraining } from './editTraining.ts';
import { LossSettings } from './LossSettings.tsx';
import { OptimizerSection } from './OptimizerSection.tsx';
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
