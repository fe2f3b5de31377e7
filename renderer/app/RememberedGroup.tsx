import type { ReactNode } from 'react';
import { Group, type Layout } from 'react-resizable-panels';
import type { JsonValue } from '../../core/json.ts';
import { setLayout, useSettings } from '../stores/settingsStore.ts';

export interface RememberedGroupProps {
  /** Key of the sizes in the settings. */
  readonly id: string;
  readonly orientation: 'horizontal' | 'vertical';
  readonly children: ReactNode;
}

function readLayout(value: JsonValue | undefined): Layout | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Panels side by side whose sizes are kept in the settings. Rendered once the settings are there. */
export function RememberedGroup({ id, orientation, children }: RememberedGroupProps) {
  const key = `panels.${id}`;
  const stored = readLayout(useSettings.getState().layout[key]);
  return (
    <Group
      id={id}
      orientation={orientation}
      {...(stored === undefined ? {} : { defaultLayout: stored })}
      onLayoutChanged={(layout, meta) => {
        if (meta.isUserInteraction) setLayout(key, layout);
      }}
    >
      {children}
    </Group>
  );
}
