import { dirname, extname } from 'node:path';
import type { DataDescription, TableReading } from '../../data/index.ts';
import { describeDataset } from '../../data/node.ts';
import { type DataSettings, DEFAULT_DATA } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import { openDesign } from '../designs.ts';
import { type Output, problemLines } from '../output.ts';
import { formatCount, formatTable } from '../table.ts';
import { type TableOptions, withTableFormat } from '../tableOptions.ts';
import { sourceNamed } from '../trainSettings.ts';

const NUMBER = { align: 'right' } as const;

/** `layerloom data PATH`: what a CSV file, a folder of pictures, a built-in dataset or a design's data hold, and why they are read so. */
export async function showData(path: string, options: TableOptions, output: Output): Promise<void> {
  const { settings, baseDir } = await settingsOf(path);
  const description = await describeDataset(withTableFormat(settings, options), baseDir);
  const { problems } = description;
  if (description.summary.kind === 'image') showPictures(description, output);
  else showTable(description, output);
  if (problems.length > 0) output.line();
  for (const line of problemLines(problems, (id) => id)) output.line(line);
}

/** A design's own settings; of other data those that a design has at first. */
async function settingsOf(path: string): Promise<{ settings: DataSettings; baseDir: string | null }> {
  if (extname(path).toLowerCase() === '.loom') {
    const design = await openDesign(path);
    return { settings: design.document.data, baseDir: dirname(design.path) };
  }
  return { settings: { ...DEFAULT_DATA, source: sourceNamed(path, { kind: 'none' }) }, baseDir: null };
}

function showTable({ summary, columns, reading, problems }: DataDescription, output: Output): void {
  // As the file has them: rows with holes may not become samples.
  const rows = reading?.rows ?? summary.samples;
  output.data({
    rows,
    samples: summary.fields.length > 0 ? summary.samples : null,
    ...(reading === undefined ? {} : signsOf(reading)),
    missing: reading?.missing ?? [],
    columns: columns.map(({ name, kind, role, unit, missing, invalid, distinct, why }) => ({
      name,
      kind,
      role,
      unit,
      missing,
      invalid,
      distinct,
      why,
    })),
    problems: problems.map(withFixes),
  });
  output.line(`${summary.name}  ${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`);
  output.line();
  if (reading !== undefined) {
    for (const line of formatTable([{ title: 'How it is read' }, { title: '' }, { title: 'Why' }], decisions(reading)))
      output.line(line);
    output.line();
  }
  const heads = [
    { title: 'Column' },
    { title: 'Role' },
    { title: 'Kind' },
    { title: 'Missing', ...NUMBER },
    { title: 'Distinct', ...NUMBER },
    { title: 'Why' },
  ];
  const cells = columns.map(({ name, role, kind, missing, invalid, distinct, why }) => [
    name,
    role,
    kind,
    formatCount(missing + invalid),
    formatCount(distinct),
    why,
  ]);
  for (const line of formatTable(heads, cells)) output.line(line);
}

function signsOf({ rows: _, missing: __, preview: ___, ...signs }: TableReading) {
  return signs;
}

const SIGN_NAMES: Readonly<Record<string, string>> = { '\t': 'tab', ' ': 'blank', '': 'none' };

function decisions(reading: TableReading): string[][] {
  const { separator, quote, skip, heading, decimal, thousands, parentheses, magnitudes, units, missing, why } = reading;
  const name = (sign: string): string => SIGN_NAMES[sign] ?? sign;
  return [
    ['separator', name(separator), why.separator],
    ['quote', quote, why.quote],
    ['skip', String(skip), why.skip],
    ['heading', heading ? 'yes' : 'no', why.heading],
    ['decimal', decimal, why.decimal],
    ['thousands', name(thousands), why.thousands],
    ['parentheses', parentheses ? 'negative' : 'no', why.parentheses],
    ['magnitudes', magnitudes ? 'yes' : 'no', why.magnitudes],
    ['units', units.length === 0 ? 'none' : units.slice(0, 5).join(' '), why.units],
    ['missing', missing.length === 0 ? 'none' : missing.slice(0, 5).join(' '), why.missing],
  ];
}

function showPictures({ summary, classBalance, problems }: DataDescription, output: Output): void {
  const input = summary.fields.find(({ role }) => role === 'input');
  const classes = classBalance.map(({ name, ...parts }) => ({
    name,
    pictures: parts.train + parts.validation + parts.test,
    ...parts,
  }));
  const leftOut = problems.flatMap(leftOutFiles);
  output.data({
    pictures: summary.samples,
    shape: input?.shape ?? null,
    classes,
    leftOut,
    problems: problems.map(withFixes),
  });
  output.line(
    `${summary.name}  ${formatCount(summary.samples)} pictures${input ? ` of ${input.shape.join('×')}` : ''}`,
  );
  output.line();
  const heads = ['Pictures', 'Train', 'Validation', 'Test'].map((title) => ({ title, ...NUMBER }));
  const rows = classes.map(({ name, pictures, train, validation, test }) => [
    name,
    ...[pictures, train, validation, test].map(formatCount),
  ]);
  for (const line of formatTable([{ title: 'Class' }, ...heads], rows)) output.line(line);
  if (leftOut.length === 0) return;
  output.line();
  const files = leftOut.map(({ file, why }) => [file, why]);
  for (const line of formatTable([{ title: 'Left out' }, { title: 'Why' }], files)) output.line(line);
}

/** The files a problem names as left out, each with its reason. */
function leftOutFiles({ title, facts }: Problem): { file: string; why: string }[] {
  const { files, why } = facts ?? {};
  if (!Array.isArray(files)) return [];
  const reasons = Array.isArray(why) ? why : [];
  return files.map((file, i) => ({ file: String(file), why: String(reasons[i] ?? title) }));
}

function withFixes(problem: Problem) {
  const { code, severity, message, facts = {}, fixes = [] } = problem;
  return { code, severity, message, facts, fixes };
}
