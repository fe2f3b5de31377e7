import { useEffect, useState } from 'react';
import type { DataDescription } from '../../../core/data/index.ts';
import { type DataSettings, parseDocument } from '../../../core/document/index.ts';
import { type Problem, toProblem } from '../../../core/errors.ts';
import { host } from '../../stores/host.ts';

/** The data a run was trained on, which need not be the data of the document on screen. */
export interface RunData {
  readonly runId: string;
  readonly settings: DataSettings;
  readonly description: DataDescription;
}

export function useRunData(runId: string): { readonly data: RunData | null; readonly problem: Problem | null } {
  const [state, setState] = useState<{ data: RunData | null; problem: Problem | null }>({ data: null, problem: null });
  useEffect(() => {
    let current = true;
    const controller = new AbortController();
    const load = async (): Promise<{ data: RunData | null; problem: Problem | null }> => {
      const { text } = await host().call('runs.document', { runId });
      const parsed = parseDocument(text);
      if (!parsed.ok) return { data: null, problem: parsed.error };
      const { document } = parsed.value;
      const description = await host().call('runs.describe', { runId }, { signal: controller.signal });
      return { data: { runId, settings: document.data, description }, problem: null };
    };
    load()
      .catch((thrown) => ({ data: null, problem: toProblem(thrown) }))
      .then((next) => current && setState(next));
    return () => {
      current = false;
      controller.abort();
    };
  }, [runId]);
  return state.data?.runId === runId ? state : { data: null, problem: state.problem };
}
