/** One feature column of a table, in the order of the network's inputs. */
export type FeatureLayout =
  | {
      readonly name: string;
      readonly kind: 'numeric';
      /** value -> (value - subtract) / divide, as found among the training rows. */
      readonly subtract: number;
      readonly divide: number;
      /** What stands in for no value; null where rows without one are left out. */
      readonly fill: number | null;
    }
  /** `values`: its one-hot columns in order. */
  | {
      readonly name: string;
      readonly kind: 'categorical';
      readonly values: readonly string[];
      readonly fill: string | null;
    };

/** One target column of a table. */
export interface TargetLayout {
  /** Field of the dataset. */
  readonly field: string;
  readonly column: string;
  /** Class names in index order; null for regression. */
  readonly classes: readonly string[] | null;
}

/** How the cells of one column are written. */
export interface ColumnLayout {
  /** Made up where the file names none. */
  readonly name: string;
  /** What stands before or behind its numbers; `''`: nothing. */
  readonly unit: string;
  /** Which text of a category stands for which other. */
  readonly spellings: readonly (readonly [from: string, to: string])[];
}

/** How the file of a table is written, and what its columns mean: what another program needs to read it alike. */
export interface TableLayout {
  readonly kind: 'table';
  /** Absolute path of the person's own file; null for a table that comes with Layerloom. */
  readonly path: string | null;
  readonly encoding: 'utf-8' | 'utf-16' | 'windows-1252';
  /** In file order. */
  readonly columns: readonly ColumnLayout[];
  /** Between cells; a blank stands for any number of blanks. */
  readonly separator: string;
  readonly quote: string;
  /** Rows before the heading or the data; empty lines do not count. */
  readonly skip: number;
  /** Rows that begin with this are no data; `''`: there are none. */
  readonly comment: string;
  /** Whether the first row holds names. */
  readonly heading: boolean;
  readonly decimal: '.' | ',';
  /** What groups digits; `''`: nothing. */
  readonly thousands: '' | ',' | '.' | ' ' | "'";
  /** Numbers in parentheses are negative. */
  readonly parentheses: boolean;
  /** Letters behind numbers that stand for powers of ten; null: none do. */
  readonly magnitudes: Readonly<Record<string, number>> | null;
  /** Texts that stand for no value in place of the usual ones; null: the usual ones. */
  readonly missing: readonly string[] | null;
  /** Some number has the minus sign of typesetting (U+2212). */
  readonly longMinus: boolean;
  /** Blanks stand between a separator and a quotation mark. */
  readonly blanksBeforeQuotes: boolean;
  readonly features: readonly FeatureLayout[];
  readonly targets: readonly TargetLayout[];
}

/** Where pictures are and what is made of them: what another program needs to read a folder alike. */
export interface FolderLayout {
  readonly kind: 'pictures';
  /** Absolute path. */
  readonly path: string;
  /** Class folders in the order of their numbers. */
  readonly classes: readonly string[];
  /** Folders that stand for parts, in the order in which a class's pictures are listed; empty where fractions alone decide. */
  readonly parts: readonly { readonly folder: string; readonly part: 'train' | 'validation' | 'test' }[];
  /** Endings, in lower case, of the files to read: the usual ones, and any other that a usable picture has. */
  readonly endings: readonly string[];
  /** Files, relative to the folder and with `/`, that end so and are none that can be used. */
  readonly leftOut: readonly string[];
  readonly form: {
    readonly height: number;
    readonly width: number;
    readonly channels: 1 | 3;
    readonly fit: 'stretch' | 'crop';
  };
  /** The fractions that are dealt out: 0 for a part that has a folder. */
  readonly fractions: { readonly validation: number; readonly test: number };
}

/** How data in files are laid out. Plain JSON; found by `core/data` while it reads them, used by writers of code. */
export type DataLayout = TableLayout | FolderLayout;
