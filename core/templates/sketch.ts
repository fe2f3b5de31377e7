import { defaultParams, findLayer, type LayerType } from '../catalogue/index.ts';
import {
  type DataSettings,
  DEFAULT_DATA,
  DEFAULT_TRAINING,
  type Edge,
  emptyDocument,
  type LayerNode,
  type LoomDocument,
  type TrainingSettings,
} from '../document/index.ts';
import { autoName, layerPorts, PITCH } from '../graph/index.ts';
import type { JsonObject } from '../json.ts';

/** Place of a card on the grid: columns run right, rows down; the trunk is row 0. */
export interface Cell {
  readonly column: number;
  readonly row?: number;
}

/** A layer and the parameters that are not at their defaults. */
export type Step = readonly [type: LayerType, params?: JsonObject];

/** Lays out a template by hand: layers at cells of a grid, wires between them. */
export class Sketch {
  private readonly nodes: Record<string, LayerNode> = {};
  private readonly edges: Record<string, Edge> = {};
  private readonly names = new Set<string>();

  /** Puts a layer on the grid and connects it to the ones it reads, in order. Returns its id. */
  layer(type: LayerType, cell: Cell, reads: readonly string[], params: JsonObject = {}): string {
    const definition = findLayer(type);
    if (definition === undefined) throw new Error(`No layer type ${type} for this template`);
    const id = `n${Object.keys(this.nodes).length + 1}`;
    const name = autoName(type, this.names);
    this.names.add(name);
    this.nodes[id] = {
      id,
      type,
      typeVersion: definition.version,
      name,
      params: { ...defaultParams(definition), ...params },
      position: { x: cell.column * PITCH.x, y: (cell.row ?? 0) * PITCH.y },
    };
    reads.forEach((source, order) => {
      this.wire(source, id, order);
    });
    return id;
  }

  /** Layers one after the other in one row, from a column on. Returns the id of the last. */
  chain(from: string | null, start: Cell, layers: readonly Step[]): string {
    let last = from;
    layers.forEach(([type, params], step) => {
      last = this.layer(type, { ...start, column: start.column + step }, last === null ? [] : [last], params);
    });
    if (last === null) throw new Error('A chain needs at least one layer');
    return last;
  }

  /** What was drawn, as a document. */
  document(name: string, data: Partial<DataSettings>, training: Partial<TrainingSettings>): LoomDocument {
    const empty = emptyDocument(name);
    return {
      ...empty,
      graphs: { [empty.root]: { id: empty.root, nodes: this.nodes, edges: this.edges } },
      data: { ...DEFAULT_DATA, ...data },
      training: { ...DEFAULT_TRAINING, ...training },
    };
  }

  private wire(source: string, target: string, order: number): void {
    const [from, to] = [this.nodes[source], this.nodes[target]];
    const sourcePort = from && layerPorts(from).outputs[0]?.name;
    const targetPort = to && layerPorts(to).inputs[0]?.name;
    if (sourcePort === undefined || targetPort === undefined) throw new Error(`No wire from ${source} to ${target}`);
    const id = `e${Object.keys(this.edges).length + 1}`;
    this.edges[id] = { id, source, sourcePort, target, targetPort, order };
  }
}
