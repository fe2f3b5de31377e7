/** One feature column of a table, in the order of the network's inputs. */
export type TableFeature =
  | {
      readonly name: string;
      readonly kind: 'numeric';
      /** As a run found it: value -> (value - subtract) / divide, and what stands in for no value. Absent: found by the program. */
      readonly found?: { readonly subtract: number; readonly divide: number; readonly fill: number | null };
    }
  /** `values`: its one-hot columns in order. */
  | {
      readonly name: string;
      readonly kind: 'categorical';
      readonly values: readonly string[];
      readonly found?: { readonly fill: string | null };
    };

export interface TableTarget {
  /** Field of the dataset. */
  readonly field: string;
  readonly column: string;
  /** Class names in index order; null for regression. */
  readonly classes: readonly string[] | null;
}

/** What a CSV file's columns mean: as the Data room settled it. */
export interface TableEncoding {
  readonly features: readonly TableFeature[];
  readonly targets: readonly TableTarget[];
  readonly missing: 'dropRow' | 'meanOrMode' | 'error';
}

/** Where a CSV file is and how it is written. */
export interface CsvLayout {
  /** As the program will open it: absolute, or the name of a file beside the program. */
  readonly path: string;
  /** The file lies beside the program. */
  readonly beside: boolean;
  /** Python's name of the text encoding. */
  readonly encoding: string;
  /** In file order. */
  readonly columns: readonly CsvColumn[];
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
  /** Some number has the minus sign of typesetting. */
  readonly longMinus: boolean;
  /** Blanks stand between a separator and a quotation mark. */
  readonly blanksBeforeQuotes: boolean;
}

export interface CsvColumn {
  readonly name: string;
  /** What stands before or behind its numbers; `''`: nothing. */
  readonly unit: string;
  /** Which text of a category stands for which other. */
  readonly spellings: ReadonlyMap<string, string>;
}

/** Where pictures are and what is made of them. */
export interface PictureFolder {
  /** Absolute path. */
  readonly path: string;
  /** Class folders in the order of their numbers. */
  readonly classes: readonly string[];
  /** Folders that stand for parts; empty where fractions alone decide. */
  readonly parts: readonly { readonly folder: string; readonly part: 'train' | 'validation' | 'test' }[];
  /** Endings of the files to read, in lower case. */
  readonly endings: readonly string[];
  /** Files that end so but are not used, relative to the folder. */
  readonly leftOut: readonly string[];
  readonly form: {
    readonly height: number;
    readonly width: number;
    readonly channels: 1 | 3;
    readonly fit: 'stretch' | 'crop';
  };
}

/** What the document alone does not say of its data. */
export interface KerasCodeContext {
  /**
   * Name of the file beside the program that says which sample was in which part of a run: rows by their key, pictures by path and digest.
   * Absent: the program deals the samples out itself.
   */
  readonly partsFile?: string | null;
  /** The run whose parts nobody recorded: the program says that it deals out what it finds. */
  readonly unrecorded?: boolean;
  /** How many samples each part has; null when the data have not been read. */
  readonly splits: { readonly train: number; readonly validation: number; readonly test: number } | null;
  /** For designs on a folder of pictures, once it has been read. */
  readonly pictures?: PictureFolder | null;
  /** For designs on tables (CSV files, penguins); null when the data have not been read. */
  readonly table: { readonly encoding: TableEncoding; readonly csv: CsvLayout } | null;
}
