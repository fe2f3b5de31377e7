import { FileSpreadsheet, Images } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import type { KeyboardEvent } from 'react';
import { BUILTIN_DATASETS } from '../../../core/data/index.ts';
import type { DataSource } from '../../../core/document/index.ts';
import { Button } from '../../ui/index.ts';
import { chooseCsvFile } from './chooseCsvFile.ts';
import { chooseImageFolder } from './chooseImageFolder.ts';
import { editData } from './editData.ts';

function fileName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** A card looks like a button: Enter chooses it, as Space does. */
function chooseOnEnter(event: KeyboardEvent<HTMLButtonElement>): void {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  event.currentTarget.click();
}

/** The data that comes with the app, and a file or folder of one's own. */
export function SourcePicker({ source }: { readonly source: DataSource }) {
  const value = source.kind === 'builtin' ? source.id : source.kind;
  return (
    <>
      <RadioGroup.Root
        className="source-list"
        aria-label="Data source"
        value={value}
        onValueChange={(next) => {
          const chosen = BUILTIN_DATASETS.find((one) => one.id === next);
          if (chosen) editData({ source: { kind: 'builtin', id: chosen.id } });
        }}
      >
        {BUILTIN_DATASETS.map((one) => (
          <RadioGroup.Item
            key={one.id}
            value={one.id}
            className="source-card"
            aria-label={one.title}
            onKeyDown={chooseOnEnter}
          >
            <span className="source-title">{one.title}</span>
            <span className="source-facts">{one.kind === 'image' ? 'pictures' : 'table'}</span>
            <span className="source-about">{one.description}</span>
          </RadioGroup.Item>
        ))}
        {source.kind === 'csv' && (
          <RadioGroup.Item
            value="csv"
            className="source-card"
            onKeyDown={chooseOnEnter}
            aria-label={`CSV file ${fileName(source.path)}`}
          >
            <span className="source-title">{fileName(source.path)}</span>
            <span className="source-facts">CSV file</span>
            <span className="source-about source-path" title={source.path}>
              <bdi>{source.path}</bdi>
            </span>
          </RadioGroup.Item>
        )}
        {source.kind === 'imageFolder' && (
          <RadioGroup.Item
            value="imageFolder"
            className="source-card"
            onKeyDown={chooseOnEnter}
            aria-label={`Folder of pictures ${fileName(source.path)}`}
          >
            <span className="source-title">{fileName(source.path)}</span>
            <span className="source-facts">picture folder</span>
            <span className="source-about source-path" title={source.path}>
              <bdi>{source.path}</bdi>
            </span>
          </RadioGroup.Item>
        )}
      </RadioGroup.Root>
      <Button icon={<FileSpreadsheet aria-hidden />} className="source-file" onClick={() => void chooseCsvFile()}>
        {source.kind === 'csv' ? 'Choose another CSV file' : 'Choose a CSV file'}
      </Button>
      <Button icon={<Images aria-hidden />} className="source-file" onClick={() => void chooseImageFolder()}>
        {source.kind === 'imageFolder' ? 'Choose another picture folder' : 'Choose a folder of pictures'}
      </Button>
    </>
  );
}
