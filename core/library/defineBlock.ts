import type { Glyph } from '../catalogue/index.ts';
import type { BlockParameterKind, Graph } from '../document/index.ts';
import type { BlockDefinition } from './blockDefinition.ts';
import { Sketch } from './sketch.ts';

/** A parameter of a block as its definition holds it. */
export type BlockParameter = NonNullable<Graph['parameters']>[string] & { readonly kind: BlockParameterKind };

/** What the author of a block says of it. */
export interface BlockFacts {
  /** Never changes: definitions in documents are known by it. */
  readonly id: string;
  readonly title: string;
  /** One paragraph: what it does, and when one takes it. */
  readonly doc: string;
  /** The paper or reference it follows. */
  readonly source: { readonly label: string; readonly url: string };
  /** Colour of its cards, in degrees. */
  readonly hue: number;
  readonly glyph: Glyph;
  /** Other words by which it is looked for. */
  readonly tags: readonly string[];
}

/** A block of the library. */
export interface LibraryBlock extends BlockFacts {
  /** Its definition, to be copied into a document: a file never depends on the library. */
  create(): BlockDefinition;
}

/** A block of the library from what is said of it, its parameters in the order of a form, and its drawing. */
export function defineBlock({
  parameters,
  draw,
  ...said
}: BlockFacts & {
  readonly parameters: { readonly [name: string]: BlockParameter };
  draw(sketch: Sketch): void;
}): LibraryBlock {
  const { id, title: name, doc, hue, source } = said;
  const ordered = Object.fromEntries(
    Object.entries(parameters).map(([key, parameter], order) => [key, { ...parameter, order }]),
  );
  return {
    ...said,
    create() {
      const sketch = new Sketch();
      draw(sketch);
      return { graphs: sketch.definition(id, { name, doc, hue, source, parameters: ordered }), root: id };
    },
  };
}
