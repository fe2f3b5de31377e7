"""What Keras, TensorFlow and safetensors make of the files that Layerloom exports.

Reads a JSON list of tasks from the file given first and prints a JSON list of results, in one process, because starting
TensorFlow takes seconds. Tensors travel as safetensors files in both directions.
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
from safetensors.numpy import load_file, save_file  # noqa: E402


def as_list(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def predict(task):
    """Outputs of a .keras file for given inputs, by input name."""
    model = keras.saving.load_model(task["model"])
    tensors = load_file(task["inputs"])
    outputs = as_list(model([tensors[i.name] for i in model.inputs], training=False))
    save_file({str(i): np.asarray(o, "float32") for i, o in enumerate(outputs)}, task["outputs"])
    return {
        "inputs": [i.name for i in model.inputs],
        "outputs": [o._keras_history.operation.name for o in model.outputs],
        "layers": [layer.name for layer in model.layers],
        "params": model.count_params(),
    }


def all_of(batches):
    """Inputs and targets of all batches of a dataset."""
    inputs, targets = zip(*batches.as_numpy_iterator())
    return np.concatenate(inputs), np.concatenate(targets)


def run_code(task):
    """Runs an exported program as it is, and notes what it trained on and how that went."""
    seen = {}
    fit = keras.Model.fit

    def watched_fit(model, x, y=None, **arguments):
        history = fit(model, x, y, **arguments)
        if isinstance(x, tf.data.Dataset):
            x, y = all_of(x)
        seen.update(x=x, y=y, arguments=arguments, history=history.history, params=model.count_params())
        return history

    os.chdir(os.path.dirname(task["script"]))
    printed = io.StringIO()
    keras.Model.fit = watched_fit
    try:
        with contextlib.redirect_stdout(printed):
            runpy.run_path(task["script"], run_name="__main__")
    finally:
        keras.Model.fit = fit
    tensors = {"x": seen["x"], "y": seen["y"]}
    if "validation_data" in seen["arguments"]:
        held_out = seen["arguments"]["validation_data"]
        if isinstance(held_out, tf.data.Dataset):
            held_out = all_of(held_out)
        tensors["validation_x"], tensors["validation_y"] = held_out
    tensors = {f"{key}{i}": v for key, value in tensors.items() for i, v in enumerate(as_list(value))}
    save_file({key: np.ascontiguousarray(value, "float32") for key, value in tensors.items()}, task["outputs"])
    return {
        "loss": seen["history"]["loss"],
        "metrics": sorted(seen["history"]),
        "params": seen["params"],
        "printed": printed.getvalue()[-2000:],
        "saved": [name for name in os.listdir(".") if name.endswith(".keras")],
    }


def plain(value):
    """A layer's config without what differs from object to object; one spelling for weight penalties."""
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (float, np.floating)):
        return float(np.float32(value))
    if not isinstance(value, dict):
        return value
    if value.get("class_name") in ("L1", "L2", "L1L2"):
        given = value["config"]
        return {"penalty": [plain(float(given.get("l1", 0))), plain(float(given.get("l2", 0)))]}
    if value.get("class_name") == "Gelu":
        return {"approximate": value["config"]["approximate"]}
    return {k: plain(v) for k, v in value.items() if k not in ("shared_object_id", "build_config")}


class Compiled(Exception):
    """Thrown when a program comes to compiling its model: nothing behind it is of interest."""


def decayed(program):
    """For each layer of a program's model, which of its trained weights the program's optimiser decays."""
    seen = {}

    def watched_compile(model, optimizer=None, **_):
        for layer in model.layers:
            # The value, a variable of TensorFlow's, is what the optimiser asks about while it trains.
            seen[layer.name] = [optimizer._use_weight_decay(weight.value) for weight in layer.trainable_weights]
        raise Compiled

    compile_model = keras.Model.compile
    keras.Model.compile = watched_compile
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            program["main"]()
    except Compiled:
        return seen
    finally:
        keras.Model.compile = compile_model


def compare(task):
    """Differences between the network that a program builds and that of a .keras file, layer by layer."""
    program = runpy.run_path(task["script"])
    built = program["build_model"]()
    loaded = keras.saving.load_model(task["model"])
    differences = []
    if [layer.name for layer in built.layers] != [layer.name for layer in loaded.layers]:
        differences.append("layers are named or ordered differently")
    for a in built.layers:
        b = loaded.get_layer(a.name)
        ours, theirs = plain(keras.saving.serialize_keras_object(a)), plain(keras.saving.serialize_keras_object(b))
        if ours != theirs:
            differences.append({"layer": a.name, "program": ours["config"], "file": theirs["config"]})
    return {"layers": len(built.layers), "differences": differences, "decayed": decayed(program)}


def count(task):
    """The weights of the network that a program builds."""
    model = runpy.run_path(task["script"])["build_model"]()
    trainable = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    counted = {"params": model.count_params(), "trainable": trainable}
    del model
    keras.utils.clear_session()
    return counted


def read_events(task):
    """The scalars of a TensorBoard event file."""
    events = []
    for event in tf.compat.v1.train.summary_iterator(task["file"]):
        for value in event.summary.value:
            kind = value.WhichOneof("value")
            events.append({"tag": value.tag, "step": event.step, "time": event.wall_time, "kind": kind, "value": value.simple_value})
    return {"events": events}


KINDS = {"predict": predict, "code": run_code, "compare": compare, "count": count, "events": read_events}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        tasks = json.load(file)
    results = []
    for task in tasks:
        try:
            results.append(KINDS[task["kind"]](task))
        except Exception as error:  # A failing task must not hide the others.
            results.append({"error": f"{type(error).__name__}: {error}"})
    print(json.dumps(results))


main()
