import { RotateCcw } from 'lucide-react';
import type { TrainingSettings } from '../../../core/document/index.ts';
import {
  CLIPPINGS,
  CONSTANT_RATE,
  NO_CLIPPING,
  OPTIMIZERS,
  type OptimizerName,
  SCHEDULES,
} from '../../../core/training/index.ts';
import { Field, IconButton, NumberField, Section } from '../../ui/index.ts';
import { ChoiceField, ChoiceParams, useUnknownChoice } from './ChoiceFields.tsx';
import { chooseOptimizer, editChoice, editTraining, isDefaultOptimizer, resetOptimizer } from './editTraining.ts';
import { RunValue } from './RunValue.tsx';

/** The optimiser with its own parameters, its learning rate and how that changes, and what becomes of large gradients. */
export function OptimizerSection({ training }: { readonly training: TrainingSettings }) {
  const { optimizer, schedule = CONSTANT_RATE, clipping = NO_CLIPPING } = training;
  const unknown = useUnknownChoice('optimizer');
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
      <ChoiceField
        setting="optimizer"
        label="Optimiser"
        help="How gradients become steps."
        of={OPTIMIZERS}
        name={optimizer.name}
        onChoose={(name) => chooseOptimizer(training, name as OptimizerName)}
      />
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
      <ChoiceParams setting="optimizer" of={OPTIMIZERS} settings={optimizer} />
      <ChoiceField
        setting="schedule"
        label="Schedule"
        help="How the learning rate changes over the run."
        of={SCHEDULES}
        name={schedule.name}
        usual={CONSTANT_RATE.name}
        onChoose={(name) => editChoice('schedule', { name }) ?? null}
      />
      <ChoiceParams setting="schedule" of={SCHEDULES} settings={schedule} />
      <ChoiceField
        setting="clipping"
        label="Gradient clipping"
        help="What becomes of gradients that are too large, before the step."
        of={CLIPPINGS}
        name={clipping.name}
        usual={NO_CLIPPING.name}
        onChoose={(name) => editChoice('clipping', { name }) ?? null}
      />
      <ChoiceParams setting="clipping" of={CLIPPINGS} settings={clipping} />
    </Section>
  );
}
