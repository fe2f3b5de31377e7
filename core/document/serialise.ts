import type { z } from 'zod';
import type { JsonObject, JsonValue } from '../json.ts';
import { compareNatural } from './naturalOrder.ts';
import {
  blockParameterSchema,
  dataSettingsSchema,
  documentSchema,
  edgeSchema,
  graphSchema,
  type LoomDocument,
  layerNodeSchema,
  trainingSettingsSchema,
} from './schema.ts';
import { withUnknownSettings } from './unknownSettings.ts';

/** Short lists and flat objects (a position, a wire) stay on one line up to this width, so that one change is one line of a diff. */
const LINE_WIDTH = 120;

const keyOrder = (schema: z.ZodObject): readonly string[] => Object.keys(schema.shape);

/** Keys of each kind of object in schema order. What is not listed follows in natural order. */
interface Layout {
  readonly keys?: readonly string[];
  readonly children?: { readonly [key: string]: Layout };
  /** For records: the layout of every value. */
  readonly each?: Layout;
}

const LAYOUT: Layout = {
  keys: keyOrder(documentSchema),
  children: {
    graphs: {
      each: {
        keys: keyOrder(graphSchema),
        children: {
          parameters: { each: { keys: keyOrder(blockParameterSchema) } },
          nodes: { each: { keys: keyOrder(layerNodeSchema), children: { position: { keys: ['x', 'y'] } } } },
          edges: { each: { keys: keyOrder(edgeSchema) } },
        },
      },
    },
    data: {
      keys: keyOrder(dataSettingsSchema),
      children: {
        source: { keys: ['kind', 'id', 'path', 'columns', 'missing'] },
        split: { keys: keyOrder(dataSettingsSchema.shape.split) },
      },
    },
    training: {
      keys: keyOrder(trainingSettingsSchema),
      children: { optimizer: { keys: ['name'] } },
    },
  },
};

/**
 * The text of a `.loom` file: JSON, two spaces, keys in a fixed order, newline at the end. Equal documents give equal text
 * whatever order their objects were filled in, so that version control shows only what changed.
 */
export function serialiseDocument(document: LoomDocument): string {
  return `${write(withUnknownSettings(document), LAYOUT, '', 0)}\n`;
}

/** `lead`: characters already on the line (indentation and key). */
function write(value: JsonValue, layout: Layout, indent: string, lead: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const items = isList(value)
    ? value.map((item) => ({ head: '', item, layout: {} as Layout }))
    : sortedKeys(value, layout).map((key) => ({
        head: `${JSON.stringify(key)}: `,
        item: value[key] as JsonValue,
        layout: layout.each ?? childLayout(layout, key),
      }));
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return open + close;
  if (items.every(({ item }) => typeof item !== 'object' || item === null)) {
    const inside = items.map(({ head, item }) => head + JSON.stringify(item)).join(', ');
    const line = isList(value) ? `[${inside}]` : `{ ${inside} }`;
    if (lead + line.length <= LINE_WIDTH) return line;
  }
  const inner = `${indent}  `;
  const lines = items.map((i) => inner + i.head + write(i.item, i.layout, inner, inner.length + i.head.length));
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

/** A file may call a key `constructor`: only what the layout itself lists counts. */
function childLayout({ children = {} }: Layout, key: string): Layout {
  return (Object.hasOwn(children, key) ? children[key] : undefined) ?? {};
}

function sortedKeys(value: JsonObject, layout: Layout): readonly string[] {
  const known = layout.keys ?? [];
  const present = (key: string) => Object.hasOwn(value, key) && value[key] !== undefined;
  const ordered = new Set(known.filter(present));
  const rest = Object.keys(value).filter((key) => !ordered.has(key) && value[key] !== undefined);
  return [...ordered, ...rest.sort(compareNatural)];
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
