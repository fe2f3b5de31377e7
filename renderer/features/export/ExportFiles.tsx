import { FileBox, FileCode } from 'lucide-react';
import { useState } from 'react';
import type { ExportFile } from '../../../core/engine/index.ts';
import type { ExportFormatInfo } from '../../../core/formats/index.ts';
import { CodeView, CopyButton, languageOf } from '../../ui/code/index.ts';
import { formatBytes, Spinner } from '../../ui/index.ts';

/** Text previews are cut by the engine at this length. */
const CUT = 200_000;

export interface ExportFilesProps {
  readonly files: readonly ExportFile[];
  readonly loading: boolean;
  readonly card: ExportFormatInfo;
  /** What a single file is called before somebody chooses where it goes. */
  readonly name: string;
}

/** The files of an export and the text of the one chosen. */
export function ExportFiles({ files, loading, card, name }: ExportFilesProps) {
  const [picked, setPicked] = useState<string | null>(null);
  if (files.length === 0)
    return <div className="export-wait">{loading && <Spinner label="Working out the files" />}</div>;
  const title = (file: ExportFile) => (file.name === '' ? `${name}.${card.extensions[0] ?? 'json'}` : file.name);
  const shown = files.find((file) => title(file) === picked) ?? files.find((file) => file.text !== null) ?? files[0];
  if (shown === undefined) return null;
  const { text } = shown;
  return (
    <div className="export-files" aria-busy={loading}>
      <div className="export-bar">
        <ul className="export-list" aria-label="Files">
          {files.map((file) => (
            <li key={file.name}>
              <button
                type="button"
                className="export-file"
                aria-pressed={file === shown}
                onClick={() => setPicked(title(file))}
              >
                {file.text === null ? <FileBox aria-hidden /> : <FileCode aria-hidden />}
                {title(file)}
                <span className="faint">{sizeOf(file)}</span>
              </button>
            </li>
          ))}
        </ul>
        {text !== null && <CopyButton text={text} />}
      </div>
      {text === null ? (
        <p className="export-binary">
          {title(shown)} is a binary file of {sizeOf(shown)}: there is no text in it to show.
        </p>
      ) : (
        <CodeView label={title(shown)} code={text} language={languageOf(title(shown))} />
      )}
      {text !== null && text.length >= CUT && (
        <p className="export-cut">The preview ends here; the saved file is whole.</p>
      )}
    </div>
  );
}

const sizeOf = ({ bytes, estimated }: ExportFile) => `${estimated ? 'about ' : ''}${formatBytes(bytes)}`;
