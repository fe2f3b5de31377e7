import type { LoomDocument } from '../document/index.ts';
import { LOSSES, type LossName } from '../training/index.ts';
import type { Network, NetworkLayer } from './network.ts';

/**
 * The outputs whose numeric targets are standardised for training, by the Output's id, each with the layer in which that is undone
 * afterwards: a Dense layer without activation or constraints, with a bias, that feeds this output alone. Its weights times the
 * deviation, plus the mean, speak in the target's own units, so that every export does. Other outputs train on targets as they are.
 */
export function scaledOutputs(document: LoomDocument, network: Network): ReadonlyMap<string, NetworkLayer> {
  const found = new Map<string, NetworkLayer>();
  if (document.data.targetScaling !== 'standardise') return found;
  for (const output of network.outputs) {
    const last = output.source.layer;
    if (LOSSES[output.params.loss as LossName]?.for !== 'numbers') continue;
    const { definition, params } = last;
    const plain = definition.traits.rescales?.(params) === true;
    const readers = [...network.layers, ...network.outputs].filter(({ sources }) =>
      sources.some(({ layer }) => layer === last),
    );
    if (plain && readers.length === 1) found.set(output.id, last);
  }
  return found;
}
