/** One file of an export, before it is written. */
export interface MadeFile {
  /** Relative to the chosen folder, or to the folder of the chosen file; empty for the chosen file itself. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const TEXT = /\.(json|py|csv)$/;

/** Whether people can read it; the format says so of the file that takes the name they choose. */
export function isText(file: MadeFile, chosen: boolean): boolean {
  return file.name === '' ? chosen : TEXT.test(file.name);
}
