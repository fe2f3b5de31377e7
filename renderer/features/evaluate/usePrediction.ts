import { useEffect, useState } from 'react';
import type { Prediction } from '../../../core/engine/index.ts';
import { type Problem, toProblem } from '../../../core/errors.ts';
import type { JsonValue } from '../../../core/json.ts';
import { host } from '../../stores/host.ts';

const DELAY_MS = 60;

export interface PredictionState {
  readonly prediction: Prediction | null;
  readonly problem: Problem | null;
}

/** What the run says to one input, asked again a moment after it changed. Null input: nothing to ask. */
export function usePrediction(runId: string, weights: 'best' | 'last', input: JsonValue): PredictionState {
  const [state, setState] = useState<PredictionState>({ prediction: null, problem: null });
  useEffect(() => {
    if (input === null) {
      setState({ prediction: null, problem: null });
      return;
    }
    let current = true;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      host()
        .call('predict', { runId, weights, inputs: [input] }, { signal: controller.signal })
        .then(
          ([prediction]) => current && setState({ prediction: prediction ?? null, problem: null }),
          (thrown) => current && setState({ prediction: null, problem: toProblem(thrown) }),
        );
    }, DELAY_MS);
    return () => {
      current = false;
      controller.abort();
      clearTimeout(timer);
    };
  }, [runId, weights, input]);
  return state;
}
