import { ACTIVATION_OPTIONS, findLayer, type ParamDescriptor } from '../../catalogue/index.ts';
import { BLOCK, type BlockParameter } from '../../document/index.ts';
import { formulasIn } from '../../expressions/index.ts';
import type { JsonValue } from '../../json.ts';
import type { DocumentDraft } from '../defineCommand.ts';
import { defineCommand, refuse } from '../defineCommand.ts';
import { requireFreeName, requireParameter, requireUseOf, writeUse } from '../steps/blockParameters.ts';
import { requireDefinition } from '../steps/definitions.ts';
import { graphOf, type NodeDraft, plain, requireNode } from '../steps/nodes.ts';
import { putParameter } from './blockParameters.ts';

/**
 * Leaves a value inside a block to the block's uses: the value becomes the default of a parameter, and a formula that names it stands in its
 * place. A kernel size of equal sides becomes one number.
 */
export const turnIntoParameter = defineCommand({
  name: 'turnIntoParameter',
  run(draft, { graph, nodeId, param, name }) {
    const definition = requireDefinition(draft, graph);
    const node = requireNode(definition, nodeId);
    requireFreeName(definition, name);
    if (node.type === BLOCK) ofUse(draft, node, param, name, (parameter) => putParameter(definition, name, parameter));
    else {
      const { parameter, value } = ofLayer(
        node,
        plain(definition).nodes[nodeId]?.params[param] as JsonValue | undefined,
        param,
        name,
      );
      putParameter(definition, name, parameter);
      Object.assign(node.params, { [param]: value });
    }
    return { label: `Turn ${param.replace('values.', '')} of ${node.name} into a parameter` };
  },
});

/** What a layer's parameter becomes, and what stands in its place. */
function ofLayer(node: NodeDraft, given: JsonValue | undefined, param: string, name: string) {
  const descriptors: { readonly [name: string]: ParamDescriptor } = findLayer(node.type)?.params ?? {};
  const descriptor = Object.hasOwn(descriptors, param) ? descriptors[param] : undefined;
  if (descriptor === undefined)
    return refuse('unknown-param', 'No such parameter', `“${node.name}” has no parameter “${param}”.`);
  const value = given === undefined ? (descriptor.default as JsonValue) : given;
  requirePlain(value, descriptor.label);
  const described = { label: descriptor.label, help: descriptor.help };
  const [first] = Array.isArray(value) ? value : [];
  if (descriptor.kind === 'ints' && Array.isArray(value) && value.every((one) => one === first))
    return {
      parameter: { kind: 'integer', default: Number(first), ...bounds(descriptor), ...described },
      value: value.map(() => `=${name}`),
    };
  return {
    parameter: { ...kindOf(descriptor, value), default: value, ...described } as BlockParameter,
    value: `=${name}`,
  };
}

function kindOf(descriptor: ParamDescriptor, value: JsonValue): Partial<BlockParameter> {
  // None, where a layer takes that, is no value of any kind.
  if (value === null) return {};
  switch (descriptor.kind) {
    case 'int':
      return { kind: 'integer', ...bounds(descriptor) };
    case 'float':
      return { kind: 'number', ...bounds(descriptor) };
    case 'boolean':
      return { kind: 'flag' };
    case 'initializer':
      return { kind: 'initializer' };
    case 'choice':
      return descriptor.options === ACTIVATION_OPTIONS
        ? { kind: 'activation' }
        : { kind: 'choice', options: descriptor.options.map((option) => option.value) };
    default:
      return {};
  }
}

/** Bounds that are inclusive; the layer itself keeps to the others. */
function bounds(descriptor: { min?: number; max?: number; exclusiveMin?: boolean; exclusiveMax?: boolean }) {
  const { min, max, exclusiveMin = false, exclusiveMax = false } = descriptor;
  return { ...(min !== undefined && !exclusiveMin && { min }), ...(max !== undefined && !exclusiveMax && { max }) };
}

function ofUse(
  draft: DocumentDraft,
  node: NodeDraft,
  param: string,
  name: string,
  put: (parameter: BlockParameter) => void,
): void {
  const use = requireUseOf(node);
  if (param === 'repeat') {
    requirePlain(use.repeatFormula ?? use.repeat, 'The number of repetitions');
    put({
      kind: 'integer',
      default: use.repeat,
      min: 1,
      label: 'Repetitions',
      help: `How often “${node.name}” stands in series.`,
    });
    writeUse(node, { ...use, repeatFormula: `=${name}` });
    return;
  }
  const inner = param.replace('values.', '');
  const { order: _, ...parameter } = requireParameter(graphOf(draft, use.graph), inner);
  const value = (use.values[inner] ?? parameter.default) as JsonValue;
  requirePlain(value, inner);
  put({ ...parameter, default: value });
  writeUse(node, { ...use, values: { ...use.values, [inner]: `=${name}` } });
}

function requirePlain(value: JsonValue, label: string): void {
  if (formulasIn(value).length > 0)
    refuse(
      'block-expression',
      label,
      `${label} is worked out by a formula already. Write the value in its place first.`,
    );
}
