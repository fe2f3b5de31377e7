import { serialiseDocument } from '../../../core/document/index.ts';
import { SMALL_TEMPLATES } from '../../smallTemplates.ts';
import { drawFrom } from './draw.ts';
import { spoilJson, spoilText } from './spoil.ts';

const SOUND = SMALL_TEMPLATES.map((template) => serialiseDocument(template.create()));

/** The text of a template with a few things wrong; the same for a seed everywhere. */
export function spoiledDocument(seed: number): string {
  const draw = drawFrom(seed);
  const text = draw.pick(SOUND);
  if (draw.chance(0.2)) return spoilText(text, draw);
  const json = JSON.parse(text);
  for (let i = 0, times = 1 + draw.below(5); i < times; i++) spoilJson(json, draw);
  return JSON.stringify(json);
}
