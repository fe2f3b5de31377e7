import type { Draw } from './draw.ts';

/** Values that have no business where they are put. */
const HOSTILE: readonly (() => unknown)[] = [
  ...[null, true, false, 0, -1, 1, 0.5, -0, 1e9, 2 ** 31, 2 ** 53, 1e15, 1e300, -1e300, 5e-324].map(
    (value) => () => value,
  ),
  ...[
    '',
    ' ',
    '0',
    'NaN',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'a\0b',
    '\u2028',
    '\ud800',
    '../../etc/passwd',
  ].map((value) => () => value),
  ...[
    'relu',
    'same',
    'valid',
    'Input',
    'Output',
    'Dense',
    'main',
    'n1',
    'in',
    'out',
    'categoricalCrossentropy',
    'adam',
  ].map((value) => () => value),
  () => 'x'.repeat(70_000),
  () => '"""\n\\',
  () => [],
  () => ({}),
  () => [1, 1],
  () => [0, -1, 3.5],
  () => [[[[]]]],
  () => Array.from({ length: 5000 }, (_, i) => i),
  () => Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`k${i}`, i])),
  () => nested(60),
  () => nested(400),
  () => JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'),
];

export const hostileValue = (draw: Draw): unknown => draw.pick(HOSTILE)();

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { a: value };
  return value;
}

type Container = Record<string, unknown> | unknown[];
interface Place {
  readonly holder: Container;
  readonly key: string;
}

function places(root: unknown): Place[] {
  const found: Place[] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      found.push({ holder: value as Container, key });
      if (found.length < 20_000) walk(child);
    }
  };
  walk(root);
  return found;
}

const read = ({ holder, key }: Place) => (holder as Record<string, unknown>)[key];
/** Defines, since assigning to `__proto__` would do something else. */
function write(holder: Container, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Changes a JSON value in place somewhere: a value, a name, a copy, two swapped, one taken away. */
export function spoilJson(root: unknown, draw: Draw): void {
  const all = places(root);
  if (all.length === 0) return;
  const place = draw.pick(all);
  const other = draw.pick(all);
  switch (draw.below(8)) {
    case 0:
      Reflect.deleteProperty(place.holder, place.key);
      return;
    case 1: {
      const name = draw.pick(['__proto__', 'constructor', '', 'x'.repeat(65), 'n1', 'a\0', 'name', 'id']);
      write(place.holder, name, read(place));
      return;
    }
    case 2: {
      const held = read(place);
      write(place.holder, place.key, structuredClone(read(other)));
      write(other.holder, other.key, structuredClone(held));
      return;
    }
    case 3:
      write(place.holder, place.key, structuredClone(read(other)));
      return;
    case 4: {
      const value = read(place);
      if (typeof value === 'number') write(place.holder, place.key, value * draw.pick([-1, 0, 2, 0.5, 1e6, 1e12]));
      return;
    }
    default:
      write(place.holder, place.key, hostileValue(draw));
  }
}

/** Changes text somewhere: cut, repeated, a stray character, a piece moved. */
export function spoilText(text: string, draw: Draw): string {
  const at = draw.below(text.length + 1);
  const to = at + draw.below(Math.min(200, text.length - at + 1));
  switch (draw.below(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(at);
    case 3: {
      const back = draw.below(text.length + 1);
      return text.slice(0, back) + text.slice(at, to) + text.slice(back);
    }
    default:
      return (
        text.slice(0, at) +
        draw.pick(['\0', '"', '{', '}', ',', '\ufeff', '\ud800', '-', '1e999', '\r', '\u00e9']) +
        text.slice(at)
      );
  }
}

/** Changes bytes somewhere: flipped, zeroed, cut, repeated, a length field made huge. */
export function spoilBytes(bytes: Uint8Array, draw: Draw): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes);
  const at = draw.below(copy.length + 1);
  switch (draw.below(5)) {
    case 0:
      return copy.slice(0, at);
    case 1:
      return Uint8Array.from([...copy.subarray(0, at), ...copy.subarray(Math.max(0, at - draw.below(64)))]);
    case 2:
      return copy.fill(draw.pick([0, 255]), at, at + 1 + draw.below(8));
    default:
      for (let i = 0, many = 1 + draw.below(4); i < many; i++) copy[draw.below(copy.length)] = draw.below(256);
      return copy;
  }
}
