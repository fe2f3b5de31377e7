import { resolve } from 'node:path';
import { writeKeras } from '../../formats/node.ts';
import { writeTfjs } from '../../formats/tfjs/node.ts';
import type { ExportFile, ExportFormat, ModelSource } from '../protocol.ts';
import { checkDestination, writeExport } from './destination.ts';
import { refuseExisting } from './existing.ts';
import { isText, type MadeFile } from './files.ts';
import { kerasCodeFiles } from './kerasCode.ts';
import { readSubject, subjectWeights, withExportModel } from './source.ts';

/** Text is shown up to here. */
const SHOWN_CHARACTERS = 200_000;

/**
 * What an export would hold, without writing it. A TensorFlow.js backend must be running.
 * @throws ProblemError when the design has errors, holds what the format lacks, or cannot be read
 */
export async function exportPreview(source: ModelSource, format: ExportFormat): Promise<ExportFile[]> {
  return summarise(await makeFiles(source, format), format);
}

/**
 * Writes an export. `path` is a folder for `tfjs` (made if it is not there), a `.keras` file for `keras`, a `.py` file for
 * `keras-code`, which may come with a data file beside it. Nothing is replaced until its successor is whole,
 * and what is at `path` already only with `replace`.
 * @throws ProblemError as `exportPreview` does, and `export-exists`, `export-path`, `disk-full` or `file-error` where the path is in the way
 */
export async function exportWrite(
  source: ModelSource,
  format: ExportFormat,
  path: string,
  replace = false,
): Promise<ExportFile[]> {
  const target = resolve(path);
  await checkDestination(format, target);
  if (!replace) await refuseExisting(target);
  const files = await makeFiles(source, format);
  await writeExport(format, target, files);
  return summarise(files, format);
}

async function makeFiles(source: ModelSource, format: ExportFormat): Promise<readonly MadeFile[]> {
  const subject = await readSubject(source, format !== 'keras-code');
  switch (format) {
    case 'tfjs':
      return withExportModel(subject, ({ model, network }) => writeTfjs(model, network));
    case 'keras':
      return [{ name: '', bytes: await writeKeras(subject.document, await subjectWeights(subject)) }];
    case 'keras-code':
      return kerasCodeFiles(subject);
  }
}

function summarise(files: readonly MadeFile[], format: ExportFormat): ExportFile[] {
  return files.map((file) => ({
    name: file.name,
    bytes: file.bytes.byteLength,
    text: isText(file, format) ? new TextDecoder().decode(file.bytes).slice(0, SHOWN_CHARACTERS) : null,
  }));
}
