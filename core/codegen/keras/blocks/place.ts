import type { Graph } from '../../../document/index.ts';
import type { Instance, NetworkLayer } from '../../../graph/index.ts';

/** Thrown where a definition cannot be one function of the values of its uses: the network is then written layer by layer. */
export class NotOneFunction extends Error {}

/** A graph of the document, and everywhere in the network where it stands. */
export interface Place {
  readonly graph: Graph;
  /** At least one; the main graph stands in one place. */
  readonly instances: readonly Instance[];
  /** What the program calls a name that the graph's formulas use. */
  variable(name: string): string;
  /** In front of the names of its layers: nothing in the main graph, else `{name}_`. */
  readonly prefix: string;
}

/** The layers of the network by their paths. */
export type LayersByPath = ReadonlyMap<string, NetworkLayer>;

/** What exported files call an instance: the names of its uses and the numbers of their repetitions; empty for the main graph. */
export function exportNameOf({ within, uses }: Instance): string {
  if (within === null) return '';
  const before = exportNameOf(within.instance);
  const iteration = uses.at(-1)?.iteration ?? null;
  return `${before === '' ? '' : `${before}_`}${within.use.name}${iteration === null ? '' : `_${iteration}`}`;
}

/** Whether any layer of an instance, or of what it uses, is part of the network. */
export function isNeeded(instance: Instance, layers: LayersByPath): boolean {
  return (
    Object.keys(instance.graph.nodes).some((id) => layers.has(instance.path + id)) ||
    [...instance.children.values()].flat().some((child) => isNeeded(child, layers))
  );
}
