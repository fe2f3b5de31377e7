/** The part of Python's expressions that generated programs need, as a tree, so that the formatter can break lines. */
export type Python =
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'call'; readonly callee: string; readonly args: readonly PythonItem[] }
  /** `layers.Dense(3)(x)`: the result of a call, called. */
  | { readonly kind: 'apply'; readonly layer: Python; readonly args: readonly PythonItem[] }
  | { readonly kind: 'group'; readonly open: '[' | '(' | '{'; readonly items: readonly PythonItem[] };

/** An argument or element; `prefix` is `name=` in a call and `key: ` in a dictionary. */
export interface PythonItem {
  readonly prefix?: string;
  readonly value: Python;
}

export const CLOSING = { '[': ']', '(': ')', '{': '}' } as const;

/** Source text that is never broken: a name, a number, an attribute. */
export function atom(text: string): Python {
  return { kind: 'atom', text };
}

export function call(callee: string, args: readonly PythonItem[] = []): Python {
  return { kind: 'call', callee, args };
}

export function list(values: readonly Python[]): Python {
  return { kind: 'group', open: '[', items: values.map((value) => ({ value })) };
}

export function tuple(values: readonly Python[]): Python {
  return { kind: 'group', open: '(', items: values.map((value) => ({ value })) };
}

export function dict(entries: readonly (readonly [key: Python, value: Python])[]): Python {
  return { kind: 'group', open: '{', items: entries.map(([key, value]) => ({ prefix: `${flat(key)}: `, value })) };
}

/** `name=value` in a call. Names come from the catalogue, never from a file: one that is no name would be code. */
export function named(name: string, value: Python): PythonItem {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`“${name.slice(0, 60)}” cannot name an argument.`);
  return { prefix: `${name}=`, value };
}

export function positional(value: Python): PythonItem {
  return { value };
}

/** On one line, however long. */
export function flat(value: Python): string {
  switch (value.kind) {
    case 'atom':
      return value.text;
    case 'call':
      return `${value.callee}(${flatItems(value.args)})`;
    case 'apply':
      return `${flat(value.layer)}(${flatItems(value.args)})`;
    case 'group': {
      const comma = value.open === '(' && value.items.length === 1 ? ',' : '';
      return `${value.open}${flatItems(value.items)}${comma}${CLOSING[value.open]}`;
    }
  }
}

export function flatItems(items: readonly PythonItem[]): string {
  return items.map((item) => `${item.prefix ?? ''}${flat(item.value)}`).join(', ');
}
