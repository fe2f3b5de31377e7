"""Blocks as their papers draw them, written in Keras by hand.

Reads weights and inputs from the safetensors file given first, `<block>:<path>` each; prints what every block puts out as JSON.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers  # noqa: E402
from safetensors.numpy import load_file  # noqa: E402


def conv(x, name, filters, size, strides=1, bias=False, activation=None):
    make = layers.Conv2D(filters, size, strides, "same", use_bias=bias, activation=activation, name=name)
    return make(x)


def norm(x, name):
    return layers.BatchNormalization(epsilon=1e-3, name=name)(x)


def relu(x):
    return layers.ReLU()(x)


def residual_v1_identity(x):
    y = relu(norm(conv(x, "conv1", 5, 3), "bn1"))
    return relu(norm(conv(y, "conv2", 5, 3), "bn2") + x)


def residual_v1_projection(x):
    y = relu(norm(conv(x, "conv1", 6, 3, 2), "bn1"))
    y = norm(conv(y, "conv2", 6, 3), "bn2")
    return relu(y + norm(conv(x, "project", 6, 1, 2), "project_bn"))


def residual_v2_projection(x):
    x = relu(norm(x, "bn1"))
    y = relu(norm(conv(x, "conv1", 6, 3, 2), "bn2"))
    return conv(y, "conv2", 6, 3) + conv(x, "project", 6, 1, 2)


def bottleneck_projection(x):
    y = relu(norm(conv(x, "conv1", 3, 1, 2), "bn1"))
    y = relu(norm(conv(y, "conv2", 3, 3), "bn2"))
    y = norm(conv(y, "conv3", 12, 1), "bn3")
    return relu(y + norm(conv(x, "project", 12, 1, 2), "project_bn"))


def squeeze_excite(x):
    y = layers.GlobalAveragePooling2D()(x)
    y = layers.Dense(2, "relu", name="reduce")(y)
    y = layers.Dense(8, "sigmoid", name="excite")(y)
    return x * layers.Reshape((1, 1, 8))(y)


def inverted_residual(x):
    y = layers.ReLU(max_value=6)(norm(conv(x, "expand", 20, 1), "expand_bn"))
    y = layers.DepthwiseConv2D(3, padding="same", use_bias=False, name="depthwise")(y)
    y = layers.ReLU(max_value=6)(norm(y, "depthwise_bn"))
    return norm(conv(y, "project", 5, 1), "project_bn") + x


def densenet_layer(x):
    y = conv(relu(norm(x, "bn1")), "conv1", 12, 1)
    y = conv(relu(norm(y, "bn2")), "conv2", 3, 3)
    return layers.Concatenate()([x, y])


def inception_v1(x):
    def unit(x, name, filters, size):
        return relu(norm(conv(x, f"{name}.conv", filters, size), f"{name}.bn"))

    third = unit(unit(x, "b3_reduce", 2, 1), "b3", 3, 5)
    pooled = layers.MaxPooling2D(3, 1, "same")(x)
    second = unit(unit(x, "b2_reduce", 3, 1), "b2", 4, 3)
    return layers.Concatenate()([unit(x, "b1", 2, 1), second, third, unit(pooled, "b4", 1, 1)])


def unet_up(below, skip):
    up = conv(layers.UpSampling2D(2)(below), "up_conv", 4, 2, bias=True, activation="relu")
    y = layers.Concatenate()([skip, up])
    y = conv(y, "conv1", 4, 3, bias=True, activation="relu")
    return conv(y, "conv2", 4, 3, bias=True, activation="relu")


def attend(x):
    return layers.MultiHeadAttention(2, 4, name="attention")(x, x)


def layer_norm(x, name):
    return layers.LayerNormalization(epsilon=1e-6, name=name)(x)


def mlp(x, activation):
    y = layers.Dense(32, activation, name="mlp.widen")(x)
    return layers.Dense(8, name="mlp.narrow")(y)


def transformer_encoder_post_norm(x):
    x = layer_norm(x + attend(x), "norm1")
    return layer_norm(x + mlp(x, "relu"), "norm2")


def transformer_encoder_pre_norm(x):
    x = x + attend(layer_norm(x, "norm1"))
    return x + mlp(layer_norm(x, "norm2"), "gelu")


def main():
    tensors = load_file(sys.argv[1])
    results = {}
    for block in sorted({key.split(":")[0] for key in tensors}):
        mine = {key.split(":")[1]: value for key, value in tensors.items() if key.startswith(f"{block}:")}
        samples = [mine[f"x{i}"] for i in range(len(mine)) if f"x{i}" in mine]
        inputs = [keras.Input(sample.shape[1:]) for sample in samples]
        model = keras.Model(inputs, globals()[block.replace("-", "_")](*inputs))
        unused = set(mine) - {f"x{i}" for i in range(len(samples))}
        for weight in model.weights:
            key = weight.path.replace(".", "/")
            weight.assign(mine[key])
            unused.remove(key)
        if unused:
            raise ValueError(f"{block} has no {unused}")
        output = model(samples, training=False)
        results[block] = {"shape": list(output.shape), "values": np.asarray(output).ravel().tolist()}
    print(json.dumps(results))


main()
