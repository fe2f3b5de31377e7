import type { LoomDocument } from '../document/index.ts';

/** A design to start from. */
export interface Template {
  /** As `layerloom new` takes it. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Layers of the whole network but Input and Output, blocks written out. */
  readonly layers: number;
  /** Weights of all of them, moving statistics too. Stated, so that a list of templates need not analyse each. */
  readonly parameters: number;
  /** Its drawing means something by itself, as a U does: a window does not fold it into rows. */
  readonly keepsDrawing?: true;
  /** A fresh document each time. */
  create(): LoomDocument;
}

/** Types a template; adds nothing at run time. */
export function defineTemplate(template: Template): Template {
  return template;
}
