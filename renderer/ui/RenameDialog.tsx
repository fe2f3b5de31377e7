import { type FormEvent, useState } from 'react';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import './renameDialog.css';

export interface RenameDialogProps {
  /** "Rename the run" */
  readonly title: string;
  /** What the box is called: "Name of the run" */
  readonly label: string;
  readonly name: string;
  /** Gives the name; the dialog closes where that went well. */
  readonly onRename: (name: string) => boolean | Promise<boolean>;
  readonly onClose: () => void;
}

/** Asks for another name of at most 200 characters. */
export function RenameDialog({ title, label, name, onRename, onClose }: RenameDialogProps) {
  const [text, setText] = useState(name);
  const wanted = text.trim();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '' || wanted.length > 200) return;
    if (wanted === name || (await onRename(wanted))) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={title} width={420}>
      <form onSubmit={submit} className="rename">
        <input
          className="text-field"
          aria-label={label}
          maxLength={200}
          value={text}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="rename-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={wanted === ''}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
