import { type ExportFormat, exportFormat } from '../../../core/formats/index.ts';

/** The rooms whose settings an export of a format holds: the program trains, a model only computes. */
const CODE_ROOMS = ['design', 'data', 'train'] as const;
const MODEL_ROOMS = ['design'] as const;

export const roomsOf = (format: ExportFormat): readonly ('design' | 'data' | 'train')[] =>
  exportFormat(format).capabilities.export.holds === 'program' ? CODE_ROOMS : MODEL_ROOMS;

/** A file or folder name from a name people gave: what file systems refuse becomes a dash. */
export function safeFileName(name: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-')
    .replace(/\s+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return safe === '' ? 'model' : safe;
}

/** Inside a folder somebody chose, the export gets a folder of its own: its files must not mix with what is there. */
export function folderInside(directory: string, name: string): string {
  const separator = directory.includes('\\') && !directory.includes('/') ? '\\' : '/';
  return `${directory.replace(/[\\/]+$/, '')}${separator}${safeFileName(name)}-tfjs`;
}
