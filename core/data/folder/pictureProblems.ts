import type { DataSettings } from '../../document/index.ts';
import { edit } from '../../edits.ts';
import type { Problem } from '../../errors.ts';
import type { FixPath } from './listingProblems.ts';
import type { PictureFacts, PictureForm } from './pictureJob.ts';

/** `a, b, c and 12 more` */
export function nameSome(names: readonly string[], shown = 3): string {
  const some = names.slice(0, shown).map((name) => `“${name}”`);
  const more = names.length - some.length;
  return more > 0 ? `${some.join(', ')} and ${more.toLocaleString('en')} more` : some.join(', ');
}

export interface BrokenPicture {
  readonly name: string;
  readonly fault: string;
  /** Of pictures whose format is not read, its name. */
  readonly format?: string;
}

/** Pictures that are left out: of formats that are not read, and those that cannot be decoded. */
export function brokenProblems(left: readonly BrokenPicture[], of: number): Problem[] {
  const kinds = left.filter(({ format }) => format !== undefined);
  const broken = left.filter(({ format }) => format === undefined);
  return [...kindProblem(kinds), ...brokenProblem(broken, of)];
}

function kindProblem(kinds: readonly BrokenPicture[]): Problem[] {
  if (kinds.length === 0) return [];
  const one = kinds.length === 1;
  const some = kinds.slice(0, 3).map(({ name, format }) => `“${name}” (${format})`);
  const more = kinds.length - some.length;
  return [
    {
      code: 'picture-kind',
      severity: 'warning',
      title: 'Format not read',
      message: `${one ? '1 picture is' : `${kinds.length.toLocaleString('en')} pictures are`} of a format that the app and its exported programs do not read alike, and left out: ${some.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}. Save ${one ? 'it' : 'them'} as PNG or JPEG.`,
      facts: {
        files: kinds.slice(0, 100).map(({ name }) => name),
        why: kinds.slice(0, 100).map(({ format }) => `is ${format ?? 'of another format'}`),
        formats: [...new Set(kinds.map(({ format }) => format ?? ''))],
        count: kinds.length,
      },
    },
  ];
}

/** Pictures that cannot be decoded and are left out. */
function brokenProblem(broken: readonly BrokenPicture[], of: number): Problem[] {
  if (broken.length === 0) return [];
  const one = broken.length === 1;
  const some = broken.slice(0, 3).map(({ name, fault }) => `“${name}” ${fault}`);
  const more = broken.length - some.length;
  return [
    {
      code: 'picture-broken',
      severity: 'warning',
      title: one ? 'Unusable picture' : 'Unusable pictures',
      message: `${broken.length.toLocaleString('en')} of ${of.toLocaleString('en')} pictures cannot be read and ${one ? 'is' : 'are'} left out: ${some.join('; ')}${more > 0 ? `; and ${more.toLocaleString('en')} more` : ''}. Replace or remove ${one ? 'it' : 'them'}.`,
      facts: {
        files: broken.slice(0, 100).map(({ name }) => name),
        why: broken.slice(0, 100).map(({ fault }) => fault),
        count: broken.length,
      },
    },
  ];
}

/** Class folders without a single usable picture. */
export function emptyFolders(empty: readonly string[]): Problem[] {
  if (empty.length === 0) return [];
  const one = empty.length === 1;
  const message = `${nameSome(empty)} ${one ? 'has' : 'have'} no usable picture, so ${one ? 'it is no class' : 'they are no classes'}. Add pictures, or remove the ${one ? 'folder' : 'folders'}.`;
  return [
    {
      code: 'class-without-pictures',
      severity: 'warning',
      title: 'Empty folder',
      message,
      facts: { folders: [...empty] },
    },
  ];
}

/** Folders that say which part each picture is in. */
export function partsNote(parts: readonly { readonly folder: string; readonly part: string }[]): Problem[] {
  if (parts.length === 0) return [];
  const all = new Set(parts.map(({ part }) => part));
  const missing = ['validation', 'test'].filter((part) => !all.has(part));
  const rest = missing.length === 0 ? '' : ` The ${missing.join(' and ')} part is taken from training by its fraction.`;
  return [
    {
      code: 'folder-parts',
      severity: 'info',
      title: 'Parts by folder',
      message: `The folders ${nameSome(
        parts.map(({ folder }) => folder),
        6,
      )} say which part their pictures belong to.${rest}`,
      facts: { folders: parts.map(({ folder }) => folder) },
    },
  ];
}

/**
 * What stands in the way of training a classifier with so many pictures of these classes.
 * @param outer the folder further in that holds all pictures, in folders of its own; null where there is none
 */
