const KEYWORDS =
  `False None True and as assert async await break class continue def del elif else except finally for from global
if import in is lambda nonlocal not or pass raise return try while with yield match case type`.split(/\s+/);

/** Gives each wanted name a Python variable that is no keyword, not taken by the program, and not given before. */
export function variableNames(wanted: readonly string[], taken: readonly string[]): ReadonlyMap<string, string> {
  const used = new Set([...KEYWORDS, ...taken]);
  const given = new Map<string, string>();
  for (const name of wanted) {
    let variable = name.replace(/[^A-Za-z0-9_]/g, '_');
    if (!/^[A-Za-z_]/.test(variable)) variable = `_${variable}`;
    while (used.has(variable)) variable += '_';
    used.add(variable);
    given.set(name, variable);
  }
  return given;
}

/** `kernelSize` -> `kernel_size`: names as Python writes them. */
export function snakeCase(name: string): string {
  return name.replace(/([A-Z])/g, '_$1').toLowerCase();
}
