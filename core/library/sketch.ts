import { defaultParams, findLayer, type LayerType } from '../catalogue/index.ts';
import {
  BLOCK,
  BLOCK_INPUT,
  BLOCK_OUTPUT,
  type DataSettings,
  DEFAULT_DATA,
  DEFAULT_TRAINING,
  type Edge,
  emptyDocument,
  type Graph,
  type LayerNode,
  type LoomDocument,
  type TrainingSettings,
} from '../document/index.ts';
import { freeName, nameStem, PITCH, type Ports, portsOf } from '../graph/index.ts';
import type { JsonObject } from '../json.ts';
import type { BlockDefinition } from './blockDefinition.ts';

/** Place of a card on the grid: columns run right, rows down; the trunk is row 0. */
export interface Cell {
  readonly column: number;
  readonly row?: number;
}

/** A layer, the parameters that are not at their defaults, and its name where the next free one of its type does not do. */
export type LayerStep = readonly [type: LayerType, params?: JsonObject, name?: string];

/** A use of a block. */
export interface BlockStep {
  readonly block: BlockDefinition;
  /** Values of the block's parameters that are not at their defaults. */
  readonly values?: JsonObject;
  /** How often it stands in series; inside a block, the text of a formula too. */
  readonly repeat?: number | string;
  readonly name?: string;
}

/** What stands at one place of a chain. */
export type Step = LayerStep | BlockStep;

/** Where a wire comes from: the first output of a node, or the output of this name. */
export type Source = string | { readonly node: string; readonly port: string };

/** Draws a graph by hand: layers and uses of blocks at cells of a grid, wires between them. */
export class Sketch {
  private readonly nodes: Record<string, LayerNode> = {};
  private readonly edges: Record<string, Edge> = {};
  private readonly names = new Set<string>();
  private readonly definitions: Record<string, Graph> = {};

  /** Puts a layer on the grid and connects it to the nodes it reads, in order. Returns its id. */
  layer(type: LayerType, cell: Cell, reads: readonly Source[], params: JsonObject = {}, name?: string): string {
    const definition = findLayer(type);
    if (definition === undefined) throw new Error(`No layer type ${type} to draw`);
    const all = { ...defaultParams(definition), ...params };
    return this.put(
      { type, typeVersion: definition.version, params: all, name: name ?? `${nameStem(type)}_1` },
      cell,
      reads,
    );
  }

  /** Puts a use of a block on the grid, with its definition and those that it needs. Returns the use's id. */
  block({ block, values = {}, repeat = 1, name }: BlockStep, cell: Cell, reads: readonly Source[]): string {
    for (const graph of block.graphs) this.definitions[graph.id] = graph;
    const params = { graph: block.root, values, repeat };
    return this.put({ type: BLOCK, typeVersion: 1, params, name: name ?? nameStem(block.root) }, cell, reads);
  }

  /** An input of the block that is drawn. The first one drawn is the first of its uses. */
  input(name: string, cell: Cell): string {
    return this.port(BLOCK_INPUT, name, cell, []);
  }

  /** An output of the block that is drawn: what `read` puts out. */
  output(name: string, cell: Cell, read: Source): string {
    return this.port(BLOCK_OUTPUT, name, cell, [read]);
  }

  /** Nodes one after the other in one row, from a column on. Returns the id of the last. */
  chain(from: Source | null, start: Cell, steps: readonly Step[]): string {
    let last: Source | null = from;
    let id: string | null = null;
    steps.forEach((step, place) => {
      const cell = { ...start, column: start.column + place };
      const reads: readonly Source[] = last === null ? [] : [last];
      id = 'block' in step ? this.block(step, cell, reads) : this.layer(step[0], cell, reads, step[1], step[2]);
      last = id;
    });
    if (id === null) throw new Error('A chain needs at least one node');
    return id;
  }

  /** What was drawn as the definition of a block, behind the definitions that it uses. */
  definition(id: string, said: Omit<Graph, 'id' | 'nodes' | 'edges'>): readonly Graph[] {
    return [...Object.values(this.definitions), { id, ...said, nodes: this.nodes, edges: this.edges }];
  }

  /** What was drawn as the main graph of a document, with the definitions that it uses. */
  document(name: string, data: Partial<DataSettings>, training: Partial<TrainingSettings>): LoomDocument {
    const empty = emptyDocument(name);
    return {
      ...empty,
      graphs: {
        [empty.root]: { id: empty.root, nodes: this.nodes, edges: this.edges },
        ...this.definitions,
      },
      data: { ...DEFAULT_DATA, ...data },
      training: { ...DEFAULT_TRAINING, ...training },
    };
  }

  private port(type: string, name: string, cell: Cell, reads: readonly Source[]): string {
    const order = Object.values(this.nodes).filter((node) => node.type === type).length;
    return this.put({ type, typeVersion: 1, params: { order }, name }, cell, reads, name);
  }

  private put(
    node: Pick<LayerNode, 'type' | 'typeVersion' | 'name' | 'params'>,
    cell: Cell,
    reads: readonly Source[],
    id = `n${Object.keys(this.nodes).length + 1}`,
  ): string {
    const name = freeName(node.name, this.names);
    this.names.add(name);
    const position = { x: cell.column * PITCH.x, y: (cell.row ?? 0) * PITCH.y };
    this.nodes[id] = { id, ...node, name, position };
    reads.forEach((source, order) => {
      this.wire(source, id, order);
    });
    return id;
  }

  /** Several wires into one port that takes many, or each into a port of its own. */
  private wire(read: Source, target: string, place: number): void {
    const { node: source, port } = typeof read === 'string' ? { node: read, port: undefined } : read;
    const outputs = this.portsAt(source).outputs;
    const inputs = this.portsAt(target).inputs;
    const from = port === undefined ? outputs[0] : outputs.find(({ label, name }) => label === port || name === port);
    const [first] = inputs;
    const many = first?.arity === 'many';
    const to = many ? first : inputs[place];
    if (from === undefined || to === undefined) throw new Error(`No wire from ${source} to ${target}`);
    const id = `e${Object.keys(this.edges).length + 1}`;
    const order = many ? place : 0;
    this.edges[id] = { id, source, sourcePort: from.name, target, targetPort: to.name, order };
  }

  private portsAt(id: string): Ports {
    const node = this.nodes[id];
    if (node === undefined) throw new Error(`Nothing is called ${id}`);
    return portsOf(node, this.definitions);
  }
}
