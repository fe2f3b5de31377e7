/** A path, or a whole file. */
export type PictureFile = string | Uint8Array;

/** What every picture of a dataset is brought to. */
export interface PictureForm {
  readonly height: number;
  readonly width: number;
  /** 3: red, green, blue. 1: grey, 0.299 R + 0.587 G + 0.114 B. */
  readonly channels: 1 | 3;
  /** `crop` cuts the longer side off around the middle first, so that nothing is stretched. */
  readonly fit: 'stretch' | 'crop';
}

/** What a picture's header says of it. */
export interface PictureFacts {
  readonly height: number;
  readonly width: number;
  readonly alpha: boolean;
  /** More than 8 bits a channel. */
  readonly deep: boolean;
  /** A camera's note that the picture is to be turned or mirrored for showing. */
  readonly turned: boolean;
}

/** Why a picture cannot be used, as the end of the sentence "it …". */
export interface PictureFault {
  readonly fault: string;
  /** The format by name, where it is a picture of a format that is not read. */
  readonly format?: string;
}

export type PictureJob =
  | { readonly id: number; readonly kind: 'facts'; readonly files: readonly PictureFile[] }
  | {
      readonly id: number;
      readonly kind: 'pixels';
      readonly files: readonly PictureFile[];
      readonly form: PictureForm;
      /** False: only see whether they can be decoded. */
      readonly keep: boolean;
    };

export interface DecodedPictures {
  /** Picture after picture, row by row, channels last; zeros where there is a fault. Empty where nothing was to be kept. */
  readonly pixels: Uint8Array;
  /** Of each picture; null where all is well. */
  readonly faults: readonly (PictureFault | null)[];
}

export type PictureAnswer =
  /** Of a job that goes on. */
  | { readonly kind: 'alive' }
  | { readonly id: number; readonly kind: 'facts'; readonly facts: readonly (PictureFacts | PictureFault)[] }
  | ({ readonly id: number; readonly kind: 'pixels' } & DecodedPictures);
