/** Which side of a conversation proves that it knows the secret: a proof of the one is worth nothing as one of the other. */
export type Side = 'host' | 'window' | 'launcher';

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** A number used once, so that no proof can be played again. */
export function newNonce(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

/**
 * Proof of knowing a secret without telling it: HMAC-SHA-256 over the side and both sides' nonces, the challenger's first. In browsers
 * and in Node alike.
 */
export async function proofOf(secret: string, side: Side, challenge: string, own: string): Promise<string> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encode(secret), algorithm, false, ['sign']);
  return hex(new Uint8Array(await crypto.subtle.sign(algorithm.name, key, encode(`${side} ${challenge} ${own}`))));
}

/** Compares two proofs in a time that does not tell where they differ. */
export function sameProof(given: string, wanted: string): boolean {
  let differ = given.length ^ wanted.length;
  for (let at = 0; at < wanted.length; at++) differ |= (given.charCodeAt(at) || 0) ^ wanted.charCodeAt(at);
  return differ === 0;
}
