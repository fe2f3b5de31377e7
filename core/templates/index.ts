import type { Template } from './defineTemplate.ts';
import { digitsCnn } from './designs/digitsCnn.ts';
import { digitsMlp } from './designs/digitsMlp.ts';
import { digitsResnet } from './designs/digitsResnet.ts';
import { digitsTransformer } from './designs/digitsTransformer.ts';
import { irisMlp } from './designs/irisMlp.ts';
import { lenet5 } from './designs/lenet5.ts';
import { penguins } from './designs/penguins.ts';
import { vgg11 } from './designs/vgg11.ts';
import { xorMlp } from './designs/xorMlp.ts';

export type { Template } from './defineTemplate.ts';

/** Designs to start from, simplest first. A new one is one file and one line here. */
export const TEMPLATES: readonly Template[] = [
  xorMlp,
  irisMlp,
  penguins,
  digitsMlp,
  digitsCnn,
  digitsResnet,
  digitsTransformer,
  lenet5,
  vgg11,
];

/** The template of this id; undefined where there is none. */
export function findTemplate(id: string): Template | undefined {
  return TEMPLATES.find((template) => template.id === id);
}
