# SPDX-License-Identifier: Apache-2.0
"""Writes datasets/iris/iris.csv from UCI's two files, or checks it against them.

    python3 iris.py FOLDER           writes; FOLDER has iris.data and bezdekIris.data
    python3 iris.py FOLDER --check   compares
"""
import pathlib
import sys

HEADER = "sepal_length,sepal_width,petal_length,petal_width,species"
TARGET = pathlib.Path(__file__).resolve().parents[3] / "datasets/iris/iris.csv"


def rows(path):
    return [line for line in path.read_text(encoding="ascii").splitlines() if line]


folder = pathlib.Path(sys.argv[1])
corrected, published = rows(folder / "bezdekIris.data"), rows(folder / "iris.data")
assert len(corrected) == len(published) == 150
differing = [number for number, pair in enumerate(zip(corrected, published), 1) if pair[0] != pair[1]]
assert differing == [35, 38], differing
assert corrected[34] == "4.9,3.1,1.5,0.2,Iris-setosa" and corrected[37] == "4.9,3.6,1.4,0.1,Iris-setosa"
text = "\n".join([HEADER] + corrected) + "\n"
if sys.argv[2:] == ["--check"]:
    assert TARGET.read_text(encoding="ascii") == text
else:
    TARGET.write_text(text, encoding="ascii")
