import { useCallback, useEffect, useRef, useState } from 'react';
import type { DataDescription, Sample, SplitName } from '../../../core/data/index.ts';
import { type Problem, toProblem } from '../../../core/errors.ts';
import { useDocument } from '../../stores/documentStore.ts';
import { host } from '../../stores/host.ts';

const PAGE = 100;

export interface Preview {
  /** Samples there are in the chosen part. */
  readonly total: number;
  /** Undefined until it has been loaded. */
  readonly sampleAt: (offset: number) => Sample | undefined;
  /** Loads what is missing of a range that came on screen. */
  readonly need: (first: number, last: number) => void;
  readonly problem: Problem | null;
}

interface Pages {
  readonly key: object | null;
  readonly total: number;
  readonly pages: ReadonlyMap<number, readonly Sample[]>;
  readonly problem: Problem | null;
}

const NOTHING: Pages = { key: null, total: 0, pages: new Map(), problem: null };

/**
 * Samples of the data as described, page by page as they come on screen. While other samples load, the ones before stay, so that
 * nothing jumps.
 */
export function usePreview(description: DataDescription | null, split: SplitName | null): Preview {
  const [state, setState] = useState<Pages>(NOTHING);
  const asked = useRef({ key: new AbortController(), pages: new Set<number>() });

  const load = useCallback(
    async (page: number): Promise<void> => {
      const { key, pages } = asked.current;
      if (pages.has(page)) return;
      pages.add(page);
      const { document, path } = useDocument.getState();
      try {
        const { total, samples } = await host().call(
          'data.preview',
          { settings: document.data, documentPath: path, split, offset: page * PAGE, count: PAGE },
          { signal: key.signal },
        );
        if (asked.current.key !== key) return;
        setState((before) => ({
          key,
          total,
          pages: new Map(before.key === key ? before.pages : []).set(page, samples),
          problem: null,
        }));
      } catch (thrown) {
        if (asked.current.key !== key) return;
        pages.delete(page);
        setState((before) => ({ ...before, problem: toProblem(thrown) }));
      }
    },
    [split],
  );

  useEffect(() => {
    const key = new AbortController();
    asked.current = { key, pages: new Set() };
    if (description === null) setState(NOTHING);
    else void load(0);
    return () => key.abort();
  }, [description, load]);

  const need = useCallback(
    (first: number, last: number) => {
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) void load(page);
    },
    [load],
  );
  const sampleAt = useCallback(
    (offset: number) => state.pages.get(Math.floor(offset / PAGE))?.[offset % PAGE],
    [state.pages],
  );
  return { total: state.total, sampleAt, need, problem: state.problem };
}
