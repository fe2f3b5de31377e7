import type { JsonValue } from '../../json.ts';
import { type MetricSettings, metricOf, type TargetKind } from '../../training/index.ts';
import { defineRule } from './defineRule.ts';
import { setParam } from './fixes.ts';
import { type Head, headsOf } from './heads.ts';
import { say } from './trace.ts';

const SAID: { readonly [K in TargetKind]: string } = {
  classes: 'one class of several',
  binary: 'one of two classes by a single output',
  numbers: 'numbers',
};

/** A metric that was chosen for a head whose target it does not fit. */
export const metricTarget = defineRule({
  name: 'metric-target',
  *check(context) {
    for (const head of headsOf(context)) {
      const kind = kindOf(head);
      // checkParams has held them against the schema of the metrics.
      const chosen = context.inferred.get(head.node.id)?.params.metrics as unknown as readonly MetricSettings[];
      if (kind === null) continue;
      for (const settings of chosen) {
        const metric = metricOf(settings);
        if (metric.for.includes(kind)) continue;
        const rest = chosen.filter((other) => other !== settings) as unknown as JsonValue;
        yield {
          code: 'metric-target',
          severity: 'error',
          title: 'Metric',
          message: `${metric.title} of ${say(head.node)} is for ${metric.for.map((one) => SAID[one]).join(' or ')}, but the target is ${SAID[kind]}.`,
          nodeId: head.node.id,
          param: 'metrics',
          facts: { metric: metric.name, target: kind },
          fixes: [setParam(`Remove ${metric.title}`, head.node.id, 'metrics', rest)],
        };
      }
    }
  },
});

/** What the head is compared with; null where neither data nor loss say. */
function kindOf({ target, classes, shape, loss }: Head): TargetKind | null {
  if (target === null) return loss === 'categoricalCrossentropy' ? 'classes' : null;
  if (classes === null) return 'numbers';
  return shape?.at(-1) === 1 ? 'binary' : 'classes';
}
