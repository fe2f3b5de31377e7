/** A kind of file that Layerloom writes, reads, or knows when it sees one. */
export interface FileFormat {
  /** As the command line and messages call it. */
  readonly id: string;
  /** With a capital, as on a card: what one such file is. */
  readonly title: string;
  /** Endings of such files, without a dot, the usual one first. Empty where it is a folder of files, or the names are given. */
  readonly extensions: readonly string[];
  /** Whether a file is one of these by what it begins with, whatever it is called. `head`: its first bytes (`HEAD_BYTES`), or all of it. */
  detect(head: Uint8Array): boolean;
  /** What can be done with it here. */
  readonly capabilities: FormatCapabilities;
}

/** What can be done with files of a format. */
export interface FormatCapabilities {
  /** Opened as the design on screen. */
  readonly design?: true;
  /** Designs and runs are exported in it. */
  readonly export?: ExportCapability;
}

/** What is known of an export format before anything is exported. */
export interface ExportCapability {
  /** What is written. */
  readonly file: string;
  /** What it is good for. */
  readonly about: string;
  /** Whether the one file is text that people read. */
  readonly text: boolean;
  /** A program trains, so it holds the settings of the data and the training too; a model only computes. */
  readonly holds: 'model' | 'program';
}

/** How much of a file's beginning tells its format. */
export const HEAD_BYTES = 4096;

/** The beginning of a file as text; what is no UTF-8 shows as replacement characters. */
export function headText(head: Uint8Array): string {
  return new TextDecoder().decode(head.subarray(0, HEAD_BYTES)).trimStart();
}

/**
 * The name of the first file in a zip archive; null for what is none. Its local header: a signature, the name's length at byte 26, the name at
 * byte 30 (PKWARE's APPNOTE, 4.3.7).
 */
export function firstInZip(head: Uint8Array): string | null {
  const signature = [0x50, 0x4b, 0x03, 0x04];
  if (head.length < 30 || signature.some((byte, i) => head[i] !== byte)) return null;
  const length = new DataView(head.buffer, head.byteOffset).getUint16(26, true);
  return new TextDecoder().decode(head.subarray(30, 30 + length));
}
