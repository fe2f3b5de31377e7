import { ACTIVATIONS, type ActivationName } from '../../activations.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import type { KerasCall, NamedLayer, TfContext, TfLayer } from '../../defineLayer.ts';
import type { ParamDescriptors } from '../../params.ts';
import { ELEMENTWISE } from '../../traits.ts';

/** What activation layers say for themselves. */
type Said<T extends string, D extends ParamDescriptors> = Pick<
  NamedLayer<T, D>,
  'type' | 'title' | 'keywords' | 'doc' | 'source' | 'params' | 'summary' | 'tf' | 'keras'
> &
  Partial<Pick<NamedLayer<T, D>, 'traits' | 'infer'>>;

/** A layer that works on each number by itself, or along an axis, and has nothing to learn. */
export function activationLayer<const T extends string, const D extends ParamDescriptors>(
  said: Said<T, D>,
): NamedLayer<T, D> {
  return {
    version: 1,
    family: 'act',
    glyph: 'act',
    inputs: oneIn(),
    outputs: oneOut,
    traits: ELEMENTWISE,
    infer: (_, [input = []]) => ({ ok: true, shape: input }),
    weights: () => [],
    cost: () => ({ macs: 0 }),
    ...said,
  };
}

/** Builds and writes the layer that applies the catalogue's activation `name`. */
export function buildActivation(name: ActivationName, c: TfContext): TfLayer {
  const { tfjs } = ACTIVATIONS[name];
  return tfjs === null
    ? c.custom('LoomActivation', { name: c.name, activation: name })
    : c.layers.activation({ name: c.name, activation: tfjs });
}

export const kerasActivation = (name: ActivationName): KerasCall => ({
  className: 'Activation',
  always: ['activation'],
  args: { activation: ACTIVATIONS[name].keras },
});

/** An activation without parameters: the layer that applies the catalogue's activation `name`. */
export function plainActivation<const T extends string>({
  name,
  ...said
}: Omit<Said<T, Record<never, never>>, 'params' | 'summary' | 'tf' | 'keras'> & {
  readonly name: ActivationName;
}): NamedLayer<T, Record<never, never>> {
  return activationLayer({
    ...said,
    params: {},
    summary: () => '',
    tf: (_, c) => buildActivation(name, c),
    keras: () => kerasActivation(name),
  });
}
