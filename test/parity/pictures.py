"""Pictures of many kinds in the folder given first, and what Pillow, TensorFlow and Keras read from them.

Pixels go to pictures.safetensors in the folder given second; names and classes are printed as JSON.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from PIL import Image  # noqa: E402
from safetensors.numpy import save_file  # noqa: E402

HEIGHT, WIDTH = 37, 53


def colours(seed):
    """Smooth colours with some noise, as photographs have."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    waves = [np.sin(x / (5 + c + seed)) + np.cos(y / (4 + seed - c)) for c in range(3)]
    noise = random.integers(0, 12, (HEIGHT, WIDTH, 3))
    return np.clip(np.stack(waves, -1) * 60 + 120 + noise, 0, 255).astype("uint8")


def make(folder):
    rgb = [Image.fromarray(colours(seed)) for seed in range(14)]
    alpha = Image.fromarray(np.arange(HEIGHT * WIDTH, dtype="uint8").reshape(HEIGHT, WIDTH))
    clear = rgb[1].copy()
    clear.putalpha(alpha)
    deep = (colours(2)[..., 0].astype("uint16") << 8) + np.arange(WIDTH, dtype="uint16")
    turned = Image.Exif()
    turned[0x0112] = 6
    palette = rgb[4].quantize(64)
    pictures = {
        "Png/plain.png": (rgb[0], {}),
        "Png/alpha.png": (clear, {}),
        "Png/deep.png": (Image.fromarray(deep), {}),
        "Png/grey.png": (rgb[3].convert("L"), {}),
        "Png/palette.png": (palette, {}),
        "Png/palette-clear.png": (palette, {"transparency": 5}),
        "Png/bits.png": (rgb[5].convert("1"), {}),
        "Png/interlaced.PNG": (rgb[6], {}),
        "gif/plain.gif": (rgb[7].quantize(128), {}),
        "gif/moving.gif": (rgb[8].quantize(128), {"save_all": True, "append_images": [rgb[9].quantize(128)]}),
        "jpeg/sub/half.jpg": (rgb[10], {"quality": 90, "subsampling": 2}),
        "jpeg/full.jpeg": (rgb[10], {"quality": 95, "subsampling": 0}),
        "jpeg/grey.jpg": (rgb[11].convert("L"), {"quality": 90}),
        "jpeg/progressive.jpg": (rgb[12], {"quality": 90, "progressive": True}),
        "jpeg/turned.jpg": (rgb[13], {"quality": 95, "subsampling": 0, "exif": turned}),
    }
    for name, (picture, options) in pictures.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        picture.save(path, **options)
    return list(pictures)


def main():
    folder, out = sys.argv[1:3]
    names = make(folder)
    # Not where Keras looks: it reads no webp.
    os.makedirs(os.path.join(folder, "../webp/lossless"))
    Image.fromarray(colours(3)).save(os.path.join(folder, "../webp/lossless/a.webp"), lossless=True)
    tensors = {"lossless": colours(3)}
    for name in names:
        data = tf.io.read_file(os.path.join(folder, name))
        tensors[f"tensorflow {name}"] = tf.io.decode_image(data, channels=3, expand_animations=False).numpy()
        if "deep" not in name:
            pixels = Image.open(os.path.join(folder, name)).convert("RGBA").convert("RGB")
            tensors[f"pillow {name}"] = np.asarray(pixels)
    keras_classes = None
    for fit, size in [("stretch", (24, 24)), ("crop", (20, 40)), ("stretch", (50, 90))]:
        data = keras.utils.image_dataset_from_directory(
            folder, image_size=size, crop_to_aspect_ratio=fit == "crop", shuffle=False, batch_size=64, verbose=False
        )
        keras_classes = data.class_names
        paths = [os.path.relpath(path, folder) for path in data.file_paths]
        images, labels = next(iter(data))
        tensors[f"{fit} {size[0]}x{size[1]}"] = images.numpy()
    save_file({key: np.ascontiguousarray(value, "float32") for key, value in tensors.items()}, out)
    print(json.dumps({"names": names, "classes": keras_classes, "paths": paths, "labels": labels.numpy().tolist()}))


main()
