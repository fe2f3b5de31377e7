import type { BasicParam, Entries, Entry } from '../../params/index.ts';

type Merged<P> = (P extends unknown ? (params: P) => void : never) extends (params: infer All) => void ? All : never;

/** The parameters of several entries in one set. */
export type MergedParams<E extends Entry> = Merged<E['params']>;

/**
 * The parameters of all losses, as an Output has them beside its choice of one: each has an effect with the losses that have it. Losses
 * that share a parameter share its descriptor.
 */
export function lossParams<L extends Entries>(losses: L): MergedParams<L[keyof L]> {
  const merged: { [name: string]: BasicParam } = {};
  for (const { params } of Object.values(losses))
    for (const [name, descriptor] of Object.entries(params)) {
      const having = Object.values(losses).filter((loss) => loss.params[name] !== undefined);
      if (having.some((loss) => loss.params[name] !== descriptor))
        throw new Error(`Losses mean different things by “${name}”: one descriptor for all, or another name`);
      merged[name] ??= { ...descriptor, needs: [{ param: 'loss', is: having.map((loss) => loss.name) }] };
    }
  // Object by object merged, which the type says of the whole.
  return merged as MergedParams<L[keyof L]>;
}
