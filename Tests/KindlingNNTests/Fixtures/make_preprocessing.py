# SPDX-License-Identifier: Apache-2.0
"""Writes preprocessing.json: what Keras' preprocessing layers find in data and give.

    KERAS_BACKEND=torch python make_preprocessing.py
"""
import json
import pathlib

import keras
import numpy as np


def ramp(*shape):
    return np.sin(1.3 * np.arange(np.prod(shape))).reshape(shape)


def numbers(value):
    return [float(x) for x in np.asarray(keras.ops.convert_to_numpy(value)).reshape(-1)]


def adapt(layer, *batches):
    """What Discretization.adapt does with its data, which itself asks for TensorFlow."""
    layer.reset_state()
    for batch in batches:
        layer.update_state(batch)
    layer.finalize_state()


layers = keras.layers
cases = {}

table = (5 * ramp(12, 3) + 100).astype("float32")
layer = layers.Normalization()
layer.adapt(table)
cases["normalization mean"] = numbers(layer.mean)
cases["normalization variance"] = numbers(layer.variance)
cases["normalization"] = numbers(layer(table))
layer = layers.Normalization(invert=True)
layer.adapt(table)
cases["normalization inverted"] = numbers(layer(ramp(2, 3)))
layer = layers.Normalization(axis=None)
layer.adapt(table)
cases["normalization of all"] = numbers(layer(table))
pictures = ramp(4, 3, 2, 5).astype("float32")
layer = layers.Normalization(axis=1)
layer.adapt(pictures)
cases["normalization of channels"] = numbers(layer(pictures))
layer = layers.Normalization(axis=(1, -1))
layer.adapt(pictures)
cases["normalization of two axes"] = numbers(layer(pictures))
layer = layers.Normalization(mean=[1.0, 2.0, 3.0], variance=[4.0, 0.25, 0.0])
cases["normalization given"] = numbers(layer(ramp(2, 3)))

cases["rescaling"] = numbers(layers.Rescaling(1 / 127.5, offset=-1)(np.arange(0, 256, 15)))

tokens = np.array([[0, 3, 3], [1, 1, 1]])
for mode in ["one_hot", "multi_hot", "count"]:
    cases[f"tokens {mode}"] = numbers(layers.CategoryEncoding(num_tokens=4, output_mode=mode)(tokens))

values = (3 * ramp(50, 5)).astype("float32")
layer = layers.Discretization(bin_boundaries=[0.0, 1.0, 2.0])
cases["bins given"] = numbers(layer(values))
layer = layers.Discretization(num_bins=7)
adapt(layer, values)
cases["boundaries"] = [float(x) for x in layer.bin_boundaries]
cases["bins"] = numbers(layer(values))
layer = layers.Discretization(num_bins=4, epsilon=0.05)
adapt(layer, values[:30], values[30:])
cases["boundaries of batches"] = [float(x) for x in layer.bin_boundaries]
layer = layers.Discretization(num_bins=3)
adapt(layer, values[:4, 0])
cases["boundaries of few"] = [float(x) for x in layer.bin_boundaries]
layer = layers.Discretization(bin_boundaries=[0.0, 1.0, 2.0], output_mode="count")
cases["bins counted"] = numbers(layer(values[:3]))

path = pathlib.Path(__file__).with_name("preprocessing.json")
path.write_text(json.dumps(cases) + "\n")
