import type { LoomDocument, TrainingSettings } from '../../../core/document/index.ts';
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { type BasicParam, type Entries, optionsOf, whyIdle } from '../../../core/params/index.ts';
import { ParamField } from '../../actions/params/ParamField.tsx';
import { useDocument } from '../../stores/documentStore.ts';
import { Field, Select } from '../../ui/index.ts';
import { type Choice, editChoice } from './editTraining.ts';
import { RunValue } from './RunValue.tsx';

/** What the list shows while the design asks for an entry that only a newer version knows. */
const UNKNOWN = 'unknown';

/** What the design asks for in a setting where this version does not know it; undefined where it does. */
export function useUnknownChoice(setting: Choice): unknown {
  return useDocument(
    ({ document }) => document.unknownSettings?.find(({ path }) => path.join('.') === `training.${setting}`)?.value,
  );
}

interface ChoiceFieldProps {
  readonly setting: Choice;
  readonly label: string;
  readonly help: string;
  /** The catalogue. */
  readonly of: Entries;
  /** The entry chosen, or the one that stands for saying nothing. */
  readonly name: string;
  /** The name where a design says nothing. */
  readonly usual?: string;
  readonly onChoose: (name: string) => string | null;
}

/** A list of a catalogue's entries. */
export function ChoiceField({ setting, label, help, of, name, usual, onChoose }: ChoiceFieldProps) {
  const unknown = useUnknownChoice(setting);
  const options = unknown === undefined ? optionsOf(of) : [...optionsOf(of), unknownOption(unknown)];
  return (
    <Field
      label={label}
      help={help}
      note={<RunValue of={({ training }) => of[training[setting]?.name ?? usual ?? '']?.title} />}
    >
      <Select
        label={label}
        value={unknown === undefined ? name : UNKNOWN}
        options={options}
        onChange={(next) => next !== UNKNOWN && onChoose(next)}
      />
    </Field>
  );
}

function unknownOption(value: unknown) {
  const name: unknown = typeof value === 'object' && value !== null && 'name' in value ? value.name : value;
  return { value: UNKNOWN, label: `${String(name)} (unknown)`, help: 'Of a newer version of Layerloom.' } as const;
}

interface ChoiceParamsProps {
  readonly setting: Choice;
  readonly of: Entries;
  readonly settings: NonNullable<TrainingSettings[Choice]>;
}

/** The parameters of the entry chosen. */
export function ChoiceParams({ setting, of, settings }: ChoiceParamsProps) {
  const unknown = useUnknownChoice(setting);
  const entry = of[settings.name];
  if (unknown !== undefined || entry === undefined) return null;
  const values = asJson(settings);
  return Object.entries<BasicParam>(entry.params)
    .filter(([param]) => whyIdle(entry, param, values) === null)
    .map(([param, descriptor]) => {
      const value = values[param] ?? null;
      // Of another entry it says nothing.
      const ofRun = ({ training }: LoomDocument): JsonValue | undefined => {
        const had = training[setting];
        return had?.name === settings.name ? asJson(had)[param] : value;
      };
      return (
        <Field key={param} label={descriptor.label} help={descriptor.help} note={<RunValue of={ofRun} />}>
          <ParamField
            descriptor={descriptor}
            value={value}
            onChange={(next) => editChoice(setting, { [param]: next })}
          />
        </Field>
      );
    });
}

/** The schema keeps settings plain JSON; its types only say more. */
function asJson(settings: object): JsonObject {
  return settings as JsonObject;
}