export function classProblems(
  classes: readonly string[],
  counts: readonly number[],
  outer: string | null = null,
  fixPath: FixPath | null = null,
): Problem[] {
  const [only] = classes;
  if (classes.length === 0) {
    const message = 'Not one of the pictures can be read, so there is nothing to learn from. Choose another folder.';
    return [{ code: 'no-pictures', severity: 'error', title: 'No pictures', message }];
  }
  if (classes.length === 1 && only !== undefined && outer !== null) {
    return [
      {
        code: 'one-class',
        severity: 'error',
        title: 'Folder around the classes',
        message: `All ${(counts[0] ?? 0).toLocaleString('en')} pictures are further in, in folders of “${outer}”. The class folders seem to lie there: choose “${outer}” itself.`,
        facts: { class: only, outer },
        ...(fixPath === null ? {} : { fixes: [fixPath(`Use “${outer}”`, outer)] }),
      },
    ];
  }
  if (classes.length === 1 && only !== undefined) {
    return [
      {
        code: 'one-class',
        severity: 'error',
        title: 'One class only',
        message: `All ${(counts[0] ?? 0).toLocaleString('en')} pictures are in one folder, “${only}”, so there is nothing to tell apart. Put the pictures of each class in a folder of their own.`,
        facts: { class: only },
      },
    ];
  }
  const few = classes.filter((_, i) => (counts[i] ?? 0) < 3);
  if (few.length === 0) return [];
  return [
    {
      code: 'few-pictures',
      severity: 'warning',
      title: 'Few pictures',
      message: `${nameSome(few)} ${few.length === 1 ? 'has' : 'have'} fewer than 3 pictures: too few to train, validate and test with. Add more.`,
      facts: { classes: few.slice(0, 100) },
    },
  ];
}

/** What to know of sizes, depth, transparency and orientation, which all do no harm. */
export function pictureNotes(facts: readonly PictureFacts[], form: PictureForm, settings: DataSettings): Problem[] {
  const notes: Problem[] = [];
  const { height, width, fit } = form;
  const heights = facts.map((fact) => fact.height);
  const widths = facts.map((fact) => fact.width);
  const sizes = new Set(facts.map((fact) => `${fact.height}×${fact.width}`));
  const first = facts[0];
  if (
    settings.resize === null &&
    first !== undefined &&
    (sizes.size > 1 || first.height !== height || first.width !== width)
  ) {
    const found =
      sizes.size > 1
        ? `Pictures come in ${sizes.size.toLocaleString('en')} sizes, ${span(heights)} pixels high and ${span(widths)} wide`
        : `Pictures are ${first.height}×${first.width} pixels, more than a network can take`;
    notes.push({
      code: 'picture-sizes',
      severity: 'info',
      title: sizes.size > 1 ? 'Mixed sizes' : 'Large pictures',
      message: `${found}. All are brought to ${height}×${width}${fit === 'crop' ? ', the longer side cropped' : ', stretched where needed'}. Choose another size in the settings.`,
      facts: { sizes: sizes.size, height, width },
      fixes: [128, 224].map((side) => ({
        label: `Use ${side}×${side}`,
        edit: edit('setData', { data: { resize: [side, side] } }),
      })),
    });
  }
  const note = (count: number, code: string, title: string, one: string, many: string): void => {
    if (count === 0) return;
    const message = count === 1 ? `1 picture ${one}` : `${count.toLocaleString('en')} pictures ${many}`;
    notes.push({ code, severity: 'info', title, message, facts: { count } });
  };
  const countOf = (key: 'alpha' | 'deep' | 'turned'): number => facts.filter((fact) => fact[key]).length;
  note(
    countOf('turned'),
    'picture-orientation',
    'Camera orientation',
    'carries a camera’s note to turn it. It is taken as stored, as Keras and PyTorch do.',
    'carry a camera’s note to turn them. They are taken as stored, as Keras and PyTorch do.',
  );
  note(
    countOf('alpha'),
    'picture-transparency',
    'Transparency',
    'has transparent parts. Transparency is dropped; the colours stored beneath it are used.',
    'have transparent parts. Transparency is dropped; the colours stored beneath it are used.',
  );
  note(
    countOf('deep'),
    'picture-depth',
    'More than 8 bits',
    'has more than 8 bits a channel; the upper 8 are used.',
    'have more than 8 bits a channel; the upper 8 are used.',
  );
  return notes;
}

function span(values: readonly number[]): string {
  // Not Math.min(...values): a hundred thousand arguments are more than a call takes.
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  return low === high ? String(low) : `${low} to ${high}`;
}
