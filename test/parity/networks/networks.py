"""Trains networks in Keras as the programs exported for them say, from weights and on batches that are given.

Reads a JSON list of tasks from the file given first; prints one JSON line with a result for each: the loss of every step, of the
held-out samples after each epoch, and predictions of the trained model and of the exported one.
"""

import contextlib
import io
import json
import os
import runpy
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from safetensors.numpy import load_file  # noqa: E402


class Compiled(Exception):
    """Thrown when a program comes to compiling its model: nothing behind it is of interest."""


def compiled_by(script):
    """A program's model and what the program compiles it with."""
    seen = {}

    def watched_compile(model, **arguments):
        seen.update(model=model, **arguments)
        raise Compiled

    compile_model = keras.Model.compile
    keras.Model.compile = watched_compile
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_path(script)["main"]()
    except Compiled:
        return seen
    finally:
        keras.Model.compile = compile_model


def target_for(loss, output, values):
    """Targets as the program would make them of class numbers or values."""
    if isinstance(loss, keras.losses.SparseCategoricalCrossentropy):
        return values
    width = output.shape[-1]
    if values.shape[1] == 1 and width > 1:
        return keras.utils.to_categorical(values[:, 0], width)
    return values


def one_or_list(values):
    return values[0] if len(values) == 1 else values


def densely(optimizer):
    """
    Has an optimiser take the gradients of embeddings as whole matrices, as every other framework does. Keras hands them on as rows, and
    updates moments for a row that a batch has twice, or that is penalised besides, as if it were several.
    """
    apply = optimizer.apply
    optimizer.apply = lambda grads, variables: apply([tf.convert_to_tensor(grad) for grad in grads], variables)
    return optimizer


def number(value):
    """JSON has no NaN."""
    return float(value) if np.isfinite(value) else None


def numbers(outputs):
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    return [[number(value) for value in np.asarray(output).ravel()] for output in outputs]


def run(task):
    data = load_file(task["data"])
    trained, batch = task["trained"], task["batch"]
    exported = keras.saving.load_model(task["final"])
    inputs = [data[field] for field in task["inputs"]]
    held_out = one_or_list([x[trained:] for x in inputs])
    result = {"exported": numbers(exported(held_out, training=False)), "params": exported.count_params()}
    if task["dropsOut"]:
        return result
    arguments = compiled_by(task["script"])
    model = arguments["model"]
    model.load_weights(task["initial"])
    losses = arguments["loss"] if isinstance(arguments["loss"], list) else [arguments["loss"]]
    fields = zip(losses, model.outputs, task["targets"])
    targets = [target_for(loss, output, data[field]) for loss, output, field in fields]
    model.compile(
        optimizer=densely(arguments["optimizer"]),
        loss=arguments["loss"],
        loss_weights=arguments.get("loss_weights"),
        run_eagerly=True,
    )

    def measured(do, rows):
        # Keras means a loss over the batches since this.
        model.reset_metrics()
        made = do(one_or_list([x[rows] for x in inputs]), one_or_list([y[rows] for y in targets]), return_dict=True)
        return number(made["loss"])

    result["losses"], result["heldOut"] = [], []
    for _ in range(task["epochs"]):
        for start in range(0, trained, batch):
            rows = slice(start, min(start + batch, trained))
            result["losses"].append(measured(model.train_on_batch, rows))
        result["heldOut"].append(measured(model.test_on_batch, slice(trained, None)))
    result["predictions"] = numbers(model(held_out, training=False))
    return result


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        tasks = json.load(file)
    results = []
    for task in tasks:
        try:
            results.append(run(task))
        except Exception as error:  # One bad network must not hide the others.
            results.append({"error": f"{type(error).__name__}: {error}"})
        keras.backend.clear_session()
    print(json.dumps(results))


main()
