import { blockPorts, type Graph } from '../../../document/index.ts';
import { type Instance, instanceTree, type Network } from '../../../graph/index.ts';
import { atom, call, flat, named, type PythonItem, positional } from '../../python/expression.ts';
import { header } from '../../python/format.ts';
import { docstringText } from '../../python/literals.ts';
import { snakeCase, variableNames } from '../../python/names.ts';
import { BUILD_MODEL, modelReturned } from '../network.ts';
import { asksRepetition, type BlockFunction, type BodyWriter, writeBody } from './body.ts';
import { createFormulaWriter, parameterValue } from './formulas.ts';
import { exportNameOf, NotOneFunction, type Place } from './place.ts';

/** A network's part of a program. */
export interface BlockProgram {
  /** The functions of the definitions, inner ones first, and `build_model`: the lines of each. */
  readonly functions: readonly (readonly string[])[];
  /** Whether they need `import math`. */
  readonly math: boolean;
}

/** Names that mean something in the functions. */
const TAKEN = [
  'keras',
  'layers',
  'np',
  'math',
  'i',
  'n',
  'x',
  'name',
  'min',
  'max',
  'abs',
  'int',
  'range',
  'build_model',
];
/** The line length for running text within a function. */
const TEXT_WIDTH = 84;

/**
 * A network drawn with blocks as a program with one function a definition: its parameters are arguments, repetitions are a loop. Layers get the
 * same names as in the flat network.
 * @param taken words that mean something in the rest of the program
 * @returns null where the network has no blocks, or where the places of a definition differ in a way that its parameters do not say
 */
export function blockProgram(network: Network, modelName: string, taken: readonly string[]): BlockProgram | null {
  const root = instanceTree(network.document);
  if (root.children.size === 0) return null;
  try {
    return write(network, root, modelName, taken);
  } catch (thrown) {
    if (thrown instanceof NotOneFunction) return null;
    throw thrown;
  }
}

function write(network: Network, root: Instance, modelName: string, taken: readonly string[]): BlockProgram {
  const layers = new Map([...network.layers, ...network.outputs].map((layer) => [layer.id, layer]));
  const instances = byDefinition(root);
  requireNames(root, layers);
  const formulas = createFormulaWriter();
  const functions: (readonly string[])[] = [];
  const known = new Map<string, BlockFunction>();
  const names = functionNames(
    [root.graph, ...[...instances.keys()].flatMap((id) => network.document.graphs[id] ?? [])],
    [...TAKEN, ...taken],
  );
  const writer: BodyWriter = { layers, formulas, functionOf };
  const variables = variablesOf(root.graph, TAKEN);
  const body = writeBody(
    { graph: root.graph, instances: [root], variable: (name) => (name === 'n' ? '1' : '0'), prefix: '' },
    variables,
    writer,
  );
  const main = [
    ...BUILD_MODEL,
    ...body.lines,
    ...modelReturned(
      modelName,
      network.inputs.map(({ id }) => atom(variables.get(id) ?? id)),
      network.outputs.map(({ id }) => body.arriving(id, 'in') ?? stop()),
    ),
  ];
  return { functions: [...functions, main], math: formulas.math };

  function functionOf(graphId: string): BlockFunction {
    const before = known.get(graphId);
    if (before !== undefined) return before;
    const graph = network.document.graphs[graphId] ?? stop();
    const places = instances.get(graphId) ?? stop();
    const parameters = argumentNames(graph);
    const made = { name: names.get(graphId) ?? graphId, parameters, asksRepetition: asksRepetition(graph) };
    known.set(graphId, made);
    functions.push(definitionCode(graph, places, made, writer));
    return made;
  }
}

