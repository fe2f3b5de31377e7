import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { type BasicParam, defaultSettings, type EntriesParam } from '../../../core/params/index.ts';
import { IconButton, Select } from '../../ui/index.ts';

export interface EntriesFieldProps {
  readonly descriptor: EntriesParam;
  readonly value: JsonValue;
  readonly onChange: (value: JsonValue) => string | undefined;
  /** The control of one parameter of an entry. */
  readonly field: (descriptor: BasicParam, value: JsonValue, onChange: EntriesFieldProps['onChange']) => ReactNode;
}

/** A list of chosen entries, each with its parameters under it, and a box that adds another. */
export function EntriesField({ descriptor, value, onChange, field }: EntriesFieldProps) {
  const { label, of, emptyLabel } = descriptor;
  const chosen = Array.isArray(value) ? value.filter(isObject) : [];
  const put = (place: number, ...next: readonly JsonObject[]) =>
    onChange([...chosen.slice(0, place), ...next, ...chosen.slice(place + 1)]);
  const options = [
    { value: '', label: chosen.length === 0 ? emptyLabel : 'Add another' },
    ...Object.values(of).map(({ name, title, help }) => ({ value: name, label: title, help })),
  ];
  return (
    <div className="param-stack">
      {chosen.map((settings, place) => {
        const entry = of[String(settings.name)];
        if (entry === undefined) return null;
        // The same entry may stand there twice, with other parameters: its place tells it apart.
        const key = `${place} ${entry.name}`;
        return (
          <div key={key} className="param-entry">
            <div className="param-entry-title">
              <span>{entry.title}</span>
              <IconButton label={`Remove ${entry.title}`} icon={<X aria-hidden />} onClick={() => void put(place)} />
            </div>
            {Object.entries(entry.params).map(([param, inner]) => (
              <div key={param} className="param-number">
                <span>{inner.label}</span>
                {field({ ...inner, label: `${inner.label} of ${entry.title}` }, settings[param] ?? null, (next) =>
                  put(place, { ...settings, [param]: next }),
                )}
              </div>
            ))}
          </div>
        );
      })}
      <Select
        label={label}
        value=""
        options={options}
        onChange={(name) => {
          const entry = of[name];
          // Settings are JSON by what the parameters of entries are.
          if (entry !== undefined) onChange([...chosen, defaultSettings(entry) as JsonObject]);
        }}
      />
    </div>
  );
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
