import { useEffect, useState } from 'react';
import type { SplitName } from '../../../core/data/index.ts';
import type { Evaluation } from '../../../core/engine/index.ts';
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
  readonly problem: Problem | null;
}

/** Evaluates a run's weights on a part of its data. */
export function useEvaluation({ runId, split, weights, version }: EvaluationRequest): EvaluationState {
  const [state, setState] = useState<EvaluationState & { readonly runId: string }>({
    runId,
    evaluation: null,
    loading: true,
    problem: null,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version means new weights behind the same request
  useEffect(() => {
    let current = true;
    setState((before) => ({
      runId,
      evaluation: before.runId === runId ? before.evaluation : null,
      loading: true,
      problem: null,
    }));
    host()
      .call('evaluate', { runId, split, weights })
      .then(
        (evaluation) => current && setState({ runId, evaluation, loading: false, problem: null }),
        (thrown) => current && setState({ runId, evaluation: null, loading: false, problem: toProblem(thrown) }),
      );
    return () => {
      current = false;
    };
  }, [runId, split, weights, version]);
  return state;
}
