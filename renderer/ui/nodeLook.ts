import { type Family, findLayer, type Glyph } from '../../core/catalogue/index.ts';
import { BLOCK, BLOCK_INPUT, BLOCK_OUTPUT, readBlockUse } from '../../core/document/index.ts';
import type { Graphs, PortOwner } from '../../core/graph/index.ts';

/** How a node is shown wherever it is drawn or named. */
export interface NodeLook {
  /** What kind of node it is, or the block it uses. */
  readonly title: string;
  readonly glyph: Glyph | 'block' | 'unknown';
  /** Null for a layer type that this version does not know. */
  readonly family: Family | 'block' | null;
  /** A colour of its own, in degrees; null where it has its family's. */
  readonly hue: number | null;
}

/** Title, sign and colour of a layer, a use of a block, or a port of a block. */
export function nodeLook({ type, params = {} }: PortOwner, graphs: Graphs): NodeLook {
  switch (type) {
    case BLOCK: {
      const read = readBlockUse(params);
      const definition = 'use' in read && Object.hasOwn(graphs, read.use.graph) ? graphs[read.use.graph] : undefined;
      if (definition === undefined) return { title: 'Block', glyph: 'unknown', family: null, hue: null };
      return blockLook(definition);
    }
    case BLOCK_INPUT:
      return { title: 'In', glyph: 'input', family: 'io', hue: null };
    case BLOCK_OUTPUT:
      return { title: 'Out', glyph: 'output', family: 'io', hue: null };
    default: {
      const layer = findLayer(type);
      return {
        title: layer?.title ?? type,
        glyph: layer?.glyph ?? 'unknown',
        family: layer?.family ?? null,
        hue: null,
      };
    }
  }
}

/** How the uses of a definition look. */
export function blockLook({ id, name, hue }: Pick<Graphs[string], 'id' | 'name' | 'hue'>): NodeLook {
  return { title: name ?? id, glyph: 'block', family: 'block', hue: hue ?? null };
}
