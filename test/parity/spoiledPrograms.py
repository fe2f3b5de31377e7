"""Reads programs from stdin as a JSON list of texts and tells for each what Python thinks of it, without running it."""

import ast
import json
import sys

MODULES = {"argparse", "csv", "json", "math", "os", "pathlib", "re", "datetime", "keras", "numpy", "PIL", "sklearn", "tensorflow", "unicodedata", "random", "io", "itertools"}


def judge(text):
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    for node in ast.walk(tree):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        strange = [name for name in modules if name.split(".")[0] not in MODULES]
        if strange:
            return f"imports {strange}"
        if isinstance(node, ast.Name) and node.id in {"eval", "exec", "__import__", "compile"}:
            return f"uses {node.id}"
    return "sound"


print(json.dumps([judge(text) for text in json.load(sys.stdin)]))
