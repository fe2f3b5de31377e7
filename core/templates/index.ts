import type { Template } from './defineTemplate.ts';
import { autoencoder } from './designs/autoencoder.ts';
import { denseNet121 } from './designs/denseNet121.ts';
import { digitsCnn } from './designs/digitsCnn.ts';
import { digitsMlp } from './designs/digitsMlp.ts';
import { digitsResnet } from './designs/digitsResnet.ts';
import { digitsTransformer } from './designs/digitsTransformer.ts';
import { googLeNet } from './designs/googLeNet.ts';
import { irisMlp } from './designs/irisMlp.ts';
import { lenet5 } from './designs/lenet5.ts';
import { mobileNetV2 } from './designs/mobileNetV2.ts';
import { penguins } from './designs/penguins.ts';
import { resnet18 } from './designs/resnet18.ts';
import { digitsResnet20, resnet20 } from './designs/resnet20.ts';
import { resnet50 } from './designs/resnet50.ts';
import { uNet } from './designs/uNet.ts';
import { vgg11 } from './designs/vgg11.ts';
import { vgg16 } from './designs/vgg16.ts';
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
  digitsResnet20,
  digitsTransformer,
  lenet5,
  resnet20,
  autoencoder,
  uNet,
  vgg11,
  vgg16,
  googLeNet,
  resnet18,
  resnet50,
  denseNet121,
  mobileNetV2,
];

/** The template of this id; undefined where there is none. */
export function findTemplate(id: string): Template | undefined {
  return TEMPLATES.find((template) => template.id === id);
}
