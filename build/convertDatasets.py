"""Writes core/data/builtin/files/*.json, the datasets that ship with Layerloom.

Run once, by hand, when a dataset is added or its conversion changes:

    pip install scikit-learn && python build/convertDatasets.py

Sources: scikit-learn (digits, iris) and the npm package vega-datasets (penguins). Each file carries its attribution.
"""

import base64
import csv
import io
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

from sklearn import datasets

FILES = Path(__file__).resolve().parent.parent / "core" / "data" / "builtin" / "files"
VEGA_DATASETS = "vega-datasets@3.2.1"

DIGITS_CREDIT = (
    "Optical Recognition of Handwritten Digits: E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998, "
    "doi:10.24432/C50P49 (CC BY 4.0). The test part, as distributed with scikit-learn (BSD 3-Clause)."
)
IRIS_CREDIT = (
    "Iris: R. A. Fisher, 'The use of multiple measurements in taxonomic problems', Annals of Eugenics 7, 1936; "
    "UCI Machine Learning Repository, doi:10.24432/C56C76 (CC BY 4.0). As distributed with scikit-learn (BSD 3-Clause)."
)
PENGUINS_CREDIT = (
    "Palmer penguins: K. B. Gorman, T. D. Williams and W. R. Fraser, 2014, doi:10.1371/journal.pone.0090081; "
    "collected with the Palmer Station Antarctica LTER, published by A. M. Horst, A. P. Hill and K. B. Gorman "
    "(palmerpenguins, CC0 1.0). As distributed with vega-datasets."
)


def write(name: str, content: dict) -> None:
    path = FILES / f"{name}.json"
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(path.name, path.stat().st_size, "bytes")


def to_csv(header: list[str], rows: list[list[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def digits() -> None:
    data = datasets.load_digits()
    write(
        "digits",
        {
            "attribution": DIGITS_CREDIT,
            "height": 8,
            "width": 8,
            "channels": 1,
            "maximum": 16,
            "classes": [str(name) for name in data.target_names],
            "labels": base64.b64encode(data.target.astype("uint8").tobytes()).decode("ascii"),
            "pixels": base64.b64encode(data.images.astype("uint8").tobytes()).decode("ascii"),
        },
    )


def iris() -> None:
    data = datasets.load_iris()
    rows = [[*map(float, x), str(data.target_names[y])] for x, y in zip(data.data, data.target)]
    write("iris", {"attribution": IRIS_CREDIT, "csv": to_csv([*data.feature_names, "species"], rows)})


def penguins() -> None:
    # The names of palmerpenguins. Its table has no value where this source writes '.' for one bird's sex.
    names = {
        "Species": "species",
        "Island": "island",
        "Beak Length (mm)": "bill_length_mm",
        "Beak Depth (mm)": "bill_depth_mm",
        "Flipper Length (mm)": "flipper_length_mm",
        "Body Mass (g)": "body_mass_g",
        "Sex": "sex",
    }
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", VEGA_DATASETS], cwd=folder, check=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            member = archive.extractfile("package/data/penguins.json")
            assert member is not None
            birds = json.load(member)

    def cell(key: str, value: object) -> object:
        if value is None or value == ".":
            return ""
        return str(value).lower() if key == "Sex" else value

    rows = [[cell(key, bird[key]) for key in names] for bird in birds]
    write("penguins", {"attribution": PENGUINS_CREDIT, "csv": to_csv(list(names.values()), rows)})


def xor() -> None:
    rows = [[a, b, a ^ b] for a in (0, 1) for b in (0, 1)]
    write("xor", {"attribution": "The truth table of exclusive or.", "csv": to_csv(["a", "b", "label"], rows)})


if __name__ == "__main__":
    FILES.mkdir(parents=True, exist_ok=True)
    digits()
    iris()
    penguins()
    xor()
