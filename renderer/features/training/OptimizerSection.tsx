import { RotateCcw } from 'lucide-react';
import type { LoomDocument, TrainingSettings } from '../../../core/document/index.ts';
import type { JsonValue } from '../../../core/json.ts';
import { type BasicParam, optionsOf, whyIdle } from '../../../core/params/index.ts';
import { OPTIMIZERS, type OptimizerName } from '../../../core/training/index.ts';
import { ParamField } from '../../actions/params/ParamField.tsx';
import { useDocument } from '../../stores/documentStore.ts';
import { Field, IconButton, NumberField, Section, Select } from '../../ui/index.ts';
import { chooseOptimizer, editOptimizer, editTraining, isDefaultOptimizer, resetOptimizer } from './editTraining.ts';
import { RunValue } from './RunValue.tsx';

const OPTIONS = optionsOf(OPTIMIZERS);

/** What the list shows while the design asks for an optimiser that only a newer version knows. */
const UNKNOWN = 'unknown';

/** The optimiser, its learning rate and its own parameters. */
export function OptimizerSection({ training }: { readonly training: TrainingSettings }) {
  const { optimizer } = training;
  const unknown = useDocument(
    ({ document }) => document.unknownSettings?.find(({ path }) => path.join('.') === 'training.optimizer')?.value,
  );
  const options = unknown === undefined ? OPTIONS : [...OPTIONS, unknownOption(unknown)];
  const { params } = OPTIMIZERS[optimizer.name];
  // The schema keeps settings plain JSON; its types only say more.
  const values = optimizer as { readonly [name: string]: JsonValue };
  return (
    <Section
      title="Optimiser"
      aside={
        unknown !== undefined || isDefaultOptimizer(optimizer) ? undefined : (
          <IconButton
            label="Set the optimiser’s parameters to their defaults"
            icon={<RotateCcw aria-hidden />}
            onClick={() => resetOptimizer(optimizer.name)}
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
        Object.entries<BasicParam>(params)
          .filter(([name]) => whyIdle({ params }, name, values) === null)
          .map(([name, descriptor]) => (
            <OptimizerParameter
              key={name}
              name={name}
              descriptor={descriptor}
              of={optimizer.name}
              value={values[name] ?? null}
            />
          ))}
    </Section>
  );
}

function unknownOption(value: unknown) {
  const name: unknown = typeof value === 'object' && value !== null && 'name' in value ? value.name : value;
  return { value: UNKNOWN, label: `${String(name)} (unknown)`, help: 'Of a newer version of Layerloom.' } as const;
}

interface OptimizerParameterProps {
  readonly name: string;
  readonly descriptor: BasicParam;
  readonly of: OptimizerName;
  readonly value: JsonValue;
}

function OptimizerParameter({ name, descriptor, of, value }: OptimizerParameterProps) {
  // Of another optimiser it says nothing.
  const ofRun = ({ training: { optimizer } }: LoomDocument): JsonValue | undefined =>
    optimizer.name === of ? (optimizer as { readonly [name: string]: JsonValue })[name] : value;
  return (
    <Field label={descriptor.label} help={descriptor.help} note={<RunValue of={ofRun} />}>
      <ParamField descriptor={descriptor} value={value} onChange={(next) => editOptimizer({ [name]: next })} />
    </Field>
  );
}
