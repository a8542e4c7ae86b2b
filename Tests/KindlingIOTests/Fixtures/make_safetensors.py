# SPDX-License-Identifier: Apache-2.0
"""Writes pytorch.safetensors by the safetensors library; `check` reads kindling.safetensors by it.

    python make_safetensors.py          # writes the fixture
    python make_safetensors.py check    # reads the file that SafetensorsTests expects the writer to give
"""
import pathlib
import sys

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

HERE = pathlib.Path(__file__).parent
TENSORS = {
    "net.0.weight": torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4 - 0.5,
    "double": torch.tensor([1.0, -2.5e300], dtype=torch.float64),
    "half": torch.tensor([[1.0], [-2.5], [65504.0]], dtype=torch.float16),
    "brain": torch.tensor([1.0, -2.5, 3e38], dtype=torch.bfloat16),
    "long": torch.tensor([-1, 1 << 60]),
    "int": torch.tensor([-7, 1 << 30], dtype=torch.int32),
    "byte": torch.tensor([0, 7, 255], dtype=torch.uint8),
    "truth": torch.tensor([True, False, True]),
    "scalar": torch.tensor(42, dtype=torch.int64),
    "empty": torch.zeros(0, 5),
}
METADATA = {"format": "pt", "note": 'grüße "\\ \n 𝄞'}

if sys.argv[1:] == ["check"]:
    path = HERE / "kindling.safetensors"
    found = load_file(path)
    assert found.keys() == TENSORS.keys(), found.keys()
    for name, wanted in TENSORS.items():
        assert found[name].dtype == wanted.dtype and found[name].shape == wanted.shape, name
        assert torch.equal(found[name], wanted), name
    with safe_open(path, "pt") as file:
        assert file.metadata() == METADATA, file.metadata()
    print("kindling.safetensors is what it should be")
else:
    save_file(TENSORS, HERE / "pytorch.safetensors", metadata=METADATA)
    odd = {"small": torch.tensor([-1, 2], dtype=torch.int8), "fine": torch.ones(2)}
    save_file(odd, HERE / "int8.safetensors")
