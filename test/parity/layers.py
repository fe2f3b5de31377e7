"""Runs each case of a JSON file through Keras and prints what it computes.

Input: [{name, className, args, inputShapes, integer, inputs, weights, cotangent, batch, random}], values flat, weights in
layer order with their shapes. Output: one JSON line [{name, error?, shape, params, trainable, weightShapes, initial, weightPenalty,
projected, inference, training, inputGradients, weightGradients, after, penalty}].
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402


def flat(value):
    return None if value is None else np.asarray(tf.convert_to_tensor(value), "float64").ravel().tolist()


def run(case):
    layer = Operation(case) if case["operation"] else keras.layers.deserialize(
        {"module": "keras.layers", "class_name": case["className"], "config": case["args"], "registered_name": None}
    )
    batch = case["batch"]
    dtype = "int32" if case["integer"] else "float32"
    symbols = [keras.Input(tuple(shape), dtype=dtype) for shape in case["inputShapes"]]
    places, kwargs = case["call"]["inputs"], case["call"]["kwargs"]

    def arguments(values):
        if places is None:
            return [values if len(values) > 1 else values[0]]
        return [values[place] for place in places]

    output = layer(*arguments(symbols), **kwargs)
    result = {
        "name": case["name"],
        "shape": list(output.shape[1:]),
        "params": layer.count_params(),
        "trainable": [weight.trainable for weight in layer.weights],
        "weightNames": [name_in(layer, weight) for weight in layer.weights],
        "weightShapes": [list(weight.shape) for weight in layer.weights],
        "initial": [flat(weight) for weight in layer.weights],
    }
    if case["random"]:
        return result
    layer.set_weights([np.array(w["data"], "float32").reshape(w["shape"]) for w in case["weights"]])
    result["weightPenalty"] = sum(float(w.regularizer(w.value)) for w in layer.weights if w.regularizer is not None)
    result["projected"] = [flat(w.value if w.constraint is None else w.constraint(w.value)) for w in layer.weights]
    inputs = [
        tf.constant(np.array(data, dtype).reshape([batch, *shape]))
        for data, shape in zip(case["inputs"], case["inputShapes"])
    ]

    def call(training):
        return layer(*arguments(inputs), **kwargs, **({"training": training} if takes_training(layer) else {}))

    result["inference"] = flat(call(False))
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        y = call(True)
        cotangent = np.array(case["cotangent"], "float32").reshape(y.shape)
        total = tf.reduce_sum(y * cotangent)
        penalty = tf.add_n([tf.zeros([]), *activity_losses(layer)])
    result["training"] = flat(y)
    result["penalty"] = float(penalty)
    variables = [weight.value for weight in layer.trainable_weights]
    grads = tape.gradient(total, [*inputs, *variables], unconnected_gradients="none")
    result["inputGradients"] = [None if case["integer"] else flat(g) for g in grads[: len(inputs)]]
    result["weightGradients"] = [flat(g) for g in grads[len(inputs) :]]
    result["after"] = [flat(weight) for weight in layer.weights]
    return result


class Operation(keras.layers.Layer):
    """A function of keras.ops as a layer. Several outputs stand side by side in one vector."""

    def __init__(self, case):
        super().__init__()
        self.function = lambda x: getattr(keras.ops, case["operation"])(x, **case["args"])

    def call(self, x):
        outputs = self.function(x)
        if not isinstance(outputs, (list, tuple)):
            return outputs
        return keras.ops.concatenate([keras.ops.reshape(y, (-1, int(np.prod(y.shape[1:])))) for y in outputs], axis=-1)


def name_in(layer, weight):
    """A weight's name within its layer; a recurrent layer's cell is not part of it."""
    parts = weight.path.removeprefix(layer.path + "/").split("/")
    return "/".join(part for part in parts if not part.endswith("_cell"))


def takes_training(layer):
    return layer._call_has_training_arg


def activity_losses(layer):
    inside = layer._flatten_layers()
    return [loss for part in inside if part.activity_regularizer is not None for loss in part._losses]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        cases = json.load(file)
    results = []
    for case in cases:
        try:
            results.append(run(case))
        except Exception as error:  # one bad case must not hide the others
            results.append({"name": case["name"], "error": f"{type(error).__name__}: {error}"})
    print(json.dumps(results))


main()
