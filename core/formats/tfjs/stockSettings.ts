import type { AnyLayerDefinition, AnyParams, ParamDescriptor, TfContext, TfLayer } from '../../catalogue/index.ts';
import { edit } from '../../edits.ts';
import type { Fix } from '../../errors.ts';
import type { Network, NetworkLayer } from '../../graph/index.ts';
import type { JsonValue } from '../../json.ts';
import type { Shape } from '../../tensor/index.ts';

/** A setting that keeps a layer out of plain TensorFlow.js, and a value that does not. */
export interface StockChange {
  readonly param: string;
  readonly label: string;
  readonly value: JsonValue;
  /** As a request without its stop: "switch “Reset after” off". */
  readonly words: string;
}

export interface StockAdvice {
  readonly layer: NetworkLayer;
  /** The fewest settings to change; empty where none will do. */
  readonly changes: readonly StockChange[];
}

/** What would make this layer of a network one that plain TensorFlow.js has; null where the network has no such layer. */
export function stockAdvice(network: Network, exportName: string): StockAdvice | null {
  const layer = network.layers.find((one) => one.exportName === exportName);
  if (layer === undefined) return null;
  return { layer, changes: fewestChanges(layer.definition, layer.params, layer.inputShapes) };
}

/** The changes as one click. */
export function stockFix({ layer, changes }: StockAdvice): readonly Fix[] {
  if (changes.length === 0) return [];
  const params = Object.fromEntries(changes.map(({ param, value }) => [param, value]));
  const [first = '', ...more] = changes.map(({ words }) => words);
  const label = [first.charAt(0).toUpperCase() + first.slice(1), ...more].join(' and ');
  return [{ label, edit: edit('setParams', { nodeId: layer.id, params }) }];
}

/** One change, else two, else three: there are a few dozen of them, and trying one costs nothing. */
function fewestChanges(
  definition: AnyLayerDefinition,
  params: AnyParams,
  inputs: readonly Shape[],
): readonly StockChange[] {
  const stock = (changes: readonly StockChange[]) => {
    const next = { ...params, ...Object.fromEntries(changes.map(({ param, value }) => [param, value])) };
    return definition.infer(next, inputs).ok && isStock(definition, next, inputs);
  };
  const single = Object.entries(definition.params as { readonly [name: string]: ParamDescriptor }).flatMap(
    ([param, descriptor]) => alternatives(param, descriptor, params[param] ?? null),
  );
  const search = (chosen: readonly StockChange[], from: number, left: number): readonly StockChange[] | null => {
    for (let i = from; i < single.length; i++) {
      const change = single[i];
      if (change === undefined || chosen.some(({ param }) => param === change.param)) continue;
      const next = [...chosen, change];
      const found = left === 1 ? (stock(next) ? next : null) : search(next, i + 1, left - 1);
      if (found !== null) return found;
    }
    return null;
  };
  return search([], 0, 1) ?? search([], 0, 2) ?? search([], 0, 3) ?? [];
}

/** Simpler values of a setting, the simplest first. */
function alternatives(param: string, descriptor: ParamDescriptor, now: JsonValue): readonly StockChange[] {
  const { label } = descriptor;
  const change = (value: JsonValue, words: string): StockChange => ({ param, label, value, words });
  switch (descriptor.kind) {
    case 'boolean':
      return [change(now !== true, `switch “${label}” ${now === true ? 'off' : 'on'}`)];
    case 'choice':
      return descriptor.options
        .filter(({ value }) => value !== now)
        .map((option) => change(option.value, `set “${label}” to ${option.label}`));
    case 'int':
    case 'float': {
      const simple = descriptor.kind === 'int' ? [descriptor.default, 1] : [descriptor.default];
      const others = [...new Set(simple)].filter((value) => value !== now);
      return others.map((value) => change(value, `set “${label}” to ${value ?? descriptor.nullLabel ?? 'none'}`));
    }
    case 'ints': {
      const ones = descriptor.boxes.map(() => 1);
      return Array.isArray(now) && now.some((value) => value !== 1) ? [change(ones, `set “${label}” to 1`)] : [];
    }
    case 'shape':
      return [change([...descriptor.default], `set “${label}” to ${descriptor.default.join(', ')}`)];
    default:
      return [];
  }
}

/** Whether all of a layer's chain is TensorFlow.js' own. Nothing is built: what would be is only named. */
function isStock(definition: AnyLayerDefinition, params: AnyParams, inputs: readonly Shape[]): boolean {
  let own = false;
  const notStock = () => {
    own = true;
    return NO_LAYER;
  };
  const layers = new Proxy({} as TfContext['layers'], {
    get: () => () => NO_LAYER,
  });
  definition.tf?.(params, {
    layers,
    name: 'layer',
    inputs,
    mode: 'export',
    splitActivation: false,
    initializer: () => NOTHING,
    regularizer: () => undefined,
    constraint: () => undefined,
    custom: notStock,
    computed: notStock,
  });
  return !own;
}

const NO_LAYER = {} as TfLayer;
const NOTHING = {} as ReturnType<TfContext['initializer']>;
