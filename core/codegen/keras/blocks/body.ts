import {
  BLOCK,
  BLOCK_INPUT,
  BLOCK_OUTPUT,
  blockPorts,
  type Edge,
  type Graph,
  type LayerNode,
} from '../../../document/index.ts';
import { formulasIn, isFormula, namesInFormula } from '../../../expressions/index.ts';
import { type Instance, incomingEdges, outputIndex, sortNodes } from '../../../graph/index.ts';
import { sameJson } from '../../../json.ts';
import { atom, call, flat, named, type Python, type PythonItem, positional } from '../../python/expression.ts';
import { statement } from '../../python/format.ts';
import { isWritten } from '../arguments.ts';
import { appliedLayer, callOfLayer } from '../layerCode.ts';
import { inputCode } from '../network.ts';
import { argumentIn } from './argument.ts';
import { type FormulaWriter, isPlainOrFormula, parameterValue } from './formulas.ts';
import { isNeeded, type LayersByPath, NotOneFunction, type Place } from './place.ts';

/** The function that a definition became. */
export interface BlockFunction {
  readonly name: string;
  /** What it calls the definition's parameters, in the order of its arguments. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Whether its layers ask which repetition they are in, and of how many. */
  readonly asksRepetition: boolean;
}

/** What a program's bodies share. */
export interface BodyWriter {
  readonly layers: LayersByPath;
  readonly formulas: FormulaWriter;
  functionOf(graphId: string): BlockFunction;
}

/** The statements of a graph's layers and uses, sources before targets, and what holds the value at the end of a wire. */
export interface Body {
  readonly lines: readonly string[];
  /** Null where nothing of the network arrives. */
  arriving(nodeId: string, port: string): Python | null;
}

/**
 * @param variables Python variables of the graph's nodes, by id
 * @throws NotOneFunction where the graph's places differ in a way that no arguments say
 */
export function writeBody(place: Place, variables: ReadonlyMap<string, string>, writer: BodyWriter): Body {
  const { graph, instances } = place;
  const lines: string[] = [];
  /** What holds each output of a node, by port. */
  const values = new Map<string, (port: string) => Python | null>();
  const arrived = (wire: Edge | undefined) => (wire && values.get(wire.source)?.(wire.sourcePort)) ?? null;
  const arriving = (nodeId: string, port: string) =>
    arrived(Object.values(graph.edges).find((wire) => wire.target === nodeId && wire.targetPort === port));
  const order = sortNodes(graph).order.flatMap((id) => graph.nodes[id] ?? []);
  const inputsFirst = [
    ...order.filter(({ type }) => type === 'Input'),
    ...order.filter(({ type }) => type !== 'Input' && type !== 'Output' && type !== BLOCK_OUTPUT),
  ];
  for (const node of inputsFirst) {
    const variable = variables.get(node.id) ?? node.name;
    if (node.type === BLOCK_INPUT) values.set(node.id, () => atom(variable));
    else if (node.type === BLOCK) writeUse(node, variable);
    else writeLayer(node, variable);
  }
  return { lines, arriving };

  function writeLayer(node: LayerNode, variable: string): void {
    const layers = instances.flatMap(({ path }) => writer.layers.get(path + node.id) ?? []);
    const [first] = layers;
    if (first === undefined) return;
    values.set(node.id, (port) =>
      atom(first.outputShapes.length > 1 ? `${variable}[${outputIndex(node, port) ?? 0}]` : variable),
    );
    if (node.type === 'Input') {
      lines.push(...statement(`${variable} = `, inputCode(first), 4));
      return;
    }
    const read = incomingEdges(graph, node.id).map(arrived);
    if (read.some((value) => value === null)) throw new NotOneFunction();
    const calls = layers.map(callOfLayer);
    const [one] = calls;
    if (one === undefined || !calls.every(({ call: other }) => isAlike(other, one.call))) throw new NotOneFunction();
    const written = (argument: string) => {
      const given = calls.map(({ call: { args } }) => args[argument]).filter((value) => value !== undefined);
      if (given.length === 0) return null;
      if (given.length < calls.length) throw new NotOneFunction();
      const { python, follows } = argumentIn(place, { node, layers, name: argument, values: given }, writer.formulas);
      return follows || calls.some((each) => isWritten(argument, each.call, each.assumed)) ? python : null;
    };
    const sources = read.flatMap((value) => value ?? []);
    const value = appliedLayer(first, one.call, nameIn(place, node.name), sources, written);
    lines.push(...statement(`${variable} = `, value, 4));
  }

  function writeUse(node: LayerNode, variable: string): void {
    const repetitions = instances.map(({ children }) => children.get(node.id) ?? []);
    const children = repetitions.flat();
    const [child] = children;
    if (child === undefined || children.some(({ graph: { id } }) => id !== child.graph.id)) throw new NotOneFunction();
    const { inputs, outputs } = blockPorts(child.graph);
    const given = inputs.map(({ id }) => arriving(node.id, id));
    if (given.includes(null) && !children.some((each) => isNeeded(each, writer.layers))) return;
    const results = outputs.map((port) => (outputs.length === 1 ? variable : `${variable}_${port.name}`));
    values.set(node.id, (port) => atom(results[outputs.findIndex(({ id }) => id === port)] ?? variable));
    const once = repetitions.every(({ length }) => length === 1);
    // Numbers stand in the names of layers where there are several repetitions only.
    if (!once && repetitions.some(({ length }) => length === 1)) throw new NotOneFunction();
    const assigned = results.length === 0 ? '' : `${results.join(', ')} = `;
    if (once) {
      lines.push(...statement(assigned, callOf(node, child, given, repetitions, null), 4));
      return;
    }
    const start = given.map((value) => value ?? atom('None'));
    lines.push(
      `    ${assigned}${start.map(flat).join(', ')}`,
      `    for ${loopVariable(graph)} in range(${flat(countOf(node, repetitions))}):`,
    );
    const again = results.map(atom);
    lines.push(...statement(assigned, callOf(node, child, again, repetitions, countOf(node, repetitions)), 8));
  }

  function countOf(node: LayerNode, repetitions: readonly (readonly Instance[])[]): Python {
    const { repeat = 1 } = node.params;
    const counts = repetitions.map(({ length }) => length);
    return isFormula(repeat) ? writer.formulas.write(repeat, place, counts) : atom(String(counts[0] ?? 1));
  }

  /** @param count how often it stands in series; null where it stands once */
  function callOf(
    node: LayerNode,
    child: Instance,
    inputs: readonly (Python | null)[],
    repetitions: readonly (readonly Instance[])[],
    count: Python | null,
  ): Python {
    const { name, parameters, asksRepetition } = writer.functionOf(child.graph.id);
    const { values: raw = {} } = node.params as { readonly values?: LayerNode['params'] };
    const within = { ...place, variable: inLoop(place, count) };
    const args: PythonItem[] = inputs.map((value) => positional(value ?? atom('None')));
    for (const [parameter, argument] of parameters) {
      if (!Object.hasOwn(raw, parameter)) continue;
      const value = raw[parameter] ?? null;
      if (sameJson(value, child.graph.parameters?.[parameter]?.default)) continue;
      if (!isPlainOrFormula(value) && !sameJson(value, child.scope.get(parameter))) throw new NotOneFunction();
      const results = repetitions.flat().map(({ scope }) => scope.get(parameter));
      const kind = child.graph.parameters?.[parameter]?.kind;
      args.push(
        named(argument, isFormula(value) ? writer.formulas.write(value, within, results) : parameterValue(kind, value)),
      );
    }
    if (asksRepetition && count !== null) args.push(named('i', atom(loopVariable(graph))), named('n', count));
    return call(name, [
      ...args,
      named('name', nameIn(place, count === null ? node.name : `${node.name}_{${loopVariable(graph)}}`)),
    ]);
  }
}

