# SPDX-License-Identifier: Apache-2.0
"""Writes stft.json: kernels of Keras' STFT initializer as [frequencies, 1, frame], in double precision.

usage: KERAS_BACKEND=torch make_stft.py > stft.json      (Keras 3.15, SciPy)
"""
import json

import keras

keras.config.set_floatx("float64")
result = {}
for window in ["hann", "hamming", "blackman", "bartlett", "cosine", "none"]:
    for side, scaling, periodic in [
            ("real", "density", False), ("imaginary", "spectrum", True), ("real", "none", True)]:
        make = keras.initializers.STFT(
            side=side[:4], window=None if window == "none" else window, scaling=None if scaling == "none" else scaling,
            periodic=periodic)
        kernel = make((7, 1, 5), dtype="float64").cpu().numpy()
        result[f"{window} {side} {scaling} {str(periodic).lower()}"] = kernel.transpose(2, 1, 0).flatten().tolist()
print(json.dumps(result, separators=(",", ":")).replace("],", "],\n"))
