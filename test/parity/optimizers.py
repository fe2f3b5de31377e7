"""Reference trajectories and losses from Keras and PyTorch. Reads a JSON request on stdin, answers JSON on stdout.

Request: {"start": [...], "target": [...], "curvature": [...], "steps": n, "optimizers": [{name, keras, torch}], "losses": [...]}.
The problem is min sum(curvature * (w - target)^2) / 2 with a slow sine in the gradient, so that no optimiser can settle; it is
computed in float32 on all sides.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import torch

request = json.load(sys.stdin)
start = np.array(request["start"], dtype=np.float32)
target = np.array(request["target"], dtype=np.float32)
curvature = np.array(request["curvature"], dtype=np.float32)
wobble = np.array(request["wobble"], dtype=np.float32)


def gradient(w, step):
    return (curvature * (w - target) + wobble[step]).astype(np.float32)


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


def run_loss(case):
    loss = getattr(keras.losses, case["name"])(**case["arguments"])
    output = keras.ops.convert_to_tensor(np.array(case["output"], dtype=np.float32))
    expected = keras.ops.convert_to_tensor(np.array(case["target"], dtype=np.float32))
    return float(loss(expected, output))


json.dump(
    {
        "optimizers": [
            {
                "keras": run_keras(item["keras"]["name"], item["keras"]["arguments"]),
                "torch": run_torch(item["torch"]["name"], item["torch"]["arguments"]) if item["torch"] else None,
            }
            for item in request["optimizers"]
        ],
        "losses": [run_loss(case) for case in request["losses"]],
    },
    sys.stdout,
)
