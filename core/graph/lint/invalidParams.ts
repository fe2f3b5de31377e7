import type { AnyLayerDefinition, ParamDescriptors } from '../../catalogue/index.ts';
import type { Fix, Problem } from '../../errors.ts';
import type { JsonValue } from '../../json.ts';
import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { setParam } from './fixes.ts';
import { say } from './trace.ts';

/** Parameter values out of their bounds or of the wrong kind, as `checkParams` finds them. */
export const invalidParams = defineRule({
  name: 'invalid-param',
  *check({ graph, order, inferred }) {
    for (const id of order) {
      const node = nodeById(graph, id);
      const known = inferred.get(id);
      if (node === undefined || !known?.definition) continue;
      for (const problem of known.paramProblems) {
        const fixes = resetFixes(known.definition, problem, id);
        yield {
          ...problem,
          message: `In ${say(node)}: ${problem.message}`,
          nodeId: id,
          ...(fixes.length === 0 ? {} : { fixes }),
        };
      }
    }
  },
});

function resetFixes(definition: AnyLayerDefinition, problem: Problem, nodeId: string): readonly Fix[] {
  const descriptors: ParamDescriptors = definition.params;
  // A file may call a parameter `constructor`: only the layer's own count.
  if (problem.param === undefined || !Object.hasOwn(descriptors, problem.param)) return [];
  const descriptor = descriptors[problem.param];
  if (descriptor === undefined) return [];
  const value = descriptor.default as JsonValue;
  const text = typeof value === 'object' ? 'its default' : String(value === '' ? 'empty' : value);
  return [setParam(`Set ${descriptor.label.toLowerCase()} back to ${text}`, nodeId, problem.param, value)];
}
