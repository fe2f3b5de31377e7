import { createContext, useContext } from 'react';
import type { LoomDocument } from '../../../core/document/index.ts';
import { type JsonValue, sameJson } from '../../../core/json.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { valueText } from '../../ui/index.ts';

/** The run beside which settings are shown, with the design it trained; null where there is none. */
export const ShownRun = createContext<{ readonly name: string; readonly design: LoomDocument } | null>(null);

/** Under a setting: what the run that is looked at has instead, where that is something else. */
export function RunValue({ of }: { readonly of: (document: LoomDocument) => JsonValue | undefined }) {
  const run = useContext(ShownRun);
  const now = useDocument(({ document }) => of(document));
  if (run === null) return null;
  const had = of(run.design);
  if (sameJson(had, now)) return null;
  return (
    <p className="train-run-value">
      {run.name}:{' '}
      <strong>{had === undefined ? 'none' : typeof had === 'boolean' ? (had ? 'on' : 'off') : valueText(had)}</strong>
    </p>
  );
}
