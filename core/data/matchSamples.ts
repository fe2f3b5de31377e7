/** How the samples there are now stand to those there were. */
export interface SampleMatch {
  /** For each of the old samples, which of the new ones it is; -1 where it is gone or was changed. */
  readonly found: Int32Array;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/**
 * Finds samples again by their keys. Equal ones are told apart by their order: the first of the old is the first of the new. What stands
 * in the place of one that is gone, between the same neighbours, is that one changed. Takes linear time.
 */
export function matchSamples(before: readonly string[], now: readonly string[]): SampleMatch {
  const found = new Int32Array(before.length).fill(-1);
  const taken = new Uint8Array(now.length);
  const waiting = new Map<string, number[]>();
  for (const [i, key] of now.entries()) {
    const places = waiting.get(key);
    if (places === undefined) waiting.set(key, [i]);
    else places.push(i);
  }
  const next = new Map<string, number>();
  for (const [i, key] of before.entries()) {
    const at = next.get(key) ?? 0;
    const place = waiting.get(key)?.[at];
    if (place === undefined) continue;
    next.set(key, at + 1);
    found[i] = place;
    taken[place] = 1;
  }
  // By the known sample before them: how many are gone, and how many are new, behind it.
  const gone = new Map<number, number>();
  let neighbour = -1;
  for (const place of found) {
    if (place >= 0) neighbour = place;
    else gone.set(neighbour, (gone.get(neighbour) ?? 0) + 1);
  }
  let changed = 0;
  neighbour = -1;
  for (const [i, known] of taken.entries()) {
    if (known === 1) {
      neighbour = i;
      continue;
    }
    const left = gone.get(neighbour) ?? 0;
    if (left === 0) continue;
    gone.set(neighbour, left - 1);
    changed++;
  }
  const kept = taken.reduce((sum, known) => sum + known, 0);
  return { found, added: now.length - kept - changed, removed: before.length - kept - changed, changed };
}
