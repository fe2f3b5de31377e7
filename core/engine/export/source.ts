import type { DataRecord } from '../../data/node.ts';
import type { LoomDocument } from '../../document/index.ts';
import type { WeightMap } from '../../formats/index.ts';
import { readRunWeights } from '../checkpoint/checkpoint.ts';
import { readDataRecordIfThere } from '../checkpoint/dataRecord.ts';
import { readRunDesign } from '../checkpoint/runDocument.ts';
import { type BuiltModel, buildModel } from '../model/buildModel.ts';
import { setWeights, weightsOf } from '../model/weights.ts';
import type { ModelSource } from '../protocol.ts';

/** What is exported: the design and, for a run, where its weights are. */
export interface ExportSubject {
  readonly document: LoomDocument;
  /** Folder that relative data paths start from. */
  readonly baseDir: string | null;
  /** Stored weights of a run; null for a design, whose weights are drawn from its seed. */
  readonly stored: WeightMap | null;
  /** What the run kept of its data; null where it kept nothing. Absent for a design. */
  readonly data?: DataRecord | null;
}

/** @throws ProblemError when the run, its design or its weights cannot be read */
export async function readSubject(source: ModelSource, withWeights: boolean): Promise<ExportSubject> {
  if (source.kind === 'document') return { document: source.document, baseDir: source.baseDir, stored: null };
  return {
    ...(await readRunDesign(source.runDir)),
    stored: withWeights ? await readRunWeights(source.runDir, source.weights) : null,
    data: await readDataRecordIfThere(source.runDir),
  };
}

/** Builds the model of plain TensorFlow.js layers, with the stored weights or fresh ones, and lets it go afterwards. */
export async function withExportModel<T>(
  { document, stored }: ExportSubject,
  use: (model: BuiltModel) => Promise<T>,
): Promise<T> {
  const model = buildModel(document, { seed: document.training.seed, mode: 'export' });
  try {
    if (stored) setWeights(model, stored);
    return await use(model);
  } finally {
    model.dispose();
  }
}

/** The weights to write: stored ones as they are, so that no model has to be built for them. */
export async function subjectWeights(subject: ExportSubject): Promise<WeightMap> {
  return subject.stored ?? withExportModel(subject, weightsOf);
}
