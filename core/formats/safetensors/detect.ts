/** Whether these first bytes (16 are enough) look like a safetensors file: a sane header length, then a JSON object. */
export function detectSafetensors(head: Uint8Array): boolean {
  if (head.length < 9) return false;
  const length = new DataView(head.buffer, head.byteOffset, head.byteLength).getBigUint64(0, true);
  return length >= 2n && length <= BigInt(MAX_HEADER_BYTES) && head[8] === 0x7b;
}

/** The limit of the reference implementation. */
export const MAX_HEADER_BYTES = 100_000_000;
