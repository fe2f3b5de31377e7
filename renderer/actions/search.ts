/** What a search looks at. */
export interface Searched {
  readonly title: string;
  readonly type: string;
  /** Other names, and what it belongs to. */
  readonly words: readonly string[];
}

/** How well something answers what was typed: 0 not at all, more is better. Every word must be found somewhere. */
export function scoreOf({ title, type, words }: Searched, query: string): number {
  const asked = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (asked.length === 0) return 1;
  const names = [title.toLowerCase(), type.toLowerCase()];
  const rest = words.map((word) => word.toLowerCase());
  let score = 0;
  for (const word of asked) {
    if (names.includes(word)) score += 8;
    else if (names.some((name) => name.startsWith(word))) score += 5;
    else if (names.some((name) => name.includes(word))) score += 3;
    else if (rest.some((other) => other.startsWith(word))) score += 2;
    else if (rest.some((other) => other.includes(word))) score += 1;
    else return 0;
  }
  return score;
}

/** Those that answer, best first; in the order given among equals. */
export function search<T extends Searched>(all: readonly T[], query: string): readonly T[] {
  return all
    .map((one) => ({ one, score: scoreOf(one, query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ one }) => one);
}
