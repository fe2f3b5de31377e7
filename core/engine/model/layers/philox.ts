/**
 * One block of Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): scrambles a counter of four words
 * under a key of two into four random words, put into `out`. Block n is found without the ones before it, so every backend can draw the
 * same numbers in parallel; it is also what TensorFlow's stateless random operations use.
 */
export function philox(c0: number, c1: number, c2: number, c3: number, k0: number, k1: number, out: Int32Array): void {
  for (let round = 0; round < 10; round++) {
    const high0 = highProduct(c0, 0xd251, 0x1f53);
    const high1 = highProduct(c2, 0xcd9e, 0x8d57);
    const low0 = Math.imul(c0, 0xd2511f53);
    c0 = high1 ^ c1 ^ k0;
    c1 = Math.imul(c2, 0xcd9e8d57);
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** The upper 32 bits of the 64-bit product of `a` and a factor given in two halves: JavaScript multiplies 32 bits only. */
function highProduct(a: number, factorHigh: number, factorLow: number): number {
  const high = a >>> 16;
  const low = a & 0xffff;
  const middle = (Math.imul(high, factorLow) + (Math.imul(low, factorLow) >>> 16)) | 0;
  const carry = (Math.imul(low, factorHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(high, factorHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}
