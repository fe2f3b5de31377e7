import { resolve } from 'node:path';
import type { PictureProgress } from '../../data/index.ts';
import type { LoomDocument } from '../../document/index.ts';
import { type ExportFormat, exportFormat } from '../../formats/index.ts';
import { WEIGHT_ARCHIVES, type WeightArchive } from '../../formats/node.ts';
import { writeTfjs } from '../../formats/tfjs/node.ts';
import type { Call } from '../../rpc/index.ts';
import type { ExportFile, ModelSource } from '../protocol.ts';
import { checkDestination, writeExport } from './destination.ts';
import { refuseExisting } from './existing.ts';
import { isText, type MadeFile } from './files.ts';
import { kerasCodeFiles } from './kerasCode.ts';
import { type ExportSubject, readSubject, subjectWeights, withExportModel } from './source.ts';

/** Text is shown up to here. */
const SHOWN_CHARACTERS = 200_000;

/** Tells how many of the pictures have been read that the export needs. */
export type ExportCall = Partial<Call<PictureProgress>>;

interface Writer {
  /** Whether it writes weights, which are then read with the subject. */
  readonly weights: boolean;
  make(subject: ExportSubject, call: ExportCall): readonly MadeFile[] | Promise<readonly MadeFile[]>;
  /** About how many bytes the one file will have, from sizes alone. Absent where a preview is worth making all of it: it shows text. */
  bytes?(document: LoomDocument): number;
}

/** The weights come from the engine; the file is the format's own. */
function archive({ write, bytes }: WeightArchive): Writer {
  return {
    weights: true,
    make: async (subject) => [{ name: '', bytes: await write(subject.document, await subjectWeights(subject)) }],
    bytes,
  };
}

/** A writer for each format: the part of it that needs the engine. */
const WRITERS: { readonly [F in ExportFormat]: Writer } = {
  tfjs: {
    weights: true,
    make: (subject) => withExportModel(subject, ({ model, network }) => writeTfjs(model, network)),
  },
  keras: archive(WEIGHT_ARCHIVES.keras),
  'keras-code': { weights: false, make: kerasCodeFiles },
  npz: archive(WEIGHT_ARCHIVES.npz),
};

/**
 * What an export would hold, without writing it. A TensorFlow.js backend must be running.
 * @throws ProblemError when the design has errors, holds what the format lacks, or cannot be read
 */
export async function exportPreview(
  source: ModelSource,
  format: ExportFormat,
  call: ExportCall = {},
): Promise<ExportFile[]> {
  const { bytes } = WRITERS[format];
  if (bytes === undefined) return summarise(await makeFiles(source, format, call), format);
  const { document } = await readSubject(source, false);
  return [{ name: '', bytes: bytes(document), estimated: true, text: null }];
}

/**
 * Writes an export. `path` is a folder for `tfjs` (made if it is not there), a `.keras` file for `keras`, a `.py` file for
 * `keras-code`, which may come with a data file beside it. Nothing is replaced until its successor is whole,
 * and what is at `path` already only with `replace`. Cancelled before that, it leaves nothing behind.
 * @throws ProblemError as `exportPreview` does, and `export-exists`, `export-path`, `disk-full` or `file-error` where the path is in the way
 */
export async function exportWrite(
  source: ModelSource,
  format: ExportFormat,
  path: string,
  replace = false,
  call: ExportCall = {},
): Promise<ExportFile[]> {
  const target = resolve(path);
  await checkDestination(format, target);
  if (!replace) await refuseExisting(target);
  const files = await makeFiles(source, format, call);
  call.signal?.throwIfAborted();
  await writeExport(format, target, files);
  return summarise(files, format);
}

async function makeFiles(source: ModelSource, format: ExportFormat, call: ExportCall): Promise<readonly MadeFile[]> {
  const { weights, make } = WRITERS[format];
  const subject = await readSubject(source, weights);
  call.signal?.throwIfAborted();
  return make(subject, call);
}

function summarise(files: readonly MadeFile[], format: ExportFormat): ExportFile[] {
  return files.map((file) => ({
    name: file.name,
    bytes: file.bytes.byteLength,
    text: isText(file, exportFormat(format).capabilities.export.text)
      ? new TextDecoder().decode(file.bytes).slice(0, SHOWN_CHARACTERS)
      : null,
  }));
}
