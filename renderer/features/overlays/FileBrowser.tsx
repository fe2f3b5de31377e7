import { ArrowUp, File, Folder, House } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { type Problem, toProblem } from '../../../core/errors.ts';
import type { DirectoryEntry, HostResult } from '../../../core/host/index.ts';
import { host } from '../../stores/host.ts';
import { setLayout, useSettings } from '../../stores/settingsStore.ts';
import { confirm, type FileDialogRequest } from '../../stores/uiStore.ts';
import { Banner, Button, Dialog, formatBytes, formatMoment, IconButton, Spinner } from '../../ui/index.ts';
import './fileBrowser.css';

type Listing = HostResult<'files.list'>;

const LAST_FOLDER = 'files.lastFolder';

function lastFolder(): string | null {
  const kept = useSettings.getState().layout[LAST_FOLDER];
  return typeof kept === 'string' && kept !== '' ? kept : null;
}

/** Folder and file as one path, with the separator the folder uses. */
export function joinPath(directory: string, name: string): string {
  const separator = directory.includes('\\') && !directory.startsWith('/') ? '\\' : '/';
  return directory.endsWith(separator) ? `${directory}${name}` : `${directory}${separator}${name}`;
}

function isAbsolute(text: string): boolean {
  return text.startsWith('/') || /^[A-Za-z]:[\\/]/.test(text);
}

export function FileBrowser({ request }: { readonly request: FileDialogRequest }) {
  const { mode, filters } = request;
  const [listing, setListing] = useState<Listing | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [name, setName] = useState(request.defaultName);

  const go = useCallback(
    async (directory: string | null) => {
      const extensions = filters.flatMap((filter) => filter.extensions);
      try {
        setListing(await host().call('files.list', { directory, extensions }));
        setProblem(null);
      } catch (thrown) {
        setProblem(toProblem(thrown));
        // The folder of last time may be gone: home is always there.
        setListing((now) => now);
        if (directory !== null)
          setListing(
            await host()
              .call('files.list', { directory: null, extensions })
              .catch(() => null),
          );
      }
    },
    [filters],
  );
  useEffect(() => void go(lastFolder()), [go]);

  const finish = (path: string, directory: string) => {
    setLayout(LAST_FOLDER, directory);
    request.resolve(path);
  };
  const accept = async () => {
    if (listing === null) return;
    if (mode === 'directory' && name.trim() === '') {
      finish(listing.directory, listing.directory);
      return;
    }
    const typed = name.trim();
    const entry = listing.entries.find((one) => one.name === typed);
    if (entry?.kind === 'directory') {
      setName('');
      await go(entry.path);
      return;
    }
    if (mode === 'save' && entry !== undefined) {
      const answer = await confirm({
        title: `Replace “${typed}”?`,
        message: `There is a file of this name in ${listing.directory}. Saving replaces what is in it.`,
        confirmLabel: 'Replace',
        danger: true,
      });
      if (answer !== 'confirm') return;
    }
    finish(isAbsolute(typed) ? typed : joinPath(listing.directory, typed), listing.directory);
  };
  const choose = (entry: DirectoryEntry) => {
    if (entry.kind === 'directory') {
      if (mode !== 'save') setName('');
      void go(entry.path);
    } else setName(entry.name);
  };
  const verb = mode === 'save' ? 'Save' : mode === 'directory' ? 'Choose this folder' : 'Open';
  return (
    <Dialog
      open
      onClose={() => request.resolve(null)}
      title={request.title}
      width={640}
      footer={
        <>
          <Button variant="ghost" onClick={() => request.resolve(null)}>
            Cancel
          </Button>
          <Button
            variant="primary"
            disabled={listing === null || (mode !== 'directory' && name.trim() === '')}
            onClick={() => void accept()}
          >
            {verb}
          </Button>
        </>
      }
    >
      <div className="file-bar">
        <IconButton label="Home folder" icon={<House aria-hidden />} onClick={() => void go(null)} />
        <IconButton
          label="Folder above"
          icon={<ArrowUp aria-hidden />}
          disabled={listing?.parent == null}
          onClick={() => void go(listing?.parent ?? null)}
        />
        <output className="file-folder" aria-label="Folder" title={listing?.directory}>
          {listing?.directory ?? ''}
        </output>
      </div>
      {problem !== null && (
        <div className="file-problem">
          <Banner tone="error" title={problem.title}>
            {problem.message}
          </Banner>
        </div>
      )}
      <FileList
        listing={listing}
        chosen={name}
        onChoose={choose}
        onAccept={() => void accept()}
        filesToo={mode !== 'directory'}
      />
      {mode !== 'directory' && (
        <form
          className="file-name"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') void accept();
          }}
        >
          <label htmlFor="file-name">File name</label>
          <input
            id="file-name"
            data-autofocus
            className="text-field"
            value={name}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        </form>
      )}
    </Dialog>
  );
}

interface FileListProps {
  readonly listing: Listing | null;
  readonly chosen: string;
  readonly onChoose: (entry: DirectoryEntry) => void;
  readonly onAccept: () => void;
  readonly filesToo: boolean;
}

function FileList({ listing, chosen, onChoose, onAccept, filesToo }: FileListProps) {
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
