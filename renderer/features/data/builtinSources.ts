import type { DataSource } from '../../../core/document/index.ts';

export type BuiltinId = Extract<DataSource, { kind: 'builtin' }>['id'];

export interface BuiltinSource {
  readonly id: BuiltinId;
  readonly title: string;
  /** What one sample is and what it is for. */
  readonly about: string;
  /** Count and shape, for the card. Exact figures come from the data once it is chosen. */
  readonly facts: string;
}

/** The data that comes with the app. */
export const BUILTIN_SOURCES: readonly BuiltinSource[] = [
  {
    id: 'digits',
    title: 'Digits',
    about: 'Handwritten digits as small grey pictures, ten classes.',
    facts: '1,797 pictures · 8×8',
  },
  {
    id: 'iris',
    title: 'Iris',
    about: 'Four measurements of a flower, three species.',
    facts: '150 rows · 4 columns',
  },
  {
    id: 'penguins',
    title: 'Penguins',
    about: 'Measurements of penguins with gaps in them, three species.',
    facts: '344 rows · 6 columns',
  },
  {
    id: 'xor',
    title: 'XOR',
    about: 'Two bits and whether they differ: the smallest test there is.',
    facts: '4 rows · 2 columns',
  },
];
