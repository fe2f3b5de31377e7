import { useCallback, useEffect, useRef, useState } from 'react';
import type { SplitName } from '../../../core/data/index.ts';
import type { Evaluation, SamplesProgress } from '../../../core/engine/index.ts';
import { type Problem, toProblem } from '../../../core/errors.ts';
import { host } from '../../stores/host.ts';

export interface EvaluationRequest {
  readonly runId: string;
  readonly split: SplitName;
  readonly weights: 'best' | 'last';
  /** Changes when the run has learned more: its weights are others then. */
  readonly version: string;
}

export interface EvaluationState {
  /** Of the request before while a new one is being worked on, so that nothing jumps. */
  readonly evaluation: Evaluation | null;
  readonly loading: boolean;
  /** How far the one that is being worked on is, when it takes long. */
  readonly progress: SamplesProgress | null;
  readonly problem: Problem | null;
}

export interface EvaluationWork extends EvaluationState {
  /** Ends the evaluation under way; `problem` is then `cancelled`. */
  readonly cancel: () => void;
  readonly again: () => void;
}

/** Evaluates a run's weights on a part of its data. What is not wanted any more, since something else is asked or nobody looks, is cancelled. */
export function useEvaluation({ runId, split, weights, version }: EvaluationRequest): EvaluationWork {
  const [state, setState] = useState<EvaluationState & { readonly runId: string }>({
    runId,
    evaluation: null,
    loading: true,
    progress: null,
    problem: null,
  });
  const [attempt, setAttempt] = useState(0);
  const working = useRef<AbortController | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version means new weights behind the same request
  useEffect(() => {
    const controller = new AbortController();
    working.current = controller;
    let current = true;
    const show = (next: Partial<EvaluationState>) => {
      if (current) setState((before) => ({ ...before, runId, ...next }));
    };
    setState((before) => ({
      runId,
      evaluation: before.runId === runId ? before.evaluation : null,
      loading: true,
      progress: null,
      problem: null,
    }));
    host()
      .call(
        'evaluate',
        { runId, split, weights },
        { signal: controller.signal, onProgress: (progress) => show({ progress }) },
      )
      .then(
        (evaluation) => show({ evaluation, loading: false, progress: null }),
        (thrown) => show({ evaluation: null, loading: false, progress: null, problem: toProblem(thrown) }),
      );
    return () => {
      current = false;
      controller.abort();
    };
  }, [runId, split, weights, version, attempt]);
  const cancel = useCallback(() => working.current?.abort(), []);
  const again = useCallback(() => setAttempt((before) => before + 1), []);
  return { ...state, cancel, again };
}
