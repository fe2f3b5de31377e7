import { type ProgramOfRun, type ReadData, tableBeside, writeKerasCode } from '../../codegen/index.ts';
import { BUILTIN_TABLES, describeDataset, type LoadOptions, reopenDataset } from '../../data/node.ts';
import type { MadeFile } from './files.ts';
import { runParts } from './runParts.ts';
import type { ExportSubject } from './source.ts';

/**
 * The Python program, and the files it needs that are not the person's own. That of a run trains with the run's samples in their parts,
 * scaled as they were, whatever else the data hold by now.
 * @throws ProblemError when the design has errors, or its data cannot be read
 */
export async function kerasCodeFiles(
  subject: ExportSubject,
  call: Pick<LoadOptions, 'signal' | 'onProgress'> = {},
): Promise<readonly MadeFile[]> {
  const { document, baseDir, data } = subject;
  const { source } = document.data;
  if (source.kind === 'none') return [program(subject, null, null)];
  if (data === undefined)
    return [program(subject, await describeDataset(document.data, baseDir, call), null), ...beside(subject)];
  if (data?.samples === undefined) {
    const unrecorded = source.kind === 'csv' || source.kind === 'imageFolder';
    const read = await describeDataset(document.data, baseDir, call);
    return [program(subject, read, { partsFile: null, unrecorded }), ...beside(subject)];
  }
  const { dataset } = await reopenDataset(document.data, baseDir, data, call);
  const parts = source.kind !== 'builtin' || tableBeside(source) !== null ? [await runParts(dataset, call.signal)] : [];
  const run = { partsFile: parts[0]?.name ?? null };
  return [program(subject, dataset.description, run), ...parts, ...beside(subject)];
}

function program({ document }: ExportSubject, read: ReadData | null, run: ProgramOfRun | null): MadeFile {
  return { name: '', bytes: new TextEncoder().encode(writeKerasCode(document, read, run)) };
}

/** The table of Layerloom's own that the program reads, where it does. */
function beside({ document }: ExportSubject): readonly MadeFile[] {
  const id = tableBeside(document.data.source);
  return id === null ? [] : [{ name: `${id}.csv`, bytes: new TextEncoder().encode(BUILTIN_TABLES[id].csv) }];
}
