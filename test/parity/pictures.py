"""Pictures of many kinds in the folder given first, and what Pillow, TensorFlow and Keras read from them.

A second folder `kinds` beside it gets every kind there is, whole and damaged. Then the path of an exported program is read from
standard input, and its own functions list and read the pictures of that folder.

Pixels go to the safetensors file given second; names and classes are printed as JSON.
"""

import json
import os
import random
import runpy
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


def make_kinds(folder):
    """Every kind of file, in `whole`; and 24 of many of them with something wrong, in `wrong`."""
    whole, wrong = os.path.join(folder, "whole"), os.path.join(folder, "wrong")
    os.makedirs(whole, exist_ok=True)
    os.makedirs(wrong)
    rgb = [Image.fromarray(colours(seed)) for seed in range(16)]
    alpha = Image.fromarray(np.arange(HEIGHT * WIDTH, dtype="uint8").reshape(HEIGHT, WIDTH))
    clear, grey = rgb[5].copy(), rgb[6].convert("L")
    clear.putalpha(alpha)
    grey.putalpha(alpha)
    black = (colours(9)[..., :1] // 2).astype("uint8")
    inks = Image.fromarray(np.concatenate([colours(3), black], -1), "CMYK")
    indexed, moving = rgb[7].quantize(64), [rgb[11].quantize(128)]
    turned = Image.Exif()
    turned[0x0112] = 6
    deep = (colours(2)[..., 0].astype("uint16") << 8) + np.arange(WIDTH, dtype="uint16")
    kinds = {
        "444.jpg": (rgb[0], {"quality": 90, "subsampling": 0}),
        "422.jpe": (rgb[0], {"quality": 90, "subsampling": 1}),
        "420.jfif": (rgb[0], {"quality": 90, "subsampling": 2}),
        "low.JPEG": (rgb[0], {"quality": 20}),
        "progressive.jpg": (rgb[1], {"quality": 85, "progressive": True}),
        "grey.jpg": (rgb[2].convert("L"), {"quality": 90}),
        "rgb.jpg": (rgb[2], {"quality": 90, "keep_rgb": True}),
        "cmyk.jpg": (inks, {"quality": 95}),
        "cmyk-420.jpg": (inks, {"quality": 80, "subsampling": 2}),
        "turned.jpg": (rgb[4], {"quality": 90, "exif": turned}),
        "lossy.webp": (rgb[5], {"quality": 80}),
        "lossless.webp": (rgb[5], {"lossless": True}),
        "clear.webp": (clear, {"quality": 80}),
        "clear-lossless.webp": (clear, {"lossless": True, "exact": True}),
        "moving.webp": (rgb[5], {"save_all": True, "append_images": [rgb[6]]}),
        "clear.png": (clear, {}),
        "clear-grey.png": (grey, {}),
        "indexed.png": (indexed, {}),
        "indexed-clear.png": (indexed, {"transparency": 5}),
        "indexed-4.png": (rgb[7].quantize(16), {"bits": 4}),
        "bits.png": (rgb[8].convert("1"), {}),
        "deep.png": (Image.fromarray(deep), {}),
        "one-clear-colour.png": (rgb[9], {"transparency": (120, 120, 120)}),
        "called.jpg": (rgb[9], {"format": "PNG"}),
        "called.png": (rgb[9], {"format": "WEBP", "quality": 60}),
        "called.tif": (rgb[9], {"format": "GIF"}),
        "plain.gif": (rgb[10].quantize(128), {}),
        "clear.gif": (rgb[10].quantize(128), {"transparency": 7}),
        "interlaced.gif": (rgb[10].quantize(128), {"interlace": 1}),
        "moving.gif": (rgb[10].quantize(128), {"save_all": True, "append_images": moving}),
        "a.bmp": (rgb[5], {}),
        "a.tif": (rgb[5], {}),
        "called.avif.jpg": (rgb[5], {"format": "TIFF"}),
    }
    for name, (picture, options) in kinds.items():
        picture.save(os.path.join(whole, name), **options)
    chance = random.Random(3)
    for name in ["420.jfif", "progressive.jpg", "cmyk.jpg", "grey.jpg", "clear.png", "indexed.png", "plain.gif", "moving.gif"]:
        spoil(os.path.join(whole, name), wrong, chance)
    for name in ["interlaced.gif", "lossy.webp", "lossless.webp", "clear.webp", "interlaced.png", "deep-colour.png"]:
        spoil(os.path.join(whole, name), wrong, chance)


def spoil(path, folder, chance):
    """24 copies: cut off, with something behind the end, with one or many changed bits."""
    with open(path, "rb") as file:
        whole = file.read()
    stem, ending = os.path.splitext(os.path.basename(path))
    for i in range(24):
        data = bytearray(whole)
        if i < 6:
            data = data[: int(len(data) * (0.15 + 0.84 * i / 5))]
        elif i == 6:
            data = data[:-2]
        elif i == 7:
            data += b"behind the end"
        else:
            for _ in range(1 if i < 16 else 20):
                data[chance.randrange(12, len(data))] ^= 1 << chance.randrange(8)
        with open(os.path.join(folder, f"{stem}-{i:02d}{ending}"), "wb") as file:
            file.write(data)


def run_program(folder, tensors):
    """What the exported program lists, and what it reads; a file that it cannot read is said by name."""
    program = runpy.run_path(sys.stdin.readline().strip())
    files, unread = [], {}
    for path in program["list_pictures"]()[0]:
        name = os.path.relpath(path, folder).replace(os.sep, "/")
        files.append(name)
        try:
            tensors[f"program {name}"] = program["read_picture"](path).numpy() * 255
        except tf.errors.OpError as error:
            unread[name] = str(error)[:200]
    return {"files": files, "unread": unread}


def parts_of_run(folder):
    """The pictures and their classes by part, as the program of a run takes them."""
    files, labels, parts = runpy.run_path(sys.stdin.readline().strip())["list_pictures"]()
    names = [os.path.relpath(path, folder).replace(os.sep, "/") for path in files]
    return [[[names[i], int(labels[i])] for i in part] for part in parts]


def main():
    folder, out = sys.argv[1:3]
    names = make(folder)
    make_kinds(os.path.join(folder, "../kinds"))
    print("made", flush=True)
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
    program = run_program(os.path.join(folder, "../kinds"), tensors)
    parts = parts_of_run(os.path.join(folder, "../changed"))
    save_file({key: np.ascontiguousarray(value, "float32") for key, value in tensors.items()}, out)
    labels = labels.numpy().tolist()
    answer = {"names": names, "classes": keras_classes, "paths": paths, "labels": labels, "program": program, "parts": parts}
    print(json.dumps(answer))


main()