/** In the values of a repeated use `i` is the number of the repetition and `n` their count, unless they are parameters of the graph. */
function inLoop({ graph, variable }: Place, count: Python | null): Place['variable'] {
  const own = (name: string) => count === null || Object.hasOwn(graph.parameters ?? {}, name);
  return (name) => {
    if (own(name)) return variable(name);
    return name === 'i' ? loopVariable(graph) : name === 'n' && count !== null ? flat(count) : variable(name);
  };
}

/** What a loop counts with: not what the function itself is told as the number of its own repetition. */
const loopVariable = (graph: Graph): string => (asksRepetition(graph) ? 'k' : 'i');

/** Whether formulas of a definition ask for the number or the count of its own repetitions. */
export function asksRepetition({ nodes, parameters = {} }: Graph): boolean {
  return Object.values(nodes)
    .flatMap(({ type, params }) => {
      const { values, ...others } = params;
      const repeated = type === BLOCK && params.repeat !== undefined && params.repeat !== 1;
      // The values of a repeated use mean the use's own repetition.
      return Object.values(repeated ? others : params).flatMap(formulasIn);
    })
    .flatMap(namesInFormula)
    .some((name) => (name === 'i' || name === 'n') && !Object.hasOwn(parameters, name));
}

/** The name of a layer or use: `"conv"` in the main graph, `f"{name}_conv"` in a definition. */
function nameIn({ prefix }: Place, name: string): Python {
  return atom(prefix === '' && !name.includes('{') ? `"${name}"` : `f"${prefix}${name}"`);
}

/** Whether two calls are of one class with the same inputs: they may differ in arguments. */
function isAlike(a: ReturnType<typeof callOfLayer>['call'], b: ReturnType<typeof callOfLayer>['call']): boolean {
  return (
    a.className === b.className &&
    a.operation === b.operation &&
    sameJson(a.always, b.always) &&
    sameJson(a.call, b.call)
  );
}
