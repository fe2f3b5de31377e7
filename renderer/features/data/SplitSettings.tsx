import type { DataDescription } from '../../../core/data/index.ts';
import type { DataSettings } from '../../../core/document/index.ts';
import { Field, formatCount, NumberField, Section, Switch } from '../../ui/index.ts';
import { editSplit } from './editData.ts';

/** Percentages without the noise of binary fractions: 0.1 + 0.2 reads 30. */
const toPercent = (fraction: number): number => Number((fraction * 100).toFixed(4));

export interface SplitSettingsProps {
  readonly settings: DataSettings;
  readonly description: DataDescription | null;
}

/** Which part of the samples is learned from, which is watched while training, which is kept for the end. */
export function SplitSettings({ settings, description }: SplitSettingsProps) {
  const { split } = settings;
  const commit = (part: 'validation' | 'test') => (percent: number | null) => {
    if (percent === null) return null;
    const other = part === 'validation' ? split.test : split.validation;
    if (percent / 100 + other >= 1) {
      const room = toPercent(1 - other);
      return `${toPercent(other)} % already go to ${part === 'validation' ? 'test' : 'validation'}, and training needs some: stay below ${room} %.`;
    }
    return editSplit(settings, { [part]: Number((percent / 100).toFixed(6)) });
  };
  const classes = (description?.classBalance.length ?? 0) > 0;
  return (
    <Section title="Split">
      <Field
        label="Validation"
        help="Watched while training: when it stops getting better, the network only learns by heart."
      >
        <NumberField
          label="Validation share in per cent"
          min={0}
          max={90}
          value={toPercent(split.validation)}
          onCommit={commit('validation')}
        />
        <span className="split-unit">%</span>
      </Field>
      <Field label="Test" help="Kept aside until the end, for a figure that nothing was tuned on.">
        <NumberField
          label="Test share in per cent"
          min={0}
          max={90}
          value={toPercent(split.test)}
          onCommit={commit('test')}
        />
        <span className="split-unit">%</span>
      </Field>
      <Field label="Stratify" help="Keep the share of each class the same in every part.">
        <Switch
          label="Stratify by class"
          checked={split.stratify}
          disabled={description !== null && !classes}
          onChange={(stratify) => editSplit(settings, { stratify })}
        />
      </Field>
      <Field label="Seed" help="The same seed gives the same split.">
        <NumberField
          label="Split seed"
          integer
          min={0}
          max={0xffffffff}
          value={split.seed}
          onCommit={(seed) => (seed === null ? null : editSplit(settings, { seed }))}
        />
      </Field>
      <SplitBar splits={description?.splits ?? null} />
    </Section>
  );
}

const PARTS = [
  { key: 'train', label: 'train' },
  { key: 'validation', label: 'validation' },
  { key: 'test', label: 'test' },
] as const;

function SplitBar({ splits }: { readonly splits: DataDescription['splits'] | null }) {
  return (
    <div className="split-result">
      <div className="split-bar" aria-hidden="true">
        {PARTS.map(({ key }) => (
          <span key={key} className={`part-${key}`} style={{ flexGrow: splits?.[key] ?? 0 }} />
        ))}
      </div>
      <dl className="split-counts">
        {PARTS.map(({ key, label }) => (
          <div key={key}>
            <dt>
              <span className={`part-dot part-${key}`} aria-hidden="true" />
              {label}
            </dt>
            <dd>{splits === null ? '–' : formatCount(splits[key])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
