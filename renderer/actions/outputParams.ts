import type { DatasetField, Graph } from '../../core/document/index.ts';
import { suitableLoss } from '../../core/graph/index.ts';
import type { JsonObject } from '../../core/json.ts';

/**
 * What an Output starts with where the data are known: the first target that no Output has yet, named where there are several, and the
 * loss of its kind. Without data, its defaults.
 * @param width of what arrives: two classes are told apart by one number or by two
 */
export function outputParams(fields: readonly DatasetField[], graph: Graph, width: number | null): JsonObject {
  const targets = fields.filter((field) => field.role === 'target');
  const taken = new Set(
    Object.values(graph.nodes).flatMap((node) => (node.type === 'Output' ? [node.params.field] : [])),
  );
  const target = targets.find(({ name }) => !taken.has(name)) ?? targets[0];
  if (target === undefined) return {};
  const loss = suitableLoss(target, width, 'unknown');
  return targets.length > 1 ? { loss, field: target.name } : { loss };
}
