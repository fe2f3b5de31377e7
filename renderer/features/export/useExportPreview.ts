import { useEffect, useState } from 'react';
import type { ExportFile } from '../../../core/engine/index.ts';
import { type Problem, toProblem } from '../../../core/errors.ts';
import type { ExportFormat } from '../../../core/formats/index.ts';
import type { ExportSource } from '../../../core/host/index.ts';
import { useData } from '../../stores/dataStore.ts';
import { host } from '../../stores/host.ts';

export interface ExportPreview {
  /** Of the request before, in the same format, while a new one is being worked on. */
  readonly files: readonly ExportFile[];
  readonly loading: boolean;
  readonly problem: Problem | null;
}

/** The files an export would write. `source` must be stable while it means the same; null: nothing to export. */
export function useExportPreview(source: ExportSource | null, format: ExportFormat, delay = 0): ExportPreview {
  const [state, setState] = useState<ExportPreview & { readonly format: ExportFormat }>({
    format,
    files: [],
    loading: source !== null,
    problem: null,
  });
  const description = useData((data) => data.description);
  // Refused for its data, it is asked for again once they could be read.
  const awaited = state.problem?.code === 'not-granted' ? description : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: reacts to data that came, reads nothing of them
  useEffect(() => {
    if (source === null) {
      setState({ format, files: [], loading: false, problem: null });
      return;
    }
    let current = true;
    const controller = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    const timer = setTimeout(() => {
      host()
        .call('export.preview', { source, format }, { signal: controller.signal })
        .then(
          (files) => current && setState({ format, files, loading: false, problem: null }),
          (thrown) => current && setState({ format, files: [], loading: false, problem: toProblem(thrown) }),
        );
    }, delay);
    return () => {
      current = false;
      controller.abort();
      clearTimeout(timer);
    };
  }, [source, format, delay, awaited]);
  // Files of another format would pass for those of this one.
  return state.format === format ? state : { files: [], loading: true, problem: null };
}
