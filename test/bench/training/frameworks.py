"""Trains one network of the benchmark in Keras or PyTorch. Arguments: keras | torch, folder, threads, epochs. Prints JSON."""

import json
import os
import resource
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
which, folder, threads, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
import numpy as np

meta = json.load(open(f"{folder}/meta.json"))
batch, count = meta["batch"], meta["steps"]
x = np.fromfile(f"{folder}/x.f32", dtype=np.float32).reshape([-1, *meta["shape"]])
y = np.fromfile(f"{folder}/y.f32", dtype=np.float32).astype(np.int64)


def with_keras():
    os.environ["KERAS_BACKEND"] = "tensorflow"
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    import keras

    model = keras.models.load_model(f"{folder}/model.keras", compile=False)
    begun = time.perf_counter()
    marks, first = [], []

    class Clock(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            if not first:
                first.append(time.perf_counter() - begun)

        def on_epoch_end(self, epoch, logs=None):
            marks.append(time.perf_counter())

    model.compile(keras.optimizers.Adam(0.001), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, batch_size=batch, epochs=epochs + 1, shuffle=True, verbose=0, callbacks=[Clock()])
    return marks, first[0]


def torch_net(nn, name):
    def block(*layers, channels):
        return [*layers, nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01), nn.ReLU()]

    def conv(i, o, k, stride=1, groups=1):
        return nn.Conv2d(i, o, k, stride=stride, padding=k // 2, bias=False, groups=groups)

    if name == "mlp":
        return nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10))
    if name == "cnn":
        layers, last = [], 3
        for channels in (32, 64, 128):
            layers += [*block(conv(last, channels, 3), channels=channels), nn.MaxPool2d(2)]
            last = channels
        return nn.Sequential(*layers, nn.Flatten(), nn.Linear(128 * 16, 10))
    if name == "mobile":
        return nn.Sequential(
            *block(conv(3, 16, 3, 2), channels=16),
            *block(conv(16, 16, 3, 1, 16), channels=16),
            *block(conv(16, 32, 1), channels=32),
            *block(conv(32, 32, 3, 2, 32), channels=32),
            *block(conv(32, 64, 1), channels=64),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(64, 10),
        )

    class Lstm(nn.Module):
        def __init__(self):
            super().__init__()
            self.lstm, self.head = nn.LSTM(16, 64, batch_first=True), nn.Linear(64, 10)

        def forward(self, data):
            return self.head(self.lstm(data)[0][:, -1])

    class Encoder(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention = nn.MultiheadAttention(64, 4, batch_first=True)
            self.inner = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 64))
            self.first, self.second = nn.LayerNorm(64, eps=1e-3), nn.LayerNorm(64, eps=1e-3)
            self.head = nn.Linear(64, 10)

        def forward(self, data):
            normal = self.first(data + self.attention(data, data, data, need_weights=False)[0])
            return self.head(self.second(normal + self.inner(normal)).mean(1))

    class Residual(nn.Module):
        def __init__(self, i, o, stride):
            super().__init__()
            norm = lambda: nn.BatchNorm2d(o, eps=1e-3, momentum=0.1)
            self.main = nn.Sequential(conv(i, o, 3, stride), norm(), nn.ReLU(), conv(o, o, 3), norm())
            self.side = nn.Sequential(conv(i, o, 1, stride), norm()) if i != o else nn.Identity()

        def forward(self, data):
            return nn.functional.relu(self.main(data) + self.side(data))

    if name == "lstm":
        return Lstm()
    if name == "transformer":
        return Encoder()
    if name == "resnet":
        return nn.Sequential(
            *block(conv(1, 16, 3), channels=16),
            Residual(16, 16, 1),
            Residual(16, 32, 2),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(32, 10),
        )
    raise SystemExit(f"no network {name}")


def with_torch():
    import torch

    torch.set_num_threads(threads)
    model = torch_net(torch.nn, meta["id"])
    images = len(meta["shape"]) == 3
    data = torch.from_numpy(np.ascontiguousarray(x.transpose(0, 3, 1, 2)) if images else x)
    labels = torch.from_numpy(y)
    begun = time.perf_counter()
    marks, first = [], None
    optimizer = torch.optim.Adam(model.parameters(), 0.001, eps=1e-7)
    for _ in range(epochs + 1):
        order = torch.randperm(len(data))
        measured = torch.zeros(2)
        for k in range(count):
            take = order[k * batch : (k + 1) * batch]
            optimizer.zero_grad()
            output, target = model(data[take]), labels[take]
            loss = torch.nn.functional.cross_entropy(output, target)
            loss.backward()
            optimizer.step()
            # Kept as tensors: reading every step would stall.
            measured += torch.stack([loss.detach(), (output.argmax(1) == target).float().mean()])
            first = first or time.perf_counter() - begun
        measured.tolist()
        marks.append(time.perf_counter())
    return marks, first


marks, first = with_keras() if which == "keras" else with_torch()
print(
    json.dumps(
        {
            "steps": [1000 * (b - a) / count for a, b in zip(marks, marks[1:])],
            "firstStep": 1000 * first,
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )
)
