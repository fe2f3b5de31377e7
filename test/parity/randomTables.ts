import { seededRandom } from '../../core/data/node.ts';

const NAMES = ['size', 'Länge', '2019', 'a b', 'x.1', '#', 'temp [°C]', 'kind', '"q"', 'Anteil, %'];
const WORDS = [
  'oak',
  'elm',
  'New York',
  'New  York',
  'OAK',
  '1',
  '1.0',
  '007',
  'a "b"',
  'two\nlines',
  ' padded ',
  'né',
];
const MARKERS = ['', 'NA', '-', 'n.d.', '?', '#DIV/0!', 'unknown', '<0.05'];

/**
 * A table as somebody may have written it: any separator, signs, units, quotation, line ends, comments, headings and holes that do not
 * contradict each other within one file.
 */
export function randomTable(seed: number): string {
  const random = seededRandom(seed);
  const whole = (below: number): number => Math.floor(random() * below);
  const pick = <T>(from: readonly T[]): T => from[whole(from.length)] as T;
  const separator = pick([',', ';', '\t', '|']);
  const decimal = separator === ',' ? '.' : pick(['.', ',']);
  const thousands = pick(['', '', decimal === ',' ? '.' : ',', ' ', "'"]);
  const end = pick(['\n', '\r\n', '\r']);
  const quote = pick(['"', '"', "'"]);
  const kinds = Array.from({ length: 2 + whole(4) }, () => pick(['number', 'number', 'count', 'word'] as const));
  const units = kinds.map(() => pick(['', '', ' kg', '%', ' €', '$']));
  const holes = pick([0, 0.05, 0.15]);
  const accounts = random() < 0.25;
  const letters = random() < 0.25;
  const cell = (text: string): string =>
    text.includes(separator) || text.includes('\n') || text.includes(quote) || random() < 0.05
      ? quote + text.replaceAll(quote, quote + quote) + quote
      : text;
  const number = (value: number, digits: number, unit: string): string => {
    if (accounts && value < 0) return `(${number(-value, digits, unit)})`;
    if (letters && Math.abs(value) >= 1000 && unit.trim().length < 2 && unit !== '%') {
      const text = `${(value / 1000).toFixed(2).replace('.', decimal)}k`;
      return unit === '$' ? `$${text}` : text;
    }
    const [before = '', after] = value.toFixed(digits).split('.');
    const groups = before.replace(/\B(?=(\d{3})+$)/g, thousands);
    const text = after === undefined ? groups : groups + decimal + after;
    return unit === '$' ? `$${text}` : text + unit;
  };
  const rows = Array.from({ length: 24 + whole(60) }, (_, i) => [
    ...kinds.map((kind, c) => {
      if (random() < holes) return cell(pick(MARKERS));
      if (kind === 'word') return cell(pick(WORDS));
      const value = kind === 'count' ? whole(5000) : (random() - 0.3) * 10 ** (1 + whole(4));
      return cell(number(value, kind === 'count' ? 0 : 2, units[c] ?? ''));
    }),
    cell(pick(['p', 'q', i % 9 === 0 ? 'r' : 'p'])),
  ]);
  const names = [...kinds.map((_, c) => pick(NAMES) + (random() < 0.5 ? c : '')), 'class'].map(cell);
  const lines = [...(random() < 0.2 ? [] : [names]), ...rows].map((row) => row.join(separator));
  const first = pick(['', '', '', `# made by hand${end}`, `Report${end}${end}`, `sep=${separator}${end}`]);
  // Some ends of lines are another program's.
  const joined = lines.map((line) => line + (random() < 0.02 ? '\n' : end)).join('');
  return `${random() < 0.2 ? '\ufeff' : ''}${first}${joined}${random() < 0.2 ? `${end}${end}` : ''}`;
}
