import { type Graph, LAYER_NAME_PATTERN } from '../document/index.ts';

/** `Conv2D` → `conv2d`, `MaxPool2D` → `max_pool2d`, `BatchNorm` → `batch_norm`, `ReLU` → `relu`. */
export function nameStem(type: string): string {
  const stem = type
    .replace(/([a-z0-9])([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z]{3,})([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .toLowerCase()
    .slice(0, 48);
  return /^[a-z]/.test(stem) ? stem : `layer_${stem}`;
}

/** Every layer name in use. */
export function namesIn(graph: Graph): Set<string> {
  return new Set(Object.values(graph.nodes).map((node) => node.name));
}

/** The next free name for a layer of this type: `conv2d_1`, `conv2d_2`, ... */
export function autoName(type: string, taken: ReadonlySet<string>): string {
  return numbered(nameStem(type), taken);
}

/** A legal, free name as close as can be to the wanted one: itself, or `dense_1` → `dense_2`, `my layer` → `my_layer`. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  return createNamer(taken)(wanted);
}

/**
 * `freeName` for many names against one set, which may grow but not shrink meanwhile. It remembers where counting stopped, so that
 * thousands of layers of one name cost thousands of steps and not their square.
 */
export function createNamer(taken: ReadonlySet<string>): (wanted: string) => string {
  const next = new Map<string, number>();
  return (wanted) => {
    const legal = sanitise(wanted);
    if (!taken.has(legal)) return legal;
    const stem = legal.replace(/_\d+$/, '');
    const name = numbered(stem, taken, next.get(stem));
    next.set(stem, Number(name.slice(name.lastIndexOf('_') + 1)));
    return name;
  };
}

function numbered(stem: string, taken: ReadonlySet<string>, from = 1): string {
  for (let number = from; ; number++) {
    const name = `${stem.slice(0, 56)}_${number}`;
    if (!taken.has(name)) return name;
  }
}

function sanitise(name: string): string {
  if (LAYER_NAME_PATTERN.test(name)) return name;
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 56);
  if (plain === '') return 'layer';
  return /^[A-Za-z]/.test(plain) ? plain : `layer_${plain}`;
}
