"""Attention by PyTorch: the same weights and inputs, its own layout.

Input: a JSON list of {causal, inputs: [{shape, data}], weights: {name: {shape, data}}, cotangent}. Output: one JSON
line [{output, gradients: [per input]}].
"""

import json
import sys

import numpy as np
import torch


def tensor(value):
    return torch.from_numpy(np.array(value["data"], "float32").reshape(value["shape"]))


def run(case):
    weights = {name: tensor(value) for name, value in case["weights"].items()}
    query, value, key = [tensor(v).requires_grad_() for v in case["inputs"]]
    width, heads, size = weights["query/kernel"].shape
    layer = torch.nn.MultiheadAttention(
        width, heads, kdim=key.shape[-1], vdim=value.shape[-1], batch_first=True
    )
    # [d, h, k] -> [h * k, d]
    rows = [weights[f"{name}/kernel"].reshape(-1, heads * size).T for name in ("query", "key", "value")]
    state = {
        "in_proj_bias": torch.cat([weights[f"{name}/bias"].reshape(-1) for name in ("query", "key", "value")]),
        "out_proj.weight": weights["attention_output/kernel"].reshape(heads * size, -1).T,
        "out_proj.bias": weights["attention_output/bias"],
    }
    if layer.in_proj_weight is None:
        state.update(zip(("q_proj_weight", "k_proj_weight", "v_proj_weight"), rows))
    else:
        state["in_proj_weight"] = torch.cat(rows)
    layer.load_state_dict(state)
    mask = None
    if case["causal"]:
        mask = torch.ones(query.shape[1], key.shape[1], dtype=torch.bool).triu(1)
    output, _ = layer(query, key, value, attn_mask=mask)
    (output * torch.tensor(case["cotangent"]).reshape(output.shape)).sum().backward()
    return {
        "output": output.detach().reshape(-1).tolist(),
        "gradients": [x.grad.reshape(-1).tolist() for x in (query, value, key)],
    }


with open(sys.argv[1], encoding="utf-8") as file:
    print(json.dumps([run(case) for case in json.load(file)]))
