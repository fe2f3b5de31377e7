import type { AnyLayerDefinition, ParamDescriptors } from '../../catalogue/index.ts';
import type { LoomDocument } from '../../document/index.ts';
import type { Fix, Problem } from '../../errors.ts';
import { formulasIn } from '../../expressions/index.ts';
import type { JsonValue } from '../../json.ts';
import { shorten } from '../../shorten.ts';
import { type FlatGraph, graphById } from '../expand/index.ts';
import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { setParam } from './fixes.ts';
import { say } from './trace.ts';

/** Parameter values out of their bounds or of the wrong kind, as `checkParams` finds them. */
export const invalidParams = defineRule({
  name: 'invalid-param',
  *check({ graph, order, inferred, flat, document }) {
    const told = new Set(flat.problems.map(({ code, nodeId, param }) => `${code}/${nodeId}/${param}`));
    for (const id of order) {
      const node = nodeById(graph, id);
      const known = inferred.get(id);
      if (node === undefined || !known?.definition) continue;
      for (const problem of known.paramProblems) {
        // A formula without a value stands there as text, and has been told.
        if (told.has(`block-expression/${id}/${problem.param}`)) continue;
        const fixes = resetFixes(known.definition, problem, id);
        yield {
          ...problem,
          message: `In ${say(node)}: ${problem.message}${workedOut(id, problem, flat, document)}`,
          nodeId: id,
          ...(fixes.length === 0 ? {} : { fixes }),
        };
      }
    }
  },
});

/** Which formula a value comes from that a layer does not accept. */
function workedOut(id: string, { param }: Problem, { origins }: FlatGraph, document: LoomDocument): string {
  const origin = origins.get(id);
  const node = origin && graphById(document, origin.graph)?.nodes[origin.node];
  const value = param === undefined || node === undefined ? undefined : node.params[param];
  const formulas = value === undefined ? [] : formulasIn(value as JsonValue);
  return formulas.length === 0
    ? ''
    : ` That is what ${formulas.map((one) => `“${shorten(one)}”`).join(', ')} gives here.`;
}

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
