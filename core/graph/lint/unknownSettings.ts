import { type LoomDocument, standIn, type UnknownSetting, unknownKeys } from '../../document/index.ts';
import type { EditFix, Problem } from '../../errors.ts';
import type { JsonValue } from '../../json.ts';
import { shorten } from '../../shorten.ts';
import { type AnyClipping, CLIPPINGS } from '../../training/index.ts';
import { defineRule } from './defineRule.ts';
import { dropUnknownSetting, setTraining, together } from './fixes.ts';

/** Settings that are told one by one: a table may have one for each of thousands of columns. */
const SHOWN_EACH = 20;

const TITLES: { readonly [path: string]: string } = {
  'training.optimizer': 'Optimiser',
  'training.schedule': 'Schedule',
  'training.clipping': 'Gradient clipping',
  'training.backend': 'Device',
  'data.source': 'Data source',
  'data.scaling': 'Scaling',
};

/**
 * What only a newer version knows. Choices (an optimiser) are kept in the file and stop training and exporting, which would be by another
 * choice; settings of an unknown name are kept without any effect, as unknown parameters of layers are.
 */
export const unknownSettings = defineRule({
  name: 'unknown-setting',
  *check({ document }) {
    const choices = document.unknownSettings ?? [];
    yield* choices.slice(0, SHOWN_EACH).map((setting) => unknownChoice(document, setting));
    yield* more('error', choices);
    const keys = unknownKeys(document);
    yield* keys.slice(0, SHOWN_EACH).map((path) => unknownKey(document, path));
    yield* more('warning', keys);
  },
});

function unknownChoice(document: LoomDocument, setting: UnknownSetting): Problem {
  const place = setting.path.join('.');
  const title = TITLES[place] ?? shorten(setting.path.slice(1).join('.'));
  const asked = nameOf(setting.value as JsonValue);
  const known = nameOf(standIn(document, setting) ?? null);
  return {
    code: 'unknown-setting',
    severity: 'error',
    title: 'Unknown setting',
    message: `${title}: the design asks for “${asked}”, which this version of Layerloom does not know. It is kept in the file as it is, but nothing is trained or exported with another in its place. Update Layerloom, or use ${known}.`,
    param: place,
    facts: { path: [...setting.path], value: asked },
    fixes: [dropUnknownSetting(`Use ${known}`, setting.path)],
  };
}

function unknownKey(document: LoomDocument, path: readonly string[]): Problem {
  const [section = '', ...name] = path;
  const shown = shorten(name.join('.'));
  return {
    code: 'unknown-setting',
    severity: 'warning',
    title: 'Unknown setting',
    message: `This version of Layerloom knows no “${shown}” in the ${section} settings. It is kept in the file without any effect: training goes on as if it were not there.`,
    param: path.join('.'),
    facts: { path: [...path] },
    fixes: [...meantClipping(document, path), dropUnknownSetting(`Remove ${shown}`, path)],
  };
}

/** What the arguments of Keras's optimisers (`clipnorm`, as `clipNorm` or `clip_norm` too) most likely mean by their value. */
function meantClipping({ training }: LoomDocument, [section, ...name]: readonly string[]): EditFix[] {
  const key = name.at(-1) ?? '';
  const inOptimizer = name.length === 2 && name[0] === 'optimizer';
  if (section !== 'training' || !(name.length === 1 || inOptimizer)) return [];
  const holder: { readonly [key: string]: unknown } = inOptimizer ? training.optimizer : training;
  const limit = holder[key];
  const plain = (text: string) => text.replaceAll('_', '').toLowerCase();
  if (typeof limit !== 'number' || !(limit > 0)) return [];
  return Object.values<AnyClipping>(CLIPPINGS).flatMap((clipping) => {
    const [param = ''] = Object.keys(clipping.params);
    const meant = Object.keys(clipping.keras({ [param]: limit })).some((argument) => plain(argument) === plain(key));
    if (!meant) return [];
    const label = `Clip gradients ${clipping.title.toLowerCase()} at ${limit}`;
    const chosen = setTraining(label, { clipping: { name: clipping.name, [param]: limit } });
    return [together(label, chosen, dropUnknownSetting(label, [section, ...name]))];
  });
}

/** The rest of a long list, counted. */
function more(severity: Problem['severity'], all: readonly unknown[]): Problem[] {
  const count = all.length - SHOWN_EACH;
  if (count <= 0) return [];
  const message = `So it is with ${count.toLocaleString('en')} more settings.`;
  return [{ code: 'unknown-setting', severity, title: 'Unknown settings', message, facts: { more: count } }];
}

/** How a choice calls itself: text, or the name, kind or id of an object. */
function nameOf(value: JsonValue): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return shorten(String(value));
  const object = value as { readonly [key: string]: JsonValue };
  if (object.kind === 'none') return 'no data';
  return shorten(
    String((object.kind === 'builtin' ? object.id : undefined) ?? object.name ?? object.kind ?? 'something'),
  );
}
