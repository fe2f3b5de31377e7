"""Reference trajectories, losses, gradients and metrics from Keras and PyTorch. Reads a JSON request on stdin, answers JSON on stdout.

Request: {"start": [...], "target": [...], "curvature": [...], "wobble": [...], "steps": n, "optimizers": [{keras, torch}],
"losses": [{keras, torch, output, target}], "metrics": [{keras, batches}], "gradients": [[...], ...], "clippings": [{keras, torch}],
"schedules": [{keras, torch, steps, epochs, losses}]}; a Keras class is {name, arguments, defaults, integers}.
The problem is min sum(curvature * (w - target)^2) / 2 with a slow sine in the gradient, so that no optimiser can settle; it is
computed in float32 on all sides.
"""

import inspect
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import tensorflow as tf
import torch

request = json.load(sys.stdin)
start = np.array(request["start"], dtype=np.float32)
target = np.array(request["target"], dtype=np.float32)
curvature = np.array(request["curvature"], dtype=np.float32)
wobble = np.array(request["wobble"], dtype=np.float32)


def gradient(w, step):
    return (curvature * (w - target) + wobble[step]).astype(np.float32)


def floats(item):
    """JSON has one kind of number, Keras two."""
    whole = lambda name, value: isinstance(value, bool) or not isinstance(value, int) or name in item["integers"]
    return {name: value if whole(name, value) else float(value) for name, value in item["arguments"].items()}


def run_keras(name, arguments):
    variable = keras.Variable(start, name="kernel")
    optimizer = getattr(keras.optimizers, name)(**arguments)
    optimizer.build([variable])
    for step in range(request["steps"]):
        g = gradient(keras.ops.convert_to_numpy(variable), step)
        optimizer.apply([keras.ops.convert_to_tensor(g)], [variable])
    return keras.ops.convert_to_numpy(variable).tolist()


def run_torch(name, arguments):
    variable = torch.nn.Parameter(torch.tensor(start))
    optimizer = getattr(torch.optim, name)([variable], **arguments)
    for step in range(request["steps"]):
        variable.grad = torch.tensor(gradient(variable.detach().numpy(), step))
        optimizer.step()
    return variable.detach().numpy().tolist()


def keras_loss(name, arguments, output, expected):
    loss = getattr(keras.losses, name)(**arguments)
    variable = tf.Variable(np.array(output, dtype=np.float32))
    with tf.GradientTape() as tape:
        value = loss(tf.constant(np.array(expected, dtype=np.float32)), variable)
    return {"loss": float(value), "gradient": tape.gradient(value, variable).numpy().tolist()}


def torch_loss(name, arguments, output, expected):
    variable = torch.tensor(output, dtype=torch.float32, requires_grad=True)
    value = getattr(torch.nn, name)(**arguments)(variable, torch.tensor(expected, dtype=torch.float32))
    value.backward()
    return {"loss": float(value), "gradient": variable.grad.numpy().tolist()}


def keras_metric(name, arguments, batches):
    metric = getattr(keras.metrics, name)(**arguments)
    for batch in batches:
        metric.update_state(np.array(batch["target"], dtype=np.float32), np.array(batch["output"], dtype=np.float32))
    return float(metric.result())


def keras_clipped(arguments):
    """What a step of plain SGD at rate 1 takes off weights of zero: the gradients as the optimiser clips them."""
    gradients = [np.array(g, dtype=np.float32) for g in request["gradients"]]
    variables = [keras.Variable(np.zeros_like(g)) for g in gradients]
    optimizer = keras.optimizers.SGD(learning_rate=1.0, **arguments)
    optimizer.apply([keras.ops.convert_to_tensor(g) for g in gradients], variables)
    return [(-keras.ops.convert_to_numpy(v)).tolist() for v in variables]


def torch_clipped(name, limit, together):
    parameters = [torch.nn.Parameter(torch.zeros(len(g))) for g in request["gradients"]]
    for parameter, g in zip(parameters, request["gradients"]):
        parameter.grad = torch.tensor(g, dtype=torch.float32)
    clip = getattr(torch.nn.utils, name)
    for group in [parameters] if together else [[p] for p in parameters]:
        clip(group, limit)
    return [p.grad.numpy().tolist() for p in parameters]


def keras_rates(item):
    """The rate of each step; of a callback, that of each epoch as often as it has steps."""
    if item["keras"]["kind"] == "schedule":
        schedule = getattr(keras.optimizers.schedules, item["keras"]["name"])(**floats(item["keras"]))
        return [float(schedule(step)) for step in range(item["steps"] * item["epochs"])]
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(request["rate"]), "mse")
    callback = getattr(keras.callbacks, item["keras"]["name"])(**floats(item["keras"]))
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, loss in enumerate(item["losses"]):
        rates += [float(model.optimizer.learning_rate)] * item["steps"]
        callback.on_epoch_end(epoch, {"loss": loss, "val_loss": loss})
    return rates


def torch_rates(item):
    """Schedulers one after another where there are several; each is told of an epoch, or of a step where it counts those."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=request["rate"])
    made = [getattr(torch.optim.lr_scheduler, s["name"])(optimizer, **s["arguments"]) for s in item["torch"]["schedulers"]]
    milestones = item["torch"]["milestones"]
    scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, made, milestones) if milestones else made[0]
    rates = []
    for loss in item["losses"]:
        for _ in range(item["steps"]):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if item["torch"]["each"] == "step":
                scheduler.step()
        if item["torch"]["each"] == "epoch":
            scheduler.step()
        if item["torch"]["each"] == "loss":
            scheduler.step(loss)
    return rates


def assumed(module, item):
    """What Keras itself assumes for the arguments whose defaults are claimed."""
    signature = inspect.signature(getattr(module, item["name"]).__init__)
    return {argument: signature.parameters[argument].default for argument in item["defaults"]}


def run_loss(case):
    data = [case["output"], case["target"]]
    return {
        "keras": keras_loss(case["keras"]["name"], floats(case["keras"]), *data),
        "torch": torch_loss(case["torch"]["name"], case["torch"]["arguments"], *data) if case["torch"] else None,
        "assumed": assumed(keras.losses, case["keras"]),
    }


json.dump(
    {
        "optimizers": [
            {
                "keras": run_keras(item["keras"]["name"], floats(item["keras"])),
                "torch": run_torch(item["torch"]["name"], item["torch"]["arguments"]) if item["torch"] else None,
                "assumed": assumed(keras.optimizers, item["keras"]),
            }
            for item in request["optimizers"]
        ],
        "losses": [run_loss(case) for case in request["losses"]],
        "metrics": [
            {
                "keras": keras_metric(case["keras"]["name"], floats(case["keras"]), case["batches"]),
                "assumed": assumed(keras.metrics, case["keras"]),
            }
            for case in request["metrics"]
        ],
        "clippings": [
            {
                "keras": keras_clipped(item["keras"]),
                "torch": torch_clipped(*item["torch"]) if item["torch"] else None,
            }
            for item in request["clippings"]
        ],
        "schedules": [
            {
                "keras": keras_rates(item),
                "torch": torch_rates(item) if item["torch"] else None,
                "assumed": assumed(
                    keras.callbacks if item["keras"]["kind"] == "callback" else keras.optimizers.schedules, item["keras"]
                ),
            }
            for item in request["schedules"]
        ],
    },
    sys.stdout,
)
