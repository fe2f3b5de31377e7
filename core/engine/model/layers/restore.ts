import { serialization } from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

export type TfInitializer = ReturnType<typeof tfl.initializers.zeros>;
export type TfRegularizer = ReturnType<typeof tfl.regularizers.l1l2>;
export type TfConstraint = ReturnType<typeof tfl.constraints.nonNeg>;

/** The config of a layer of our own: from the catalogue with live objects in it, or from a model file with their JSON. */
export type LayerConfig = { readonly [key: string]: unknown } & { readonly name?: string };

/**
 * An initialiser, penalty or constraint from a layer's config. TensorFlow.js keeps its own reader of these private, so this looks
 * the class up in its public registry, where every class (ours too) is listed.
 */
function restore<T extends serialization.Serializable>(value: unknown): T | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof serialization.Serializable) return value as T;
  const { className, config } = value as { className: string; config: serialization.ConfigDict };
  const entry = serialization.SerializationMap.getMap().classNameMap[className];
  if (entry === undefined) throw new Error(`Unknown class ${className} in a layer's config.`);
  const [cls, fromConfig] = entry;
  return fromConfig(cls, config) as T;
}

export const restoreInitializer = (value: unknown, fallback: () => TfInitializer): TfInitializer =>
  restore<TfInitializer>(value) ?? fallback();
export const restoreRegularizer = (value: unknown) => restore<TfRegularizer>(value);
export const restoreConstraint = (value: unknown) => restore<TfConstraint>(value);

/** The JSON of an object given in a config, for getConfig. */
export function describeObject(value: serialization.Serializable | undefined): serialization.ConfigDictValue {
  return value === undefined ? null : { className: value.getClassName(), config: value.getConfig() };
}
