const isDigit = (code: number) => code >= 48 && code <= 57;

/**
 * Orders `n2` before `n10`: runs of digits compare as numbers, the rest by character code. A total order, so that files and
 * analyses come out the same whatever order objects were filled in. (Intl.Collator does the same, forty times slower.)
 */
export function compareNatural(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const p = a.charCodeAt(i);
    const q = b.charCodeAt(j);
    if (isDigit(p) && isDigit(q)) {
      const [x, y] = [endOfDigits(a, i), endOfDigits(b, j)];
      const difference = compareDigits(a.slice(i, x), b.slice(j, y));
      if (difference !== 0) return difference;
      i = x;
      j = y;
    } else {
      if (p !== q) return p - q;
      i++;
      j++;
    }
  }
  return a.length - i - (b.length - j) || (a < b ? -1 : a > b ? 1 : 0);
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

function compareDigits(a: string, b: string): number {
  const x = a.replace(/^0+/, '');
  const y = b.replace(/^0+/, '');
  return x.length - y.length || (x < y ? -1 : x > y ? 1 : 0);
}
