import { CLOSING, flat, flatItems, type Python, type PythonItem } from './expression.ts';

/** The line length of the Black formatter. */
export const LINE_LENGTH = 88;

/**
 * One statement, `prefix` and a value (`x = ` and a call), laid out as the Black formatter would: on one line if it fits, else
 * the arguments on a line of their own, else one argument a line with a trailing comma.
 */
export function statement(prefix: string, value: Python, indent = 0): string[] {
  return lay(prefix, value, '', indent);
}

/** `def name(arguments):`, laid out likewise. */
export function header(keyword: 'def', value: Python): string[] {
  return lay(`${keyword} `, value, ':', 0);
}

function lay(prefix: string, value: Python, suffix: string, indent: number): string[] {
  const pad = ' '.repeat(indent);
  const oneLine = `${pad}${prefix}${flat(value)}${suffix}`;
  if (fits(oneLine) || value.kind === 'atom') return [oneLine];
  if (value.kind === 'group')
    return broken(`${prefix}${value.open}`, value.items, `${CLOSING[value.open]}${suffix}`, indent, value.open === '(');
  if (value.kind === 'call') {
    if (value.args.length === 0) return [oneLine];
    return broken(`${prefix}${value.callee}(`, value.args, `)${suffix}`, indent);
  }
  // Black breaks inside the last brackets when what stands before them fits on a line, and inside the ones before otherwise.
  const head = `${prefix}${flat(value.layer)}(`;
  if (fits(pad + head) || value.layer.kind !== 'call') return broken(head, value.args, `)${suffix}`, indent);
  return lay(prefix, value.layer, `(${flatItems(value.args)})${suffix}`, indent);
}

function broken(head: string, items: readonly PythonItem[], tail: string, indent: number, tuple = false): string[] {
  const pad = ' '.repeat(indent);
  const body = `${pad}    ${flatItems(items)}`;
  if (fits(body) && !(tuple && items.length === 1)) return [`${pad}${head}`, body, `${pad}${tail}`];
  // Black puts no comma behind a single item, except where it makes the tuple.
  const comma = items.length > 1 || tuple ? ',' : '';
  const inside = items.flatMap((item) => lay(item.prefix ?? '', item.value, comma, indent + 4));
  return [`${pad}${head}`, ...inside, `${pad}${tail}`];
}

function fits(line: string): boolean {
  return line.length <= LINE_LENGTH;
}
