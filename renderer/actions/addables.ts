import { type AnyLayerDefinition, FAMILY_LABELS, findLayer, listLayers } from '../../core/catalogue/index.ts';
import { BLOCK, BLOCK_INPUT, BLOCK_OUTPUT, type Graph } from '../../core/document/index.ts';
import { type Graphs, type Ports, portsOf } from '../../core/graph/index.ts';
import type { JsonObject } from '../../core/json.ts';
import { findBlock, type LibraryBlock, listBlocks } from '../../core/library/index.ts';
import { currentGraphs, useDocument } from '../stores/documentStore.ts';
import { blockLook, type NodeLook, nodeLook } from '../ui/nodeLook.ts';
import type { Searched } from './search.ts';

/** Something that can be put on the canvas: a layer, a port of a block, a block of the design or one of the library. */
export interface Addable extends Searched {
  /** Names it in drag data. */
  readonly key: string;
  readonly title: string;
  readonly tag?: string | undefined;
  /** What it is for. */
  readonly doc: string;
  readonly look: NodeLook;
  /** Type and parameters of the node that it becomes; of a block of the library once its definition is in the document. */
  readonly type: string;
  readonly params?: JsonObject;
  /** The block of the library that it comes from. */
  readonly library?: LibraryBlock;
}

const FROM_DESIGN = 'block:';
const FROM_LIBRARY = 'library:';

/** A layer type. */
export function layerAddable(layer: AnyLayerDefinition): Addable {
  const { type, title, tag, doc, keywords = [], family } = layer;
  return {
    key: type,
    title,
    tag,
    doc,
    type,
    look: nodeLook({ type }, {}),
    words: [...keywords, FAMILY_LABELS[family]],
  };
}

/** A definition of the design on screen. */
export function blockAddable(definition: Graph): Addable {
  const look = blockLook(definition);
  const doc = definition.doc ?? 'A block of this design.';
  const params = { graph: definition.id };
  return { key: FROM_DESIGN + definition.id, title: look.title, doc, type: BLOCK, params, look, words: ['block'] };
}

function libraryAddable(library: LibraryBlock): Addable {
  const { id, title, doc, hue, glyph, tags, source } = library;
  const look: NodeLook = { title, glyph, family: 'block', hue };
  return {
    key: FROM_LIBRARY + id,
    title,
    doc: `${doc} ${source.label}`,
    type: BLOCK,
    params: { graph: id },
    look,
    library,
    words: ['block', ...tags],
  };
}

const PORTS: readonly Addable[] = [
  portAddable(BLOCK_INPUT, 'Input of the block', 'Something more that enters the block.'),
  portAddable(BLOCK_OUTPUT, 'Output of the block', 'Something more that leaves the block.'),
];

function portAddable(type: string, title: string, doc: string): Addable {
  return { key: type, title, doc, type, look: nodeLook({ type }, {}), words: ['port'] };
}

/** Layers that can stand in the graph on screen, in palette order: in a block its ports are in place of Input and Output. */
export function layerAddables(inBlock: boolean): readonly Addable[] {
  const layers = listLayers().filter(({ family }) => !inBlock || family !== 'io');
  return [...(inBlock ? PORTS : []), ...layers.map(layerAddable)];
}

/** The definitions of a document, by name. */
export function designAddables(graphs: Graphs, root: string): readonly Addable[] {
  return Object.values(graphs)
    .filter(({ id }) => id !== root)
    .map(blockAddable)
    .sort((a, b) => a.title.localeCompare(b.title, 'en'));
}

let library: readonly Addable[] | null = null;

/** The blocks of the library, in its order. */
export function libraryAddables(): readonly Addable[] {
  library ??= listBlocks().map(libraryAddable);
  return library;
}

/** What a key in drag data stands for; null for one of another version, or of a block that is gone. */
export function findAddable(key: string): Addable | null {
  if (key.startsWith(FROM_LIBRARY)) {
    const block = findBlock(key.slice(FROM_LIBRARY.length));
    return block === undefined ? null : libraryAddable(block);
  }
  if (key.startsWith(FROM_DESIGN)) {
    const definition = useDocument.getState().document.graphs[key.slice(FROM_DESIGN.length)];
    return definition === undefined ? null : blockAddable(definition);
  }
  const layer = findLayer(key);
  return layer === undefined ? (PORTS.find((port) => port.key === key) ?? null) : layerAddable(layer);
}

/** Where wires will meet it. */
export function portsOfAddable({ type, params, library: block }: Addable): Ports {
  const graphs = block === undefined ? currentGraphs() : graphsOf(block);
  return portsOf({ type, ...(params !== undefined && { params }) }, graphs);
}

const definitions = new WeakMap<LibraryBlock, Graphs>();

function graphsOf(block: LibraryBlock): Graphs {
  const known = definitions.get(block) ?? Object.fromEntries(block.create().graphs.map((graph) => [graph.id, graph]));
  definitions.set(block, known);
  return known;
}
