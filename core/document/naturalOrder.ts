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
      const difference = compareDigits(a, i, x, b, j, y);
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

/** Without slices or regular expressions: this is the inner loop of sorting a file's keys, however many it has. */
function compareDigits(a: string, startA: number, endA: number, b: string, startB: number, endB: number): number {
  let i = skipZeros(a, startA, endA);
  let j = skipZeros(b, startB, endB);
  const longer = endA - i - (endB - j);
  if (longer !== 0) return longer;
  for (; i < endA; i++, j++) {
    const difference = a.charCodeAt(i) - b.charCodeAt(j);
    if (difference !== 0) return difference;
  }
  return 0;
}

function skipZeros(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) === 48) at++;
  return at;
}
