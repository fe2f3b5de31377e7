import { BLOCK, type BlockUse, type Graph, type LayerNode } from '../../document/index.ts';
import {
  bindInFormula,
  evaluateFormula,
  formulasIn,
  isFormula,
  mapFormulas,
  namesInFormula,
} from '../../expressions/index.ts';
import type { JsonObject, JsonValue } from '../../json.ts';

/** Names that every block has: the number of its repetition, and how many there are. */
export const REPETITION = ['i', 'n'] as const;

/** What names stand for: values, or formulas over the names of another graph. */
export type Bindings = ReadonlyMap<string, JsonValue>;

type Names = ReadonlySet<string>;
const NO_NAMES: Names = new Set();
const OWN_NAMES: Names = new Set(REPETITION);

const namesOf = (value: JsonValue): readonly string[] => formulasIn(value).flatMap(namesInFormula);

/** Names of the graph that a node stands in which its formulas use. */
export function namesUsedBy(node: LayerNode, { parameters }: Graph): Names {
  const own = ownNames(node, parameters);
  const used = Object.entries(jsonParams(node)).flatMap(([param, value]) =>
    namesOf(value).filter((name) => param !== 'values' || !own.has(name)),
  );
  return new Set(used);
}

/** Whether the values of a repeated use follow the number of its own repetition. */
export function countsItself(node: LayerNode, { parameters }: Graph): boolean {
  const own = ownNames(node, parameters);
  return own.size > 0 && namesOf(jsonParams(node).values ?? null).some((name) => own.has(name));
}

/**
 * A node's parameters for another graph, where `bindings` says what the names of its own stand for there. In the main graph, where layers have no
 * formulas, what has no names left is worked out.
 */
export function boundParams(node: LayerNode, { parameters }: Graph, bindings: Bindings, inMain: boolean): JsonObject {
  const own = ownNames(node, parameters);
  const outer: Bindings = new Map([...bindings].filter(([name]) => !own.has(name)));
  const entries = Object.entries(jsonParams(node)).map(([param, value]): [string, JsonValue] => [
    param,
    bound(value, param === 'values' ? outer : bindings, inMain && node.type !== BLOCK),
  ]);
  return Object.fromEntries(entries);
}

/** A value with bindings put in. What has no names left is worked out where something was put in, or `always`. */
function bound(value: JsonValue, bindings: Bindings, always: boolean): JsonValue {
  return mapFormulas(value, (formula) => {
    const next = bindInFormula(formula, bindings);
    if (!isFormula(next) || (next === formula && !always) || namesInFormula(next).length > 0) return next;
    const result = evaluateFormula(next, new Map());
    return result.ok ? result.value : next;
  });
}

/**
 * What the names inside one repetition of a use stand for in the graph that it stands in: the values given, or the defaults, and the repetition's
 * number.
 * @param around parameters of the graph that the use stands in
 */
export function bindingsOf(
  { use, definition, inMain }: { readonly use: BlockUse; readonly definition: Graph; readonly inMain: boolean },
  around: Graph['parameters'] = {},
  iteration: number,
): Bindings {
  const counted: readonly (readonly [string, JsonValue])[] = [
    ['i', iteration],
    ['n', use.repeat],
  ];
  // Values of a use that stands once follow the repetition of the block around it; the main graph is none.
  const outer = new Map(counted.filter(([name]) => (use.repeat > 1 || inMain) && !Object.hasOwn(around, name)));
  const given = Object.entries(definition.parameters ?? {}).map(([name, { default: usual }]): [string, JsonValue] => {
    const value = use.values[name];
    return [name, value === undefined ? (usual as JsonValue) : bound(value, outer, false)];
  });
  return new Map([...counted, ...given]);
}

/** The names in a use's values that are of its own repetition; a parameter of the graph that is called so goes before them. */
function ownNames(node: LayerNode, parameters: Graph['parameters'] = {}): Names {
  if (node.type !== BLOCK) return NO_NAMES;
  const { repeat = 1 } = node.params;
  if (repeat === 1) return NO_NAMES;
  return new Set([...OWN_NAMES].filter((name) => !Object.hasOwn(parameters, name)));
}

const jsonParams = ({ params }: LayerNode) => params as JsonObject;
