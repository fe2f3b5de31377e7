import type { JsonValue } from '../../json.ts';
import { metricOf, type TargetKind } from '../../training/index.ts';
import { headsOf } from '../heads.ts';
import { defineRule } from './defineRule.ts';
import { setParam } from './fixes.ts';
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
      const { kind, chosenMetrics } = head;
      if (kind === null) continue;
      for (const settings of chosenMetrics) {
        const metric = metricOf(settings);
        if (metric.for.includes(kind)) continue;
        const rest = chosenMetrics.filter((other) => other !== settings) as unknown as JsonValue;
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
