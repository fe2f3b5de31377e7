import { type Command, InvalidArgumentError } from 'commander';
import { parseMissingList, parseUnits } from '../data/index.ts';
import { type DataSettings, type TableFormat, tableFormatSchema } from '../document/index.ts';
import { ProblemError } from '../errors.ts';

/** What commander makes of the options below. */
export interface TableOptions {
  readonly separator?: string;
  readonly quote?: string;
  readonly decimal?: string;
  readonly thousands?: string;
  readonly parentheses?: boolean;
  readonly magnitudes?: boolean;
  readonly units?: string;
  readonly heading?: boolean;
  readonly skip?: number;
  readonly missing?: string;
}

const SIGNS: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  bar: '|',
  blank: ' ',
  dot: '.',
  apostrophe: "'",
  none: '',
  single: "'",
  double: '"',
};

/** Adds the options that say how a CSV file is written, in place of what is found. */
export function withTableOptions(command: Command): Command {
  return command
    .option(
      '--separator <sign>',
      'between the cells of a CSV file: comma, semicolon, tab, bar, blank, or the sign',
      sign,
    )
    .option('--quote <sign>', 'around cells: double or single', sign)
    .option('--decimal <sign>', 'of numbers: dot or comma', sign)
    .option('--thousands <sign>', 'what groups digits: none, comma, dot, blank or apostrophe', sign)
    .option('--parentheses', 'numbers in parentheses are negative: (5) is −5')
    .option('--no-parentheses', 'numbers in parentheses are no numbers')
    .option('--magnitudes', 'letters behind numbers are powers of ten: 5k is 5,000, 1.2M is 1,200,000')
    .option('--no-magnitudes', 'letters behind numbers are units, or make a text')
    .option('--units <texts>', 'signs and units beside numbers, separated by commas, taken off them: €,%,kg; or none')
    .option('--heading', 'the first row holds the names of the columns')
    .option('--no-heading', 'the first row holds data')
    .option('--skip <n>', 'rows before the heading or the data', count)
    .option('--missing <texts>', 'texts that mean “no value”, separated by commas, in place of the usual ones');
}

/** The data settings with these options in place of what the design says of its file. */
export function withTableFormat(data: DataSettings, options: TableOptions): DataSettings {
  const { missing, units, ...signs } = options;
  const named = {
    ...signs,
    ...(units === undefined ? {} : { units: parseUnits(units) }),
    ...(missing === undefined ? {} : { missing: parseMissingList(missing) }),
  };
  const given = Object.fromEntries(
    Object.keys(tableFormatSchema.shape).flatMap((key) => {
      const value = named[key as keyof typeof named];
      return value === undefined ? [] : [[key, value]];
    }),
  );
  if (Object.keys(given).length === 0) return data;
  const parsed = tableFormatSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const option = String(issue?.path[0] ?? '');
    throw new ProblemError({
      code: 'usage',
      title: 'Wrong option',
      message: `--${option} cannot be ${JSON.stringify(given[option])}. layerloom data --help lists what can be given.`,
    });
  }
  if (data.source.kind !== 'csv') {
    throw new ProblemError({
      code: 'usage',
      title: 'No CSV file',
      message: `--${Object.keys(given).join(', --')} ${Object.keys(given).length === 1 ? 'says' : 'say'} how a CSV file is written, but the data are none.`,
    });
  }
  const format: TableFormat = { ...data.source.format, ...parsed.data };
  return { ...data, source: { ...data.source, format } };
}

function sign(text: string): string {
  return Object.hasOwn(SIGNS, text.toLowerCase()) ? (SIGNS[text.toLowerCase()] ?? text) : text;
}

function count(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}