function definitionCode(
  graph: Graph,
  instances: readonly Instance[],
  { name, parameters, asksRepetition }: BlockFunction,
  writer: BodyWriter,
): string[] {
  const variables = variablesOf(graph, [...TAKEN, ...parameters.values()]);
  const place: Place = {
    graph,
    instances,
    variable: (wanted) => parameters.get(wanted) ?? wanted,
    prefix: '{name}_',
  };
  const body = writeBody(place, variables, writer);
  const { inputs, outputs } = blockPorts(graph);
  const args: PythonItem[] = inputs.map(({ id }) => positional(atom(variables.get(id) ?? id)));
  for (const [parameter, argument] of parameters) {
    const { kind, default: usual } = graph.parameters?.[parameter] ?? stop();
    args.push(named(argument, parameterValue(kind, usual)));
  }
  if (asksRepetition) args.push(named('i', atom('0')), named('n', atom('1')));
  const returned = outputs.map(({ id }) => flat(body.arriving(id, 'in') ?? atom('None')));
  return [
    ...header('def', call(name, [...args, positional(atom('*')), positional(atom('name'))])),
    ...documentation(graph),
    ...body.lines,
    `    return ${returned.join(', ') || 'None'}`,
  ];
}

/** The instances of each definition, outer ones first. */
function byDefinition(root: Instance): ReadonlyMap<string, readonly Instance[]> {
  const found = new Map<string, Instance[]>();
  const visit = (instance: Instance) => {
    for (const child of [...instance.children.values()].flat()) {
      const list = found.get(child.graph.id);
      if (list === undefined) found.set(child.graph.id, [child]);
      else list.push(child);
      visit(child);
    }
  };
  visit(root);
  return found;
}

/** The functions put names together from those of uses and layers: only where that gives the names of the network can they be used. */
function requireNames(instance: Instance, layers: BodyWriter['layers']): void {
  const prefix = exportNameOf(instance);
  for (const { id, name } of Object.values(instance.graph.nodes)) {
    const layer = layers.get(instance.path + id);
    if (layer !== undefined && layer.exportName !== (prefix === '' ? name : `${prefix}_${name}`)) stop();
  }
  for (const child of [...instance.children.values()].flat()) requireNames(child, layers);
}

/** Names of the functions, by definition: none is that of a layer, which a function's result may be called after. */
function functionNames(graphs: readonly Graph[], taken: readonly string[]): ReadonlyMap<string, string> {
  const nodes = new Set(graphs.flatMap((graph) => Object.values(graph.nodes).map(({ name }) => name)));
  const used = [...taken, ...nodes];
  return new Map(
    graphs.map(({ id, name = id }) => {
      const plain = name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .replace(/^_+|_+$/g, '');
      const wanted = plain === '' || nodes.has(plain) ? `${plain}_block` : plain;
      const free = variableNames([wanted], used).get(wanted) ?? wanted;
      used.push(free);
      return [id, free];
    }),
  );
}

/** Python variables of a graph's nodes by their ids. The one input of a definition is `x`. */
function variablesOf(graph: Graph, taken: readonly string[]): ReadonlyMap<string, string> {
  const { inputs } = blockPorts(graph);
  const [only] = inputs;
  const nodes = Object.values(graph.nodes);
  // Of nodes with one name, which only a faulty graph has, none is lost.
  const named = variableNames(
    nodes.map(({ name }) => name),
    taken,
  );
  const variables = new Map(nodes.map(({ id, name }) => [id, named.get(name) ?? name]));
  if (only !== undefined && inputs.length === 1) variables.set(only.id, 'x');
  return variables;
}

/** What the function calls the definition's parameters, by their order. */
function argumentNames({ parameters = {} }: Graph): ReadonlyMap<string, string> {
  const sorted = Object.entries(parameters).sort(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0));
  const names = sorted.map(([name]) => name);
  const snakes = new Set(names.map(snakeCase));
  // As Python writes names, unless two would become one.
  const written = snakes.size === names.length ? snakeCase : (name: string) => name;
  const variables = variableNames(names.map(written), TAKEN);
  return new Map(names.map((name) => [name, variables.get(written(name)) ?? name]));
}

function documentation({ name, id, doc = '' }: Graph): string[] {
  const title = docstringText(name ?? id);
  if (doc === '') return [`    """${title}"""`];
  return [`    """${title}`, '', ...wrapped(docstringText(doc)).map((line) => `    ${line}`), '    """'];
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > TEXT_WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

function stop(): never {
  throw new NotOneFunction();
}
