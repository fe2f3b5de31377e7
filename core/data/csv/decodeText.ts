import { ProblemError } from '../../errors.ts';

/** First bytes of files that people take for CSV. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a ZIP archive or an Excel workbook' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook' },
  { bytes: [0x1f, 0x8b], what: 'a gzip archive' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG image' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a JPEG image' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document' },
];

export type TextEncodingName = 'utf-8' | 'utf-16' | 'windows-1252';

/**
 * The text of a CSV file and how it was written: UTF-8, UTF-16 with a byte order mark, or else Windows-1252, which older spreadsheets write.
 * @throws ProblemError `data-binary` when it is no text at all.
 */
export function decodeText(
  bytes: Uint8Array,
  name: string,
): { readonly text: string; readonly encoding: TextEncodingName } {
  const utf16 = (label: string) => ({ text: new TextDecoder(label).decode(bytes), encoding: 'utf-16' }) as const;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16('utf-16be');
  const known = SIGNATURES.find((signature) => signature.bytes.every((byte, i) => bytes[i] === byte));
  if (known !== undefined || bytes.subarray(0, 65_536).includes(0)) {
    const what = known === undefined ? 'a binary file' : known.what;
    throw new ProblemError({
      code: 'data-binary',
      title: 'Not a CSV file',
      message: `“${name}” is ${what}, not text. Save the table as CSV (“comma-separated values”) and choose that file.`,
      facts: { file: name },
    });
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}
