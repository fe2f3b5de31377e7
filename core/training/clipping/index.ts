import { byName, type SettingsOf } from '../../params/index.ts';
import type { AnyClipping } from './defineClipping.ts';
import { globalNorm } from './globalNorm.ts';
import { none } from './none.ts';
import { value } from './value.ts';
import { weightNorm } from './weightNorm.ts';

export type { AnyClipping } from './defineClipping.ts';
export { normOf } from './norm.ts';

/** Every way of clipping gradients, in the order in which lists show them. */
export const CLIPPINGS = byName(none, globalNorm, weightNorm, value);

export type ClippingName = keyof typeof CLIPPINGS;

/** The settings of one of them: its name and its parameters. */
export type ClippingSettings = SettingsOf<(typeof CLIPPINGS)[ClippingName]>;

/** Of a design that says nothing of clipping. */
export const NO_CLIPPING: ClippingSettings = { name: 'none' };

/** The entry that these settings name. */
export function clippingOf(settings: ClippingSettings): AnyClipping {
  return CLIPPINGS[settings.name];
}
