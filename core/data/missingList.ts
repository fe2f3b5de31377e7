/** Texts that mean “no value”, as one line for people: `-, n.d.`; semicolons between them where one holds a comma. */
export function formatMissingList(texts: readonly string[]): string {
  return texts.join(texts.some((text) => text.includes(',')) ? '; ' : ', ');
}

/** The texts of such a line. A line with a semicolon is separated by those, so that `<0,05; n.d.` holds two. */
export function parseMissingList(line: string): string[] {
  const texts = line.split(line.includes(';') ? ';' : ',').map((text) => text.trim());
  return [...new Set(texts)].filter((text) => text !== '');
}
