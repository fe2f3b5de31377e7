/** One file of an export, before it is written. */
export interface MadeFile {
  /** Relative to the chosen folder, or to the folder of the chosen file; empty for the chosen file itself. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const TEXT = /\.(json|py|csv)$/;

/** Whether people can read it; `format` decides for the file that takes the name they choose. */
export function isText(file: MadeFile, format: string): boolean {
  return file.name === '' ? format === 'keras-code' : TEXT.test(file.name);
}
