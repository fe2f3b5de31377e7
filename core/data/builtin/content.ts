import digits from './files/digits.json' with { type: 'json' };
import iris from './files/iris.json' with { type: 'json' };
import penguins from './files/penguins.json' with { type: 'json' };
import xor from './files/xor.json' with { type: 'json' };

/** Tables that ship as CSV, so that they take the same way as a person's own files. */
export const BUILTIN_TABLES: Readonly<
  Record<'iris' | 'penguins' | 'xor', { readonly attribution: string; readonly csv: string }>
> = { iris, penguins, xor };

export interface ImageSource {
  readonly attribution: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Largest possible pixel value. */
  readonly maximum: number;
  readonly classes: readonly string[];
  /** Class index of each image. */
  readonly labels: Uint8Array;
  /** Image after image, row by row, channels last. */
  readonly pixels: Uint8Array;
}

export function builtinDigits(): ImageSource {
  return {
    ...digits,
    labels: new Uint8Array(Buffer.from(digits.labels, 'base64')),
    pixels: new Uint8Array(Buffer.from(digits.pixels, 'base64')),
  };
}
