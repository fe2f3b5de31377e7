import { DESIGN_FORMAT } from './design/format.ts';
import { type ExportCapability, type FileFormat, HEAD_BYTES } from './format.ts';
import { KERAS_FORMAT } from './keras/format.ts';
import { KERAS_CODE_FORMAT } from './kerasCode/format.ts';
import { NPZ_FORMAT } from './npz/format.ts';
import { SAFETENSORS_FORMAT } from './safetensors/format.ts';
import { TFJS_FORMAT } from './tfjs/format.ts';

const EXPORTS = [TFJS_FORMAT, KERAS_FORMAT, KERAS_CODE_FORMAT, NPZ_FORMAT] as const;

/** Every kind of file that is known here. File dialogs, grants, the command line and what a wrong file is called derive from it. */
export const FORMATS: readonly FileFormat[] = [DESIGN_FORMAT, ...EXPORTS, SAFETENSORS_FORMAT];

/** Id of an export format. */
export type ExportFormat = (typeof EXPORTS)[number]['id'];

/** An export format, and what is known of its exports. */
export interface ExportFormatInfo extends FileFormat {
  readonly id: ExportFormat;
  readonly capabilities: { readonly export: ExportCapability };
}

/** The formats that designs and runs are exported in, in the order of the list on screen. */
export const EXPORT_FORMATS: readonly ExportFormatInfo[] = EXPORTS;

/** The export format of this id. */
export function exportFormat(id: ExportFormat): ExportFormatInfo {
  const found = EXPORT_FORMATS.find((format) => format.id === id);
  if (found === undefined) throw new Error(`No export format ${id}`);
  return found;
}

/** What a file is by its content, whatever it is called; null where that is not known. Its first `HEAD_BYTES` are enough. */
export function detectFormat(content: Uint8Array): FileFormat | null {
  const head = content.subarray(0, HEAD_BYTES);
  return FORMATS.find((format) => format.detect(head)) ?? null;
}
