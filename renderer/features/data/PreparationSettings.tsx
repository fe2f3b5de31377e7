import type { DataDescription } from '../../../core/data/index.ts';
import type { DataSettings } from '../../../core/document/index.ts';
import { Field, NumberField, Section, Select, Switch } from '../../ui/index.ts';
import { type CsvSource, editData, type FolderSource } from './editData.ts';

const TARGET_SCALINGS = [
  { value: 'standardise', label: 'standardise', help: 'Train on mean 0 and variance 1; undone in the last layer.' },
  { value: 'none', label: 'none', help: 'Train on the numbers as they are.' },
] as const;

const SCALINGS = [
  {
    value: 'standardise',
    label: 'standardise',
    help: 'Mean 0 and variance 1, with the figures of the training part only.',
  },
  { value: 'minmax', label: 'to 0…1', help: 'The training part’s smallest value becomes 0, its largest 1.' },
  { value: 'none', label: 'none', help: 'Numbers as they are in the file.' },
] as const;

const MISSING = [
  { value: 'dropRow', label: 'leave the row out', help: 'A row with an empty cell takes no part.' },
  {
    value: 'meanOrMode',
    label: 'mean or most frequent',
    help: 'Numbers become the training part’s mean, classes its most frequent value.',
  },
  { value: 'error', label: 'refuse the data', help: 'Training does not start while a cell is empty.' },
] as const;

const CHANNELS = [
  { value: 'colour', label: 'colour', help: 'Red, green and blue: three channels.' },
  { value: 'grey', label: 'grey', help: 'How bright each pixel is: one channel.' },
] as const;

const FITS = [
  { value: 'stretch', label: 'stretch', help: 'All of the picture, its sides scaled each on its own.' },
  { value: 'crop', label: 'crop', help: 'Nothing is distorted: what sticks out on both sides is cut off.' },
] as const;

export interface PreparationSettingsProps {
  readonly settings: DataSettings;
  readonly description: DataDescription | null;
}

/** What happens to the samples before the network sees them. */
export function PreparationSettings({ settings, description }: PreparationSettingsProps) {
  const { source } = settings;
  const image = description === null ? source.kind === 'imageFolder' : description.summary.kind === 'image';
  const numbers = description?.summary.fields.some(({ role, classes }) => role === 'target' && !classes) === true;
  return (
    <Section title="Preparation">
      {image ? (
        <ResizeField settings={settings} description={description} />
      ) : (
        <Field label="Scaling" help="What happens to numeric features before the network sees them.">
          <Select
            label="Scaling"
            value={settings.scaling}
            options={SCALINGS}
            onChange={(scaling) => editData({ scaling })}
          />
        </Field>
      )}
      {numbers && (
        <Field
          label="Target scaling"
          help="Numbers to be predicted are trained on with mean 0 and variance 1. It is undone in the last layer’s weights: predictions, errors and exports are in the target’s own units."
        >
          <Select
            label="Target scaling"
            value={settings.targetScaling ?? 'none'}
            options={TARGET_SCALINGS}
            onChange={(targetScaling) => editData({ targetScaling })}
          />
        </Field>
      )}
      {source.kind === 'csv' && (
        <Field label="Missing values" help="What happens to rows with an empty cell.">
          <Select
            label="Missing values"
            value={source.missing}
            options={MISSING}
            onChange={(missing: CsvSource['missing']) => editData({ source: { ...source, missing } })}
          />
        </Field>
      )}
      {source.kind === 'imageFolder' && <FolderFields source={source} />}
      {image && <p className="data-note">Pixel values are divided by their maximum, so that they run from 0 to 1.</p>}
    </Section>
  );
}

function FolderFields({ source }: { readonly source: FolderSource }) {
  return (
    <>
      <Field label="Fit" help="How a picture of another shape becomes one of that size.">
        <Select
          label="Fit"
          value={source.fit}
          options={FITS}
          onChange={(fit: FolderSource['fit']) => editData({ source: { ...source, fit } })}
        />
      </Field>
      <Field label="Channels" help="What the network reads of each pixel.">
        <Select
          label="Channels"
          value={source.channels}
          options={CHANNELS}
          onChange={(channels: FolderSource['channels']) => editData({ source: { ...source, channels } })}
        />
      </Field>
    </>
  );
}

function ResizeField({ settings, description }: PreparationSettingsProps) {
  const shape = description?.summary.fields.find((field) => field.role === 'input')?.shape ?? [];
  const [height = 28, width = 28] = settings.resize ?? shape;
  const commit = (side: 0 | 1) => (value: number | null) => {
    if (value === null) return null;
    return editData({ resize: side === 0 ? [value, width] : [height, value] });
  };
  return (
    <>
      <Field label="Resize" help="Scale pictures to one size, bilinear.">
        <Switch
          label="Resize pictures"
          checked={settings.resize !== null}
          onChange={(on) => editData({ resize: on ? [height, width] : null })}
        />
      </Field>
      {settings.resize !== null && (
        <Field label="Size" help="Height and width in pixels.">
          <NumberField label="Height in pixels" integer min={1} max={1024} value={height} onCommit={commit(0)} />
          <NumberField label="Width in pixels" integer min={1} max={1024} value={width} onCommit={commit(1)} />
        </Field>
      )}
    </>
  );
}
