import { isMissingText } from './cells.ts';
import { type NumberParts, numberParts } from './numberParts.ts';

/** Ways of writing numbers beside signs and units, each true where the table has it. */
export interface Notation {
  /** `(1,234.50)` is negative, as in accounts. */
  readonly parentheses: boolean;
  /** `1.2M` is 1,200,000. */
  readonly magnitudes: boolean;
}

export interface FoundNotation extends Notation {
  readonly why: Readonly<Record<keyof Notation, string>>;
}

/** A column holds numbers where at least this part of its filled cells look like some. */
const MOSTLY = 0.8;

/**
 * Whether parentheses make numbers of the table negative, and letters behind them stand for thousands and millions: where a column of numbers
 * has some with and some without, or with several letters. All alike in parentheses are no losses, and one letter behind all is a unit.
 */
export function findNotation(
  columns: readonly (readonly string[])[],
  given: { readonly [K in keyof Notation]?: boolean | undefined },
): FoundNotation {
  let [bracketed, letter] = ['', ''];
  for (const cells of columns) {
    if (bracketed !== '' && letter !== '') break;
    const found = lookAt(cells);
    bracketed ||= found.bracketed;
    letter ||= found.letter;
  }
  return {
    parentheses: given.parentheses ?? bracketed !== '',
    magnitudes: given.magnitudes ?? letter !== '',
    why: {
      parentheses:
        given.parentheses !== undefined
          ? 'Set by hand.'
          : bracketed === ''
            ? 'No number stands in parentheses beside others that do not.'
            : `“${bracketed}” stands in parentheses beside numbers that do not, as losses do in accounts.`,
      magnitudes:
        given.magnitudes !== undefined
          ? 'Set by hand.'
          : letter === ''
            ? 'No column has letters for thousands or millions behind some of its numbers.'
            : `“${letter}” stands beside numbers without that letter, so it is a power of ten: k a thousand, M a million, B or bn a billion.`,
    },
  };
}

function lookAt(cells: readonly string[]): { readonly bracketed: string; readonly letter: string } {
  const filled = cells.filter((cell) => !isMissingText(cell));
  const parts = filled.flatMap((cell): (NumberParts & { cell: string })[] => {
    const found = numberParts(cell);
    return found === null ? [] : [{ ...found, cell }];
  });
  if (parts.length < 2 || parts.length < MOSTLY * filled.length) return { bracketed: '', letter: '' };
  const inside = parts.find(({ parentheses }) => parentheses)?.cell ?? '';
  const outside = parts.some(({ parentheses }) => !parentheses);
  return { bracketed: outside ? inside : '', letter: letterOf(parts) };
}

/** A cell with a letter, where letters are powers of ten: some of k, M and none, and nothing else behind but a currency. */
function letterOf(parts: readonly (NumberParts & { readonly cell: string })[]): string {
  const kinds = new Set(parts.map(({ magnitude }) => magnitude));
  const lettered = parts.filter(({ magnitude }) => magnitude !== '');
  const [first] = lettered;
  // A small m alone may as well be metres.
  const sure = kinds.has('k') || kinds.has('K') || kinds.has('M');
  const others = parts.some(({ unit }) => unit !== '' && !/^[A-Z]{0,3}\p{Sc}$/u.test(unit));
  return first !== undefined && lettered.length >= 2 && kinds.size >= 2 && sure && !others ? first.cell : '';
}
