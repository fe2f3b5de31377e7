import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { SplitName } from '../../data/index.ts';
import { contentDigests, type LoadedDataset } from '../../data/node.ts';
import type { FolderLayout, TableLayout } from '../../document/index.ts';
import type { MadeFile } from './files.ts';

const PARTS: readonly SplitName[] = ['train', 'validation', 'test'];

/** Which sample was in which part of a run, as a file beside the program: a line a sample, in the order in which they were dealt out. */
export async function runParts(dataset: LoadedDataset, signal?: AbortSignal): Promise<MadeFile> {
  const { layout } = dataset.description;
  if (layout === undefined) throw new Error('a run with recorded samples should have their layout');
  return layout.kind === 'table' ? rowParts(dataset, layout) : pictureParts(dataset, layout, signal);
}

function rowParts(dataset: LoadedDataset, { features, targets }: TableLayout): MadeFile {
  // In the order that the program names them in.
  const columns = [...features.map(({ name }) => name), ...targets.map(({ column }) => column)];
  const lines = PARTS.flatMap((part) =>
    Array.from(dataset.splits[part], (index) => [part, dataset.portableKeyOf?.(index, columns) ?? '']),
  );
  return partsFile(['part', 'key'], lines);
}

/** With its class and a digest of its content. */
async function pictureParts(dataset: LoadedDataset, layout: FolderLayout, signal?: AbortSignal): Promise<MadeFile> {
  const entries = PARTS.flatMap((part) => Array.from(dataset.splits[part], (index) => ({ part, index })));
  const names = entries.map(({ index }) => String(dataset.identityOf(index)));
  const files = names.map((name) => join(layout.path, ...name.split('/')));
  const digests = await contentDigests(files, signal);
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
