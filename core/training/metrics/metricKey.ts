import { type AnyMetric, METRICS, USUAL_METRICS } from './index.ts';

const ALL: readonly AnyMetric[] = [...Object.values(USUAL_METRICS), ...Object.values(METRICS)];

/** What the name of a measured value says. */
export interface ReadKey {
  readonly metric: AnyMetric;
  /** As a heading, without the head: `Top-5 accuracy`. */
  readonly title: string;
  /** Name of the head that has it; empty where there is only one. */
  readonly head: string;
}

/**
 * The metric behind a measured value's name (`speciesTop5Accuracy`): the one with the longest key that ends it. Null for a loss, and for
 * names of other versions.
 * @param name without the part of the data that it was measured on: not `valAccuracy`
 */
export function readMetricKey(name: string): ReadKey | null {
  // The longest ending first. A key begins where the name does, or with a capital letter.
  for (let from = 0; from < name.length; from++) {
    const first = name.charAt(from);
    if (from > 0 && first === first.toLowerCase()) continue;
    const key = first.toLowerCase() + name.slice(from + 1);
    for (const metric of ALL) {
      const title = metric.keyTitle(key);
      if (title !== null) return { metric, title, head: name.slice(0, from) };
    }
  }
  return null;
}

/** The name of a measured value: its key, after the head's name where there are several heads. */
export function measureName(key: string, head: string | null): string {
  return head === null ? key : `${head}${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}
