import { DESIGN_FORMAT, EXPORT_FORMATS, type ExportFormat } from '../../formats/index.ts';
import type { PathPurpose } from '../../pathSchema.ts';

/** Tables come in files of these endings. */
export const TABLE_EXTENSIONS = ['csv', 'tsv', 'tab', 'txt', 'dat', 'data'] as const;

/** One thing a person is asked to choose. */
export interface Choice {
  readonly mode: 'open' | 'save' | 'directory';
  readonly title: string;
  /** What the window is given with the answer. */
  readonly purpose: Exclude<PathPurpose, 'start' | 'designOfData'>;
  /** Endings of the file, without a dot, the usual one first; none for a folder. */
  readonly extensions: readonly string[];
  /** What such a file is called. */
  readonly called: string;
}

const design = { purpose: 'design', extensions: DESIGN_FORMAT.extensions, called: DESIGN_FORMAT.title } as const;

type ExportChoice = `export.${ExportFormat}`;
type ChoiceName = 'design.open' | 'design.save' | 'data.table' | 'data.pictures' | ExportChoice;

/** Everything a file dialog can be opened for. Windows name one; titles and kinds of files are the host's. */
export const CHOICES: { readonly [N in ChoiceName]: Choice } = {
  'design.open': { ...design, mode: 'open', title: 'Open a design' },
  'design.save': { ...design, mode: 'save', title: 'Save the design' },
  'data.table': {
    mode: 'open',
    title: 'Choose a table',
    purpose: 'table',
    extensions: TABLE_EXTENSIONS,
    called: 'Table (comma-separated values or the like)',
  },
  'data.pictures': {
    mode: 'directory',
    title: 'Choose a folder with a folder of pictures for each class',
    purpose: 'pictures',
    extensions: [],
    called: 'Folder of pictures',
  },
  ...exportChoices(),
};

export type ChoiceId = keyof typeof CHOICES;
export const CHOICE_IDS = Object.keys(CHOICES) as [ChoiceId, ...ChoiceId[]];

/** Where an export is written: one file, or a folder of several. */
function exportChoices(): { readonly [N in ExportChoice]: Choice } {
  const choices = EXPORT_FORMATS.map(({ id, title, extensions }): [ExportChoice, Choice] => [
    `export.${id}`,
    extensions.length === 0
      ? {
          mode: 'directory',
          title: `Folder for the ${title} model`,
          purpose: 'export',
          extensions: [],
          called: 'Folder',
        }
      : { mode: 'save', title: `Save the ${title}`, purpose: 'export', extensions, called: title },
  ]);
  // The type that Object.fromEntries gives has lost which names there are.
  return Object.fromEntries(choices) as { readonly [N in ExportChoice]: Choice };
}

/** The path with the choice's usual ending, once, where it is a file to be written. */
export function withEnding({ mode, extensions: [usual] }: Choice, path: string): string {
  return mode !== 'save' || usual === undefined || path.toLowerCase().endsWith(`.${usual}`) ? path : `${path}.${usual}`;
}
