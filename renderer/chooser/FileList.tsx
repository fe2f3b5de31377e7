import { File, Folder } from 'lucide-react';
import type { DirectoryEntry } from '../../core/host/index.ts';
import { formatBytes, formatMoment, Spinner } from '../ui/index.ts';
import type { Listing } from './useFolder.ts';

export interface FileListProps {
  readonly listing: Listing | null;
  readonly chosen: string;
  readonly onChoose: (entry: DirectoryEntry) => void;
  readonly onAccept: () => void;
  readonly filesToo: boolean;
}

/** What is in the folder: folders to go into, files to choose. */
export function FileList({ listing, chosen, onChoose, onAccept, filesToo }: FileListProps) {
  if (listing === null)
    return (
      <div className="file-list file-wait">
        <Spinner label="Reading the folder" />
      </div>
    );
  const entries = listing.entries.filter((entry) => filesToo || entry.kind === 'directory');
  if (entries.length === 0)
    return <div className="file-list file-wait muted">{filesToo ? 'No fitting files here.' : 'No folders here.'}</div>;
  return (
    <ul className="file-list" aria-label="Files">
      {entries.map((entry) => (
        <li key={entry.path}>
          <button
            type="button"
            className="file-entry"
            aria-pressed={entry.kind === 'file' ? entry.name === chosen : undefined}
            onClick={() => onChoose(entry)}
            onDoubleClick={() => entry.kind === 'file' && onAccept()}
          >
            {entry.kind === 'directory' ? <Folder aria-hidden /> : <File aria-hidden />}
            <span className="file-entry-name">{entry.name}</span>
            <span className="file-entry-size">{entry.kind === 'file' ? formatBytes(entry.bytes) : ''}</span>
            <span className="file-entry-time">{formatMoment(entry.modifiedAt)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
