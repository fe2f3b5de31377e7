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


def samples(program, *part):
    """Features and targets of all rows that a program can use; where it finds the scaling itself, in `part`."""
    rows = [row for row in program["read_rows"]() if program["usable"](row)]
    targets = [program["encode_target"](rows, *target) for target in program["TARGETS"].items()]
    return program["encode_features"](rows, *(part(len(rows)) for part in part)), targets


def read(task):
    program = runpy.run_path(task["script"])
    features, targets = samples(program, range)
    tensors = {"features": features, **{f"target{i}": target for i, target in enumerate(targets)}}
    save_file({name: np.ascontiguousarray(value, "float32") for name, value in tensors.items()}, task["out"])
    return {"rows": len(features)}


def run(script):
    """Runs a program as it is, and sees what it trains and tests with."""
    seen = {}
    fit, evaluate = keras.Model.fit, keras.Model.evaluate

    def watched_fit(model, x, y, **arguments):
        x_of, y_of = arguments["validation_data"]
        seen.update(train_x=x, train_y=y, validation_x=x_of, validation_y=y_of)
        return fit(model, x, y, **arguments)

    def watched_evaluate(model, x, y, **arguments):
        # Keras evaluates the validation part within fit, too.
        if "_use_cached_eval_dataset" not in arguments:
            seen.update(test_x=x, test_y=y)
        return evaluate(model, x, y, **arguments)

    os.chdir(os.path.dirname(script))
    keras.Model.fit, keras.Model.evaluate = watched_fit, watched_evaluate
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            program = runpy.run_path(script, run_name="__main__")
    finally:
        keras.Model.fit, keras.Model.evaluate = fit, evaluate
    return program, seen, printed.getvalue()


def walk(task):
    """Runs the program of a run; then the model trained elsewhere answers to the rows that the program reads."""
    program, seen, printed = run(task["script"])
    features, targets = samples(program)
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
        "printed": printed[-2000:],
    }


def grown(task):
    """Runs the program of a run on the file as it has become."""
    with open(task["table"], "w", encoding="utf-8", newline="") as file:
        file.write(task["content"])
    _, seen, printed = run(task["script"])
    save_file({name: np.ascontiguousarray(value, "float32") for name, value in seen.items()}, task["out"])
    return {"rows": len(seen["train_x"]), "printed": printed[:2000]}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        tasks = json.load(file)
    results = []
    for task in tasks:
        try:
            results.append({"read": read, "walk": walk, "grown": grown}[task["kind"]](task))
        except Exception as error:  # noqa: BLE001
            results.append({"error": f"{type(error).__name__}: {error}"})
    print("\n" + json.dumps(results))


main()
