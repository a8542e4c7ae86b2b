# SPDX-License-Identifier: Apache-2.0
"""Writes the HDF5 files that KindlingIOTests reads. Needs h5py and numpy: python make_fixtures.py

Sound files are what h5py makes (earliest format, as Keras has it, and the latest one); attack files are what a
reader must refuse. Each is a few kilobytes; equal versions of h5py give equal bytes.
"""
import pathlib

import h5py
import numpy as np

HERE = pathlib.Path(__file__).parent


def new(name, **options):
    return h5py.File(HERE / name, "w", **options)


def sound(name, **options):
    """One dataset of every kind that Kindling reads, in Keras' layout and beside it."""
    with new(name, **options) as file:
        for layer, count in (("dense", 2), ("dense_1", 2), ("dense_10", 1), ("dense_2", 12)):
            variables = file.create_group(f"layers/{layer}/vars")
            variables.attrs["name"] = f"the {layer} läyer"
            for index in range(count):
                variables[str(index)] = np.arange(6, dtype="float32").reshape(2, 3) / 8 + index
        kinds = file.create_group("kinds")
        for dtype in ("float32", "float64", "float16", "int32", "int64", "uint8"):
            kinds[dtype] = np.arange(-3, 9).reshape(3, 4).astype(dtype)
        kinds["bool"] = np.array([True, False, True])
        bfloat16 = kinds.create_dataset("bfloat16", data=np.array([0x3F80, 0xC000, 0x7F80], "<u2").view("V2"))
        bfloat16.attrs["dtype"] = "bfloat16"
        kinds["scalar"] = np.float32(0.1)
        kinds["empty"] = np.zeros((0, 4), "float32")
        converted = file.create_group("converted")
        for dtype in (">f4", ">f8", ">f2", ">i4", ">i8", "i1", "i2", "u2", "u4"):
            converted[dtype.replace(">", "big_")] = np.arange(5).astype(dtype) * 7
        data = np.arange(64, dtype="float32").reshape(8, 8)
        file.create_dataset("chunked", data=data, chunks=(4, 4))
        texts = file.create_group("texts")
        texts["variable"] = "grüße {}"
        texts["fixed"] = np.array("fixed".encode(), "S8")
        texts.attrs["fixed"] = np.bytes_("abc")
        texts.attrs["empty"] = ""
        texts.attrs["number"] = 3
        texts.attrs["list"] = ["a", "b"]


sound("h5py_earliest.h5", libver=("earliest", "v108"))
sound("h5py_latest.h5", libver=("v110", "v110"))

(HERE / "outside.raw").write_bytes(np.arange(4, dtype="float32").tobytes())
with new("outside.h5") as file:
    file["secret"] = np.arange(4, dtype="float32")

with new("external_link.h5") as file:
    file["layers/dense"] = h5py.ExternalLink("outside.h5", "/")
    file["data"] = h5py.ExternalLink("outside.h5", "/secret")
with new("soft_link.h5") as file:
    file["real"] = np.arange(4, dtype="float32")
    file["alias"] = h5py.SoftLink("/real")
    file["loop"] = h5py.SoftLink("/loop")
with new("external_storage.h5") as file:
    file.create_dataset("data", (4,), "float32", external=[("outside.raw", 0, 16)])
with new("virtual.h5") as file:
    layout = h5py.VirtualLayout((4,), "float32")
    layout[:] = h5py.VirtualSource("outside.h5", "secret", (4,))
    file.create_virtual_dataset("data", layout)
with new("deep.h5") as file:
    file["/".join(["g"] * 40) + "/data"] = np.float32(1)
with new("cycle.h5") as file:
    file.create_group("a/b")
    file["a/b/back"] = file["a"]
with new("diamond.h5") as file:
    file.create_group("a")["data"] = np.float32(1)
    file["b"] = file["a"]
with new("huge_contiguous.h5") as file:
    file.create_dataset("data", (1 << 30, 1 << 20), "float32")
with new("huge_chunked.h5") as file:
    file.create_dataset("data", (1 << 40,), "float32", chunks=(1024,))[0] = 1
with new("huge_chunk.h5") as file:
    file.create_dataset("data", (1 << 26,), "float32", chunks=(1 << 26,))
with new("bomb.h5") as file:
    file.create_dataset("data", (1 << 16, 1 << 13), "float32", chunks=(1 << 11, 1 << 11), compression="gzip")[0, 0] = 1
with new("deflated.h5") as file:
    file.create_dataset("data", data=np.zeros((8, 8)), chunks=(4, 4), compression="gzip", shuffle=True)
with new("compound.h5") as file:
    file["data"] = np.zeros(3, [("a", "f4"), ("b", "i4")])
with new("reference.h5") as file:
    file["real"] = np.float32(1)
    file.create_dataset("data", (1,), h5py.ref_dtype)[0] = file["real"].ref
with new("ragged.h5") as file:
    file.create_dataset("data", (2,), h5py.vlen_dtype("float32"))[0] = np.ones(3, "float32")
with new("texts.h5") as file:
    file.create_dataset("data", (2,), h5py.string_dtype())[:] = ["a", "b"]
with new("unsigned.h5") as file:
    file["data"] = np.arange(3, dtype="uint64")
with new("array.h5") as file:
    file.create_dataset("data", (2,), np.dtype(("f4", (3,))))
with new("opaque.h5") as file:
    file["data"] = np.array([1, 2], "<u2").view("V2")
with new("enumeration.h5") as file:
    file.create_dataset("data", (2,), h5py.enum_dtype({"A": 0, "B": 1, "C": 2}, basetype="i1"))
with new("filter.h5") as file:
    file.create_dataset("data", (64,), "float32", chunks=(64,), compression="lzf")[:] = 1
with new("null.h5") as file:
    file["data"] = h5py.Empty("float32")
with new("named_type.h5") as file:
    file["data"] = np.dtype("float32")
with new("nine_axes.h5") as file:
    file["data"] = np.zeros((1,) * 9, "float32")
with new("name.h5") as file:
    file.create_group("g").id.links  # a group of its own, whose one entry has a name that is no UTF-8
    h5py.h5g.create(file["g"].id, b"\xff\xfe")
