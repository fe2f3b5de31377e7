import type { LoomDocument } from '../document/index.ts';

/** A design to start from. */
export interface Template {
  /** As `layerloom new` takes it. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** A fresh document each time. */
  create(): LoomDocument;
}

/** Types a template; adds nothing at run time. */
export function defineTemplate(template: Template): Template {
  return template;
}
