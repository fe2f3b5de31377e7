import { useState } from 'react';
import { ProblemError, toProblem } from '../../core/errors.ts';
import type { DirectoryEntry } from '../../core/host/index.ts';
import { joinPath } from '../actions/filePaths.ts';
import { Button, Dialog } from '../ui/index.ts';
import type { ChoiceHost, ChoiceRequest } from './choiceHost.ts';
import { FileList } from './FileList.tsx';
import './fileBrowser.css';
import { NewFolder } from './NewFolder.tsx';
import { PathBox } from './PathBox.tsx';
import { useFolder } from './useFolder.ts';
import { useSeen } from './useSeen.ts';

const VERBS = { open: 'Open', save: 'Save', directory: 'Choose this folder' } as const;

export interface FileBrowserProps {
  readonly request: ChoiceRequest;
  readonly host: ChoiceHost;
}

/** Chooses a file or folder. Whether a file may be replaced is asked by who saves: only then is it known what is there. */
export function FileBrowser({ request, host }: FileBrowserProps) {
  const { mode } = request;
  const { listing, problem, refuse, go, visit, create } = useFolder(host, request);
  const { watch, seen } = useSeen();
  const [name, setName] = useState(request.name);
  const [typed, setTyped] = useState<string | null>(null);
  const [naming, setNaming] = useState(false);

  const cancel = () => void host.call('choice.cancel', {});
  const take = async (path: string) => {
    try {
      if (!(await seen())) throw covered();
      await host.call('choice.take', { path });
    } catch (thrown) {
      refuse(toProblem(thrown));
    }
  };
  const follow = async (text: string) => {
    if (listing === null) return null;
    const visited = await visit(text, listing.directory);
    if (visited === null) return null;
    setTyped(null);
    if (visited.name !== null) setName(visited.name);
    return visited;
  };
  const accept = async () => {
    if (listing === null) return;
    let at = listing;
    let file = name.trim();
    if (typed !== null) {
      const visited = await follow(typed);
      if (visited === null) return;
      at = visited.listing;
      file = visited.name ?? file;
    }
    if (mode === 'directory') return take(at.directory);
    if (file === '') return;
    const entry = at.entries.find((one) => one.name === file);
    if (entry?.kind === 'directory') {
      setName('');
      return go(entry.path);
    }
    if (entry !== undefined || (mode === 'save' && !/[\\/]/.test(file))) return take(joinPath(at.directory, file));
    const visited = await follow(file);
    if (visited === null) return;
    if (visited.name === null) setName('');
    else await take(joinPath(visited.listing.directory, visited.name));
  };
  const goTo = (directory: string | null) => {
    setTyped(null);
    void go(directory);
  };
  const choose = (entry: DirectoryEntry) => {
    if (entry.kind === 'directory') {
      if (mode !== 'save') setName('');
      goTo(entry.path);
    } else setName(entry.name);
  };
  return (
    <Dialog
      open
      onClose={cancel}
      onEscape={() => {
        // What is being typed goes first; the dialog with the next one.
        if (!naming && typed === null) return false;
        setNaming(false);
        setTyped(null);
        refuse(null);
        return true;
      }}
      title={request.title}
      width={640}
      footer={
        <>
          <Button variant="ghost" onClick={cancel}>
            Cancel
          </Button>
          <Button
            variant="primary"
            disabled={listing === null || (mode !== 'directory' && name.trim() === '' && typed === null)}
            onClick={() => void accept()}
          >
            {VERBS[mode]}
          </Button>
        </>
      }
    >
      <span ref={watch} />
      <PathBox
        listing={listing}
        typed={typed}
        problem={problem}
        onType={setTyped}
        onEnter={() => typed !== null && void follow(typed)}
        onGo={goTo}
        onNewFolder={mode === 'open' ? null : () => setNaming(true)}
      />
      {naming && listing !== null && (
        <NewFolder
          onCreate={(folder) => {
            setTyped(null);
            return create(listing.directory, folder);
          }}
          onClose={() => setNaming(false)}
        />
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
            void accept();
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

function covered(): ProblemError {
  return new ProblemError({
    code: 'dialog-covered',
    title: 'Covered',
    message:
      'Something lies over this dialog, or it is not shown as it is, so it is not certain that you see what you choose. Take it away, then choose again.',
  });
}
