import { type FormEvent, useState } from 'react';
import type { Problem } from '../../core/errors.ts';
import { Button } from '../ui/index.ts';

export interface NewFolderProps {
  /** Makes the folder; answers why it could not be made. */
  readonly onCreate: (name: string) => Promise<Problem | null>;
  readonly onClose: () => void;
}

/** Asks for the name of a new folder in the one on screen. */
export function NewFolder({ onCreate, onClose }: NewFolderProps) {
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const create = async (event: FormEvent) => {
    event.preventDefault();
    const refused = await onCreate(name);
    setProblem(refused);
    if (refused === null) onClose();
  };
  return (
    <>
      <form className="file-name file-new" onSubmit={(event) => void create(event)}>
        <label htmlFor="file-new-name">New folder</label>
        <input
          id="file-new-name"
          ref={(input) => input?.focus()}
          className="text-field"
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : 'file-new-problem'}
          value={name}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" size="s" disabled={name.trim() === ''}>
          Create
        </Button>
        <Button size="s" variant="ghost" onClick={onClose}>
          Not now
        </Button>
      </form>
      {problem !== null && (
        <p id="file-new-problem" role="alert" className="file-refusal">
          {problem.message}
        </p>
      )}
    </>
  );
}
