import { ArrowUp, FolderPlus, House } from 'lucide-react';
import type { Problem } from '../../core/errors.ts';
import { IconButton } from '../ui/index.ts';
import type { Listing } from './useFolder.ts';

export interface PathBoxProps {
  readonly listing: Listing | null;
  /** What is typed, while it is not where the dialog is. */
  readonly typed: string | null;
  readonly problem: Problem | null;
  readonly onType: (text: string | null) => void;
  /** Goes to what is typed. */
  readonly onEnter: () => void;
  readonly onGo: (directory: string | null) => void;
  /** Null where folders are not made. */
  readonly onNewFolder: (() => void) | null;
}

/** The folder on screen, as a path to read, type over or paste into, with what is wrong with it below. */
export function PathBox({ listing, typed, problem, onType, onEnter, onGo, onNewFolder }: PathBoxProps) {
  const parent = listing?.parent ?? null;
  return (
    <>
      <div className="file-bar">
        <IconButton label="Home folder" icon={<House aria-hidden />} onClick={() => onGo(null)} />
        <IconButton
          label="Folder above"
          icon={<ArrowUp aria-hidden />}
          disabled={parent === null}
          onClick={() => onGo(parent)}
        />
        <form
          className="file-path"
          onSubmit={(event) => {
            event.preventDefault();
            onEnter();
          }}
        >
          <input
            aria-label="Folder"
            aria-invalid={problem !== null}
            aria-describedby={problem === null ? undefined : 'file-path-problem'}
            className="text-field mono"
            title="Type or paste a path, and press Enter"
            value={typed ?? listing?.directory ?? ''}
            spellCheck={false}
            autoComplete="off"
            onFocus={(event) => event.target.select()}
            onChange={(event) => onType(event.target.value)}
          />
        </form>
        {onNewFolder !== null && (
          <IconButton label="New folder" icon={<FolderPlus aria-hidden />} onClick={onNewFolder} />
        )}
      </div>
      {problem !== null && (
        <p id="file-path-problem" role="alert" className="file-refusal">
          {problem.message}
        </p>
      )}
    </>
  );
}
