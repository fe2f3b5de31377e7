import { type KerasCodeContext, writeKerasCode } from '../../codegen/index.ts';
import { describeDataset, loadDataset, readFolderLayout, readTableLayout, scalerSchema } from '../../data/node.ts';
import type { MadeFile } from './files.ts';
import type { ExportSubject } from './source.ts';

/** Tables that scikit-learn or a line of code give need no file; these travel beside the program. */
const TRAVELS = 'penguins';

const PYTHON_ENCODINGS = { 'utf-8': 'utf-8-sig', 'utf-16': 'utf-16', 'windows-1252': 'cp1252' } as const;

/**
 * The Python program, and the data file it needs when that is not the person's own.
 * @throws ProblemError when the design has errors, or its data cannot be read
 */
export async function kerasCodeFiles({ document, baseDir }: ExportSubject): Promise<readonly MadeFile[]> {
  const encoder = new TextEncoder();
  const { source } = document.data;
  if (source.kind === 'none') return [{ name: '', bytes: encoder.encode(writeKerasCode(document, null)) }];
  const description = await describeDataset(document.data, baseDir);
  const pictures = await readFolderLayout(document.data, baseDir);
  if (pictures !== null) {
    // The fractions that are dealt out: none for a part that has a folder.
    const dealt = { ...document, data: { ...document.data, split: pictures.split } };
    const code = writeKerasCode(dealt, description.summary, { splits: description.splits, table: null, pictures });
    return [{ name: '', bytes: encoder.encode(code) }];
  }
  const { context, companion } = await readContext(document, baseDir);
  const code = writeKerasCode(document, description.summary, { ...context, splits: description.splits });
  return [{ name: '', bytes: encoder.encode(code) }, ...companion];
}

async function readContext(
  document: ExportSubject['document'],
  baseDir: string | null,
): Promise<{ context: Pick<KerasCodeContext, 'table'>; companion: readonly MadeFile[] }> {
  const { source } = document.data;
  const travels = source.kind === 'builtin' && source.id === TRAVELS;
  if (source.kind !== 'csv' && !travels) return { context: { table: null }, companion: [] };
  const { scaler: json } = await loadDataset(document.data, baseDir);
  const scaler = scalerSchema.parse(json);
  const layout = await readTableLayout(document.data, baseDir);
  if (scaler.kind !== 'table' || layout === null) throw new Error('a CSV file should give a table');
  const { dialect } = layout;
  const name = `${TRAVELS}.csv`;
  return {
    context: {
      table: {
        encoding: {
          features: scaler.columns.map((column) =>
            column.kind === 'numeric'
              ? { name: column.name, kind: column.kind }
              : { name: column.name, kind: column.kind, values: column.values },
          ),
          targets: scaler.targets,
          missing: source.kind === 'csv' ? source.missing : 'dropRow',
        },
        csv: {
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
          missing: dialect.missing,
          longMinus: layout.longMinus,
          blanksBeforeQuotes: layout.blanksBeforeQuotes,
        },
      },
    },
    companion: layout.csv === null ? [] : [{ name, bytes: new TextEncoder().encode(layout.csv) }],
  };
}
