/** The largest number that divides both (Euclid's algorithm). */
export function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** The largest divisor of `n` that is at most `limit`; in √n steps, because numbers come from files as well as from people. */
export function largestDivisor(n: number, limit: number): number {
  let best = 1;
  for (let d = 1; d * d <= n; d++) {
    if (n % d !== 0) continue;
    for (const divisor of [d, n / d]) if (divisor <= limit && divisor > best) best = divisor;
  }
  return best;
}
