import type { AnyLayerDefinition, Family } from './defineLayer.ts';
import { type CatalogueLayer, LAYERS, type LayerType } from './layers/index.ts';
import type { AnyParams, ParamDescriptors } from './params.ts';

export type { CatalogueLayer, LayerType };

const byType: ReadonlyMap<string, CatalogueLayer> = new Map(LAYERS.map((layer) => [layer.type, layer]));

/** The definition of a layer type, or undefined for one this version does not know. */
export function findLayer(type: string): CatalogueLayer | undefined {
  return byType.get(type);
}

/** Whether a type, from a file or a message, is one of the catalogue's. */
export function isLayerType(type: string): type is LayerType {
  return byType.has(type);
}

/** Every layer type, in palette order. */
export function listLayers(): readonly CatalogueLayer[] {
  return LAYERS;
}

/** The families of layers, by their titles in the palette. */
export const FAMILY_LABELS: { readonly [F in Family]: string } = {
  io: 'In and out',
  dense: 'Core',
  conv: 'Convolution',
  pool: 'Pooling',
  norm: 'Normalisation',
  act: 'Activation',
  reg: 'Regularisation',
  merge: 'Merge',
  rnn: 'Recurrent',
  attn: 'Attention',
  shape: 'Shape',
};

/** All parameters at their defaults. */
export function defaultParams(layer: AnyLayerDefinition): AnyParams {
  const descriptors: ParamDescriptors = layer.params;
  return Object.fromEntries(Object.entries(descriptors).map(([name, d]) => [name, d.default])) as AnyParams;
}
