import { type AnyParams, findLayer } from '../catalogue/index.ts';

/** A layer as values flow through it. */
export interface FlowLayer {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Null where they do not hold. */
  readonly params: AnyParams | null;
}

/** Where the numbers that leave a layer come from. */
export type ValueOrigin<L extends FlowLayer> =
  /** From these Inputs, unchanged, in whatever order; padding may have put zeros beside them. */
  | { readonly kind: 'inputs'; readonly inputs: readonly L[] }
  /** Worked out by this layer: real numbers, which are whole by chance only. */
  | { readonly kind: 'computed'; readonly by: L }
  /** Neither is certain. */
  | { readonly kind: 'unknown' };

const UNKNOWN = { kind: 'unknown' } as const;

/** Follows the numbers of a layer's output back to where they come from. About linear in the layers on the way. */
export function originOfValues<L extends FlowLayer>(layer: L, sourcesOf: (layer: L) => Iterable<L>): ValueOrigin<L> {
  const inputs: L[] = [];
  const seen = new Set<string>();
  const pending = [layer];
  for (let now = pending.pop(); now !== undefined; now = pending.pop()) {
    if (seen.has(now.id)) continue;
    seen.add(now.id);
    const { type, params } = now;
    if (params === null) return UNKNOWN;
    if (type === 'Input') {
      inputs.push(now);
      continue;
    }
    const stated = findLayer(type)?.traits.values;
    const values = typeof stated === 'function' ? stated(params) : stated;
    if (values === 'unclear') return UNKNOWN;
    if (values !== 'input') return { kind: 'computed', by: now };
    pending.push(...sourcesOf(now));
  }
  return { kind: 'inputs', inputs };
}
