"""What exported programs read from tables, and what a trained model answers to what they read.

Reads a JSON list of tasks from the file given first and prints a JSON list of results, in one process, because starting
TensorFlow takes seconds. Tensors go to safetensors files.
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
from safetensors.numpy import save_file  # noqa: E402


def samples(program, part):
    """Features and targets of all rows that a program can use; its figures are those of the rows of `part`."""
    rows = [row for row in program["read_rows"]() if program["usable"](row)]
    targets = [program["encode_target"](rows, *target) for target in program["TARGETS"].items()]
    train = part(program, targets, len(rows))
    return program["encode_features"](rows, train), targets


def read(task):
    program = runpy.run_path(task["script"])
    features, targets = samples(program, lambda _program, _targets, count: range(count))
    tensors = {"features": features, **{f"target{i}": target for i, target in enumerate(targets)}}
    save_file({name: np.ascontiguousarray(value, "float32") for name, value in tensors.items()}, task["out"])
    return {"rows": len(features)}


def walk(task):
    """Runs a program as it is; then the model trained elsewhere answers to the rows that the program reads."""
    seen = {}
    fit, evaluate = keras.Model.fit, keras.Model.evaluate

    def watched_fit(model, x, y, **arguments):
        seen.update(train_x=x, train_y=y, validation_x=arguments["validation_data"][0])
        return fit(model, x, y, **arguments)

    def watched_evaluate(model, x, y, **arguments):
        # Keras evaluates the validation part within fit, too.
        if "_use_cached_eval_dataset" not in arguments:
            seen.update(test_x=x, test_y=y)
        return evaluate(model, x, y, **arguments)

    os.chdir(os.path.dirname(task["script"]))
    keras.Model.fit, keras.Model.evaluate = watched_fit, watched_evaluate
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            program = runpy.run_path(task["script"], run_name="__main__")
    finally:
        keras.Model.fit, keras.Model.evaluate = fit, evaluate
    features, targets = samples(program, lambda _, labels, __: program["split_samples"](labels[0])[0])
    trained = keras.saving.load_model(task["model"], compile=False)
    trained.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
    )
    metrics = trained.evaluate(seen["test_x"], seen["test_y"], return_dict=True, verbose=0)
    predictions = trained.predict(features, verbose=0)
    tensors = {**seen, "features": features, "targets": targets[0], "predictions": predictions}
    save_file({name: np.ascontiguousarray(value, "float32") for name, value in tensors.items()}, task["out"])
    return {
        "rows": len(features),
        "metrics": {name: float(value) for name, value in metrics.items()},
        "printed": printed.getvalue()[-2000:],
    }


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        tasks = json.load(file)
    results = []
    for task in tasks:
        try:
            results.append({"read": read, "walk": walk}[task["kind"]](task))
        except Exception as error:  # noqa: BLE001
            results.append({"error": f"{type(error).__name__}: {error}"})
    print("\n" + json.dumps(results))


main()
