/** What every reading of the one table below must give. */
export const SIX = [
  [1.5, 1200, 'p'],
  [2.25, 950, 'q'],
  [10.75, 12500, 'p'],
  [0.5, 3100.5, 'q'],
  [7, 101, 'p'],
  [3.125, 47, 'q'],
] as const;
export const NUMBERS = SIX.flatMap((row) => row.slice(0, 2));

export const plain = (n: number) => String(n);
export const comma = (n: number) => String(n).replace('.', ',');
const grouped = (thousands: string, decimal: string) => (n: number) => {
  const [whole = '', rest] = String(n).split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return rest === undefined ? groups : `${groups}${decimal}${rest}`;
};
const short = (n: number) => (n >= 1000 ? `${Number((n / 1000).toFixed(6))}k` : String(n));
const quoted = (text: string) => `"${text}"`;

/** The table with its numbers written so and its cells joined so. */
export function written(
  format: (n: number) => string,
  separator: string,
  { heading = ['size', 'cost', 'kind'], end = '\n', first = '' } = {},
): string {
  const rows = SIX.map(([size, cost, kind]) => [format(size), format(cost), kind]);
  const lines = (heading === null ? rows : [heading, ...rows]).map((row) => row.join(separator));
  return `${first}${lines.join(end)}${end}`;
}

const crlf = { end: '\r\n' };

/** The table in many ways of writing: a name, the file, and what is found of how it is written. */
export const WAYS: readonly (readonly [name: string, content: string | Uint8Array, reading: object])[] = [
  ['commas', written(plain, ','), { separator: ',', decimal: '.' }],
  ['semicolons and decimal commas', written(comma, ';'), { separator: ';', decimal: ',' }],
  ['tabs and decimal commas', written(comma, '\t'), { separator: '\t', decimal: ',' }],
  ['bars', written(plain, '|'), { separator: '|' }],
  ['blanks', written(plain, '   '), { separator: ' ' }],
  ['commas with blanks', written(plain, ', '), { separator: ',' }],
  ['quoted decimal commas', written((n) => quoted(comma(n)), ','), { separator: ',', decimal: ',' }],
  ['quoted thousands', written((n) => quoted(grouped(',', '.')(n)), ','), { separator: ',', thousands: ',' }],
  ['European thousands', written(grouped('.', ','), ';'), { separator: ';', decimal: ',', thousands: '.' }],
  ['blank thousands', written(grouped(' ', ','), ';'), { decimal: ',', thousands: ' ' }],
  ['no-break thousands', written(grouped('\u202f', ','), ';'), { decimal: ',', thousands: ' ' }],
  ['Swiss thousands', written(grouped('’', '.'), ';'), { decimal: '.', thousands: "'" }],
  ['Windows line ends', written(plain, ',', crlf), { separator: ',' }],
  ['old Macintosh line ends', written(plain, ',', { end: '\r' }), { separator: ',' }],
  ['a byte order mark', `\ufeff${written(plain, ',')}`, { separator: ',' }],
  [
    'UTF-16',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(written(comma, '\t'), 'utf16le')]),
    { separator: '\t' },
  ],
  ['Excel’s sep=', written(plain, ';', { first: 'sep=;\r\n', ...crlf }), { separator: ';', skip: 1 }],
  ['comment lines', written(plain, ',', { first: '# made by hand\n# 2020, in two parts\n' }), { skip: 2 }],
  ['comments over blanks', written(plain, '  ', { first: '# made by hand\n# in\n# four\n# lines\n' }), { skip: 4 }],
  ['a title', written(plain, ',', { first: 'Measurements of 2020\n\n' }), { skip: 1 }],
  ['a title, with commas at its end', written(plain, ',', { first: 'Measurements of 2020,,\n' }), { skip: 1 }],
  ['a commented heading', written(plain, ',', { heading: ['# size', 'cost', 'kind'] }), { heading: true }],
  ['a commented heading between blanks', written(plain, ' ', { first: '# ' }), { heading: true, skip: 0 }],
  ['two of them', written(plain, ' ', { first: '# in three columns\n# ' }), { heading: true, skip: 1 }],
  ['empty lines', written(plain, ',').replaceAll('\n', '\n\n'), { separator: ',' }],
  ['units', written((n) => `${n} kg`, ','), { separator: ',' }],
  ['a currency before', written((n) => `€${n}`, ','), { separator: ',' }],
  ['a currency behind', written((n) => `${comma(n)} €`, ';'), { decimal: ',' }],
  ['percent', written((n) => `${n}%`, ','), { separator: ',' }],
  ['thousands as k', written(short, ','), { magnitudes: true, parentheses: false }],
  ['dollars with k', written((n) => `$${short(n)}`, ','), { magnitudes: true }],
  ['a plus sign', written((n) => `+${n}`, ','), { separator: ',' }],
  ['powers of ten', written((n) => `${n / 100}e2`, ','), { separator: ',' }],
  [
    'single quotation marks',
    written(plain, ',', { heading: ["'size'", "'cost'", "'kind'"] }).replace(/\b[pq]\b/g, "'$&'"),
    { quote: "'" },
  ],
  ['quotation marks behind blanks', written((n) => ` "${n}"`, ','), { separator: ',' }],
];

/** What is written in columns of amounts, and the numbers that a person reads there. */
export const AMOUNTS: readonly (readonly [name: string, cells: readonly string[], numbers: readonly number[]])[] = [
  [
    'losses in parentheses',
    ['"(1,234.50)"', '17', '"2,000"', '( 3 )', '0.5', '(0.25)'],
    [-1234.5, 17, 2000, -3, 0.5, -0.25],
  ],
  ['dollars lost', ['($5)', '$7', '$(8)', '$9.5', '"($1,200)"', '$-3'], [-5, 7, -8, 9.5, -1200, -3]],
  ['percent lost', ['(5%)', '7%', '(8)%', '9.5%', '-3%', '4%'], [-5, 7, -8, 9.5, -3, 4]],
  ['k, M and bn', ['1.2M', '900K', '3k', '2.5bn', '-4M', '70'], [1.2e6, 9e5, 3e3, 2.5e9, -4e6, 70]],
  ['euros, k and M', ['€1.2M', '€900K', '€3M', '€565K', '€0', '€70K'], [1.2e6, 9e5, 3e6, 565e3, 0, 7e4]],
  ['losses in M', ['($1.2M)', '$3M', '$900K', '($20k)', '$5', '$7M'], [-1.2e6, 3e6, 9e5, -2e4, 5, 7e6]],
  ['one letter behind all is a unit', ['5K', '6K', '7.5K', '8K', '9K', '1K'], [5, 6, 7.5, 8, 9, 1]],
  ['metres, some without', ['5m', '6', '7.5m', '8m', '9', '1m'], [5, 6, 7.5, 8, 9, 1]],
];

export const amountsText = (cells: readonly string[]): string =>
  `amount,kind\n${cells.map((cell, i) => `${cell},${i % 2 ? 'p' : 'q'}`).join('\n')}\n`;
