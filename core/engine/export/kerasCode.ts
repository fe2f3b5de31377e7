import { type KerasCodeContext, writeKerasCode } from '../../codegen/index.ts';
import {
  type DataRecord,
  describeDataset,
  type LoadedDataset,
  loadDataset,
  MAGNITUDES,
  readFolderLayout,
  readTableLayout,
  reopenDataset,
  type Scaler,
  scalerSchema,
  type TableLayout,
} from '../../data/node.ts';
import type { MadeFile } from './files.ts';
import { pictureParts, rowParts } from './runParts.ts';
import type { ExportSubject } from './source.ts';

/** Tables that scikit-learn or a line of code give need no file; these travel beside the program. */
const TRAVELS = 'penguins';

const PYTHON_ENCODINGS = { 'utf-8': 'utf-8-sig', 'utf-16': 'utf-16', 'windows-1252': 'cp1252' } as const;

type TableScaler = Extract<Scaler, { kind: 'table' }>;
/** A run's data as it learnt them. */
interface RunData {
  readonly dataset: LoadedDataset;
  readonly record: DataRecord;
}

/**
 * The Python program, and the files it needs that are not the person's own. That of a run trains with the run's samples in their parts,
 * scaled as they were, whatever else the data hold by now.
 * @throws ProblemError when the design has errors, or its data cannot be read
 */
export async function kerasCodeFiles(subject: ExportSubject): Promise<readonly MadeFile[]> {
  const { document, baseDir, data } = subject;
  const { source } = document.data;
  if (source.kind === 'none') return [program(writeKerasCode(document, null))];
  const files = source.kind === 'csv' || source.kind === 'imageFolder';
  const run =
    data?.samples === undefined ? null : { ...(await reopenDataset(document.data, baseDir, data)), record: data };
  const unrecorded = files && data !== undefined && run === null;
  const { summary, splits } = run?.dataset.description ?? (await describeDataset(document.data, baseDir));
  const samples = splits.train + splits.validation + splits.test;
  const named = run === null ? summary : { ...summary, samples };
  const pictures = await pictureContext(subject, run);
  const { context, dealt = document, companion } = pictures ?? (await tableContext(subject, run));
  return [program(writeKerasCode(dealt, named, { ...context, splits, unrecorded })), ...companion];
}

function program(code: string): MadeFile {
  return { name: '', bytes: new TextEncoder().encode(code) };
}

interface Context {
  readonly context: Omit<KerasCodeContext, 'splits'>;
  readonly dealt?: ExportSubject['document'];
  readonly companion: readonly MadeFile[];
}

async function pictureContext({ document, baseDir }: ExportSubject, run: RunData | null): Promise<Context | null> {
  const scaler = run?.record.scaler;
  // The size that mixed pictures are brought to follows from all of them: the run's own is kept.
  const resize = scaler?.kind === 'image' ? [scaler.height, scaler.width] : document.data.resize;
  const layout = await readFolderLayout({ ...document.data, resize }, baseDir);
  if (layout === null) return null;
  // The fractions that are dealt out: none for a part that has a folder.
  const dealt = { ...document, data: { ...document.data, split: layout.split } };
  if (run === null) return { context: { table: null, pictures: layout }, dealt, companion: [] };
  const parts = await pictureParts(run.dataset, layout);
  const classes = run.record.scaler.targets[0]?.classes ?? layout.classes;
  return {
    context: { table: null, pictures: { ...layout, classes }, partsFile: parts.name },
    dealt,
    companion: [parts],
  };
}

async function tableContext({ document, baseDir }: ExportSubject, run: RunData | null): Promise<Context> {
  const { source } = document.data;
  const travels = source.kind === 'builtin' && source.id === TRAVELS;
  if (source.kind !== 'csv' && !travels) return { context: { table: null }, companion: [] };
  const { scaler: json } = run?.dataset ?? (await loadDataset(document.data, baseDir));
  const scaler = scalerSchema.parse(json);
  const record = run?.record.samples?.kind === 'table' ? run.record.samples : null;
  const layout = await readTableLayout(document.data, baseDir, record);
  if (scaler.kind !== 'table' || layout === null) throw new Error('a CSV file should give a table');
  const missing = source.kind === 'csv' ? source.missing : 'dropRow';
  const parts = run === null ? null : rowParts(run.dataset, layout, columnsOf(scaler));
  const name = `${TRAVELS}.csv`;
  const companion = layout.csv === null ? [] : [{ name, bytes: new TextEncoder().encode(layout.csv) }];
  return {
    context: {
      table: { encoding: { ...encodingOf(scaler, parts !== null), missing }, csv: csvOf(layout, name) },
      partsFile: parts?.name ?? null,
    },
    companion: parts === null ? companion : [parts, ...companion],
  };
}

/** In the order that the program names them in. */
function columnsOf({ columns, targets }: TableScaler): readonly string[] {
  return [...columns.map(({ name }) => name), ...targets.map(({ column }) => column)];
}

type TableContext = NonNullable<KerasCodeContext['table']>;

function encodingOf(scaler: TableScaler, found: boolean): Omit<TableContext['encoding'], 'missing'> {
  const features = scaler.columns.map((column): TableContext['encoding']['features'][number] => {
    if (column.kind === 'numeric') {
      const { name, kind, subtract, divide, fill } = column;
      return found ? { name, kind, found: { subtract, divide, fill } } : { name, kind };
    }
    const { name, kind, values, fill } = column;
    return found ? { name, kind, values, found: { fill } } : { name, kind, values };
  });
  return { features, targets: scaler.targets };
}

/** @param name of the table that comes along */
function csvOf(layout: TableLayout, name: string): TableContext['csv'] {
  const { dialect } = layout;
  return {
    path: layout.path ?? name,
    beside: layout.path === null,
    encoding: PYTHON_ENCODINGS[layout.encoding],
    columns: layout.columns,
    separator: dialect.separator,
    quote: dialect.quote,
    skip: dialect.skip,
    comment: dialect.comment,
    heading: dialect.heading,
    decimal: dialect.decimal,
    thousands: dialect.thousands,
    parentheses: dialect.parentheses,
    magnitudes: dialect.magnitudes ? MAGNITUDES : null,
    missing: dialect.missing,
    longMinus: layout.longMinus,
    blanksBeforeQuotes: layout.blanksBeforeQuotes,
  };
}
