import { loadDataset } from '../../core/data/node.ts';
import type { LoomDocument } from '../../core/document/index.ts';
import type { ExportFormat } from '../../core/formats/index.ts';
import { findTemplate } from '../../core/templates/index.ts';
import { type Shape, sizeOf } from '../../core/tensor/index.ts';
import type { LayerCase } from '../conformance/layerCase.ts';
import { caseDesign, wobble } from './exportDesigns.ts';

export const SAMPLES = 100;

export interface Batch {
  readonly shape: Shape;
  readonly data: Float32Array;
}
/** A design to export, and what it is asked to predict. */
export interface Subject {
  readonly name: string;
  readonly document: LoomDocument;
  readonly inputs: ReadonlyMap<string, Batch>;
  readonly formats: readonly ExportFormat[];
}
/** A template with held-out digits as inputs. */
export async function templateSubject(id: string, formats: readonly ExportFormat[]): Promise<Subject> {
  const document = findTemplate(id)?.create();
  if (!document) throw new Error(`no template ${id}`);
  return digitsSubject(id, document, formats);
}

/** A design with held-out digits as inputs. */
export async function digitsSubject(
  name: string,
  document: LoomDocument,
  formats: readonly ExportFormat[],
): Promise<Subject> {
  const dataset = await loadDataset(document.data, null);
  const field = dataset.fields.features;
  const held = dataset.splits.test.slice(0, SAMPLES);
  if (!field || held.length < SAMPLES) throw new Error('too few held-out digits');
  const size = sizeOf(field.shape);
  const data = Float32Array.from({ length: SAMPLES * size }, (_, i) => {
    const sample = held[Math.floor(i / size)] ?? 0;
    return field.data[sample * size + (i % size)] ?? 0;
  });
  const input = Object.values(document.graphs.main?.nodes ?? {}).find((node) => node.type === 'Input')?.name ?? '';
  const inputs = new Map([[input, { shape: [SAMPLES, ...field.shape], data }]]);
  return { name, document, inputs, formats };
}

/** Many cases in one design, with made-up inputs. */
export function casesSubject(name: string, cases: readonly LayerCase[], formats: readonly ExportFormat[]): Subject {
  const { document, cases: placed } = caseDesign(name, cases);
  const inputs = new Map<string, Batch>();
  for (const { inputs: names, from } of placed)
    names.forEach((input, k) => {
      const shape = [4, ...(from.inputs[k] ?? [])];
      const raw = wobble(sizeOf(shape), inputs.size);
      const below = from.integersBelow;
      inputs.set(input, { shape, data: below === undefined ? raw : raw.map((x) => Math.floor(((x + 1) / 2) * below)) });
    });
  return { name, document, inputs, formats };
}
