import type { DataSource } from '../../document/index.ts';

export type BuiltinId = Extract<DataSource, { kind: 'builtin' }>['id'];

/** The datasets that come with Layerloom, for lists to choose from. Their content is loaded by `node.ts` only. */
export const BUILTIN_DATASETS: readonly {
  readonly id: BuiltinId;
  readonly title: string;
  readonly kind: 'image' | 'table';
  readonly description: string;
}[] = [
  {
    id: 'digits',
    title: 'Digits',
    kind: 'image',
    description: '1,797 handwritten digits, 8×8 grey pixels, 10 classes.',
  },
  {
    id: 'iris',
    title: 'Iris',
    kind: 'table',
    description: '150 flowers, 4 measures, 3 species.',
  },
  {
    id: 'penguins',
    title: 'Palmer penguins',
    kind: 'table',
    description: '344 penguins, 3 species: measures, island and sex. 11 rows have missing values and are left out.',
  },
  {
    id: 'xor',
    title: 'XOR',
    kind: 'table',
    description: 'The 4 rows of exclusive or: the smallest problem a single layer cannot solve.',
  },
];
