import { fileName } from '../actions/filePaths.ts';
import { saveDocument, settleConflict } from '../actions/files.ts';
import { fileState, isDirty, useDocument } from '../stores/documentStore.ts';
import { Banner, Button } from '../ui/index.ts';
import './fileBanner.css';

/** Says that the file on screen was changed or removed by another window or program, while that is so. */
export function FileBanner() {
  const path = useDocument((state) => state.path);
  const state = useDocument(fileState);
  const dirty = useDocument(isDirty);
  if (state === 'same' || path === null) return null;
  const name = fileName(path);
  return (
    <div className="file-banner">
      {state === 'removed' ? (
        <Banner
          tone="warning"
          title={`“${name}” is gone`}
          actions={<Button onClick={() => void saveDocument()}>Save it again</Button>}
        >
          Its file was removed or renamed outside this window. The design is still here.
        </Banner>
      ) : (
        <Banner
          tone="warning"
          title={`“${name}” was changed outside`}
          actions={<Button onClick={() => void settleConflict()}>{dirty ? 'Decide…' : 'Look at it…'}</Button>}
        >
          {dirty
            ? 'Another window or program saved this file, and there are changes here too. Nothing is overwritten until you decide.'
            : 'Another window or program saved this file. Here is still what was opened before.'}
        </Banner>
      )}
    </div>
  );
}
