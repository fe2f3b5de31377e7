import * as tfl from '@tensorflow/tfjs-layers';

type Tensor = tfl.SymbolicTensor;

/**
 * These tensors with none of them twice: where one comes again, a layer that does nothing stands in between, called by `nameOf` its place.
 *
 * For the inputs of a layer and the outputs of a model, of both of which TensorFlow.js loses count. Outside training its executor lets a
 * tensor go when it has been read once for each *layer* that reads it, and takes the two reads of a layer that gets it twice (x + x,
 * attention of x to x) for two layers, so that whoever reads it later finds it gone. And of a model's outputs it fills in each tensor once
 * only. The layer is a stock one, so that exported files are right too, and costs no computing.
 */
export function eachOnce(tensors: readonly Tensor[], nameOf: (place: number) => string): Tensor[] {
  const seen = new Set<Tensor>();
  return tensors.map((tensor, place) => {
    const again = seen.has(tensor);
    seen.add(tensor);
    if (!again) return tensor;
    return tfl.layers.activation({ activation: 'linear', name: nameOf(place) }).apply(tensor) as Tensor;
  });
}
