import {
  type AnyLayerDefinition,
  type ParamDescriptor,
  type ParamDescriptors,
  whyIdle,
} from '../../catalogue/index.ts';
import { type JsonValue, sameJson } from '../../json.ts';
import type { InferredNode } from '../inferNode.ts';
import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { setParam } from './fixes.ts';
import { say } from './trace.ts';

const dependent = new WeakMap<AnyLayerDefinition, readonly (readonly [string, ParamDescriptor])[]>();

/** The parameters of a layer type that do nothing beside some values of others; looked for once for each type. */
function dependentParams(layer: AnyLayerDefinition): readonly (readonly [string, ParamDescriptor])[] {
  const known = dependent.get(layer);
  if (known !== undefined) return known;
  const descriptors: ParamDescriptors = layer.params;
  const made = Object.entries(descriptors).filter(([, { needs }]) => needs !== undefined);
  dependent.set(layer, made);
  return made;
}

interface IdleParam {
  readonly param: string;
  readonly descriptor: ParamDescriptor;
  readonly why: string;
}

/** What is inferred of a layer stays the same object until its type, parameters or wires change. */
const found = new WeakMap<InferredNode, readonly IdleParam[]>();

function idleIn(layer: InferredNode): readonly IdleParam[] {
  const { definition, params } = layer;
  const before = found.get(layer);
  if (before !== undefined || definition === null) return before ?? [];
  const idle = dependentParams(definition).flatMap(([param, descriptor]) => {
    if (sameJson(params[param], descriptor.default)) return [];
    const why = whyIdle(definition, param, params);
    return why === null ? [] : [{ param, descriptor, why }];
  });
  found.set(layer, idle);
  return idle;
}

/** Values that were set and do nothing, because of another parameter: label smoothing on a loss for numbers, say. */
export const idleParams = defineRule({
  name: 'idle-param',
  *check({ graph, order, inferred }) {
    for (const id of order) {
      const node = nodeById(graph, id);
      const known = inferred.get(id);
      if (node === undefined || !known?.definition) continue;
      for (const { param, descriptor, why } of idleIn(known))
        yield {
          code: 'idle-param',
          severity: 'warning',
          title: descriptor.label,
          message: `${descriptor.label} of ${say(node)} is set, but has no effect while ${why}.`,
          nodeId: id,
          param,
          fixes: [setParam(`Set ${descriptor.label.toLowerCase()} back`, id, param, descriptor.default as JsonValue)],
        };
    }
  },
});
