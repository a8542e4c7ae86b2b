# SPDX-License-Identifier: Apache-2.0
"""Writes keras_convolutions.json: what Keras' convolutions give for weights sin(1.3 i) in Keras' own layout.

For each case the shapes of the weights, in Keras' order, and the output for the input sin(1.3 i), channels first.

usage: KERAS_BACKEND=torch make_keras_convolutions.py      (Keras 3; in the folder of this file)
"""
import json

import numpy
from keras import layers


def ramp(*shape):
    return numpy.sin(1.3 * numpy.arange(numpy.prod(shape))).reshape(shape)


common = {"data_format": "channels_first", "dtype": "float64"}
cases = {
    "Conv1D": (layers.Conv1D(4, 3, **common), (2, 3, 7)),
    "Conv2D": (layers.Conv2D(4, (3, 2), groups=2, **common), (1, 2, 4, 5)),
    "Conv2D same strided": (layers.Conv2D(3, 3, strides=2, padding="same", **common), (1, 2, 4, 5)),
    "Conv3D": (layers.Conv3D(2, (1, 2, 3), **common), (1, 2, 3, 3, 4)),
    "ConvTranspose1D": (layers.Conv1DTranspose(2, 3, strides=2, **common), (2, 3, 4)),
    "ConvTranspose2D": (layers.Conv2DTranspose(3, 3, strides=2, **common), (1, 2, 3, 4)),
    "ConvTranspose3D": (layers.Conv3DTranspose(1, 2, strides=2, **common), (1, 2, 2, 2, 3)),
    "DepthwiseConv1D": (layers.DepthwiseConv1D(3, depth_multiplier=2, **common), (2, 3, 5)),
    "DepthwiseConv2D": (layers.DepthwiseConv2D((3, 2), depth_multiplier=2, **common), (1, 3, 5, 4)),
    "SeparableConv1D": (layers.SeparableConv1D(3, 3, depth_multiplier=2, **common), (2, 2, 7)),
    "SeparableConv2D": (layers.SeparableConv2D(4, (3, 2), depth_multiplier=2, **common), (1, 2, 4, 5)),
}
result = {}
for name, (layer, shape) in cases.items():
    layer.build(shape)
    layer.set_weights([ramp(*weight.shape) for weight in layer.weights])
    y = layer(ramp(*shape)).detach().numpy()
    result[name] = {"shape": list(y.shape), "output": y.flatten().tolist()}
    for index, weight in enumerate(layer.weights):
        result[name][f"weight {index}"] = list(weight.shape)
    print(name, layer.name, [weight.path for weight in layer.weights])
with open("keras_convolutions.json", "w") as file:
    file.write("{\n" + ",\n".join(f"{json.dumps(n)}: {json.dumps(e)}" for n, e in result.items()) + "\n}\n")
