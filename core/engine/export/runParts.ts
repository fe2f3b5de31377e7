import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { SplitName } from '../../data/index.ts';
import { contentDigests, type FolderLayout, type LoadedDataset, type TableLayout } from '../../data/node.ts';
import type { MadeFile } from './files.ts';

const PARTS: readonly SplitName[] = ['train', 'validation', 'test'];

/** Which row was in which part of a run, as a file beside the program: a line a row, in the order in which they were dealt out. */
export function rowParts(dataset: LoadedDataset, layout: TableLayout, columns: readonly string[]): MadeFile {
  const lines = PARTS.flatMap((part) =>
    Array.from(dataset.splits[part], (index) => [part, layout.keyOf(Number(dataset.identityOf(index)), columns)]),
  );
  return partsFile(['part', 'key'], lines);
}

/** Which picture was in which part of a run, with its class and a digest of its content. */
export async function pictureParts(dataset: LoadedDataset, layout: FolderLayout): Promise<MadeFile> {
  const entries = PARTS.flatMap((part) => Array.from(dataset.splits[part], (index) => ({ part, index })));
  const names = entries.map(({ index }) => String(dataset.identityOf(index)));
  const digests = await contentDigests(names.map((name) => join(layout.path, ...name.split('/'))));
  const labels = dataset.fields.label?.data ?? [];
  const lines = entries.map(({ part, index }, i) => [
    part,
    dataset.targetText(labels[index] ?? -1),
    names[i] ?? '',
    digests[i] ?? '',
  ]);
  return partsFile(['part', 'class', 'picture', 'digest'], lines);
}

/** Named by what is in it, so that programs of several runs may lie side by side. */
function partsFile(fields: readonly string[], lines: readonly string[][]): MadeFile {
  const text = `${Papa.unparse({ fields: [...fields], data: [...lines] }, { newline: '\n' })}\n`;
  const name = `parts-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.csv`;
  return { name, bytes: new TextEncoder().encode(text) };
}
