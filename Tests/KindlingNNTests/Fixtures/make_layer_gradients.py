# SPDX-License-Identifier: Apache-2.0
"""Writes activation.json, convolution.json, pooling.json, shape.json: what PyTorch's layers give, and their gradients.

For each case the output for the input scale · sin(1.3 i), with every parameter sin(1.3 i), and the gradients of
Σ cos(0.7 i) · output_i by the input and by every parameter, all in double precision.

usage: make_layer_gradients.py [FAMILY…]      (PyTorch 2.x; in the folder of this file)
"""
import json
import math
import sys

import torch
import torch.nn.functional as F
from torch import nn

families = {}


def ramp(*shape):
    count = math.prod(shape)
    return torch.tensor([math.sin(1.3 * i) for i in range(count)], dtype=torch.float64).reshape(shape)


def case(family, name, layer, shape, scale=1.0):
    """Notes a case; `layer` is a module or a function."""
    x = (ramp(*shape) * scale).requires_grad_()
    parameters = {}
    if isinstance(layer, nn.Module):
        layer.double()
        with torch.no_grad():
            for key, parameter in layer.named_parameters():
                parameter.copy_(ramp(*parameter.shape))
                parameters[key] = parameter
    y = layer(x)
    upstream = torch.tensor([math.cos(0.7 * i) for i in range(y.numel())], dtype=torch.float64).reshape(y.shape)
    gradients = torch.autograd.grad((y * upstream).sum(), [x, *parameters.values()])
    entry = {"shape": list(y.shape), "output": y.flatten().tolist()}
    for key, gradient in zip(["input", *parameters], gradients):
        entry[key] = gradient.flatten().tolist()
    families.setdefault(family, {})[name] = entry


def activation(name, layer, shape=(3, 8), scale=4.0):
    case("activation", name, layer, shape, scale)


activation("CELU", nn.CELU(1.5))
activation("ELU", nn.ELU(0.7))
activation("GELU", nn.GELU())
activation("GELU tanh", nn.GELU("tanh"))
activation("GLU", nn.GLU())
activation("GLU first", nn.GLU(0), (4, 3))
activation("HardShrink", nn.Hardshrink())
activation("HardSigmoid", lambda x: F.relu6(x + 3) / 6)  # nn.Hardsigmoid rounds the slope to float32
activation("HardSwish", nn.Hardswish())
activation("HardTanh", nn.Hardtanh(-0.5, 2))
activation("LeakyReLU", nn.LeakyReLU())
activation("LogSigmoid", nn.LogSigmoid())
activation("LogSoftmax", nn.LogSoftmax(-1))
activation("LogSoftmax axis 1", nn.LogSoftmax(1), (2, 3, 4))
activation("Mish", nn.Mish())
activation("PReLU", nn.PReLU(), (2, 3, 4))
activation("PReLU channels", nn.PReLU(3), (2, 3, 4))
activation("QuickGELU", lambda x: x * torch.sigmoid(1.702 * x))
activation("RReLU", nn.RReLU().eval())
activation("ReLU", nn.ReLU())
activation("ReLU6", nn.ReLU6(), scale=9.0)
activation("ReLUSquared", lambda x: F.relu(x) ** 2)
activation("SELU", nn.SELU())
activation("SiLU", nn.SiLU())
activation("Sigmoid", nn.Sigmoid())
activation("Sine", lambda x: torch.sin(3 * x))
activation("SoftShrink", nn.Softshrink(0.8))
activation("Softmax", nn.Softmax(-1))
activation("Softmax axis 1", nn.Softmax(1), (2, 3, 4))
activation("Softmin", nn.Softmin(-1))
activation("Softplus", nn.Softplus(2, 5))
activation("Softsign", nn.Softsign())
activation("SparsePlus", lambda x: torch.where(x < -1, x * 0, torch.where(x < 1, (x + 1) ** 2 / 4, x)))
activation("SparseSigmoid", lambda x: ((x + 1) / 2).clamp(0, 1))
activation("Squareplus", lambda x: (x + torch.sqrt(x * x + 2)) / 2)
activation("Tanh", nn.Tanh())
activation("TanhShrink", nn.Tanhshrink())
activation("Threshold", nn.Threshold(0.5, -1))


def pooling(name, layer, shape):
    case("pooling", name, layer, shape)


shapes = {1: (2, 3, 9), 2: (1, 2, 7, 6), 3: (1, 1, 4, 5, 6)}
for axes, shape in shapes.items():
    maximum = [nn.MaxPool1d, nn.MaxPool2d, nn.MaxPool3d][axes - 1]
    average = [nn.AvgPool1d, nn.AvgPool2d, nn.AvgPool3d][axes - 1]
    adaptive_maximum = [nn.AdaptiveMaxPool1d, nn.AdaptiveMaxPool2d, nn.AdaptiveMaxPool3d][axes - 1]
    adaptive_average = [nn.AdaptiveAvgPool1d, nn.AdaptiveAvgPool2d, nn.AdaptiveAvgPool3d][axes - 1]
    spatial = tuple(range(2, axes + 2))
    pooling(f"MaxPool{axes}D", maximum(2), shape)
    pooling(f"MaxPool{axes}D padded", maximum(3, 2, 1, ceil_mode=True), shape)
    pooling(f"AveragePool{axes}D", average(2), shape)
    pooling(f"AveragePool{axes}D padded", average(3, 2, 1, count_include_pad=False), shape)
    pooling(f"AveragePool{axes}D counted", average(3, 2, 1), shape)
    pooling(f"AveragePool{axes}D hanging over", average(3, 2, 1, ceil_mode=True), shape)
    pooling(f"AveragePool{axes}D hanging over, uncounted", average(2, 2, 1, ceil_mode=True, count_include_pad=False), shape)
    norm = [nn.LPPool1d, nn.LPPool2d, nn.LPPool3d][axes - 1]
    pooling(f"LpPool{axes}D", norm(2, 2), shape)
    pooling(f"LpPool{axes}D of fours", norm(4, 3, 2), shape)
    pooling(f"LpPool{axes}D hanging over", norm(2, 2, 3, ceil_mode=True), shape)
    pooling(f"AdaptiveAveragePool{axes}D", adaptive_average(3), shape)
    pooling(f"AdaptiveMaxPool{axes}D", adaptive_maximum(3), shape)
    pooling(f"GlobalAveragePool{axes}D", lambda x: x.mean(spatial), shape)
    pooling(f"GlobalMaxPool{axes}D", lambda x: x.amax(spatial), shape)
    pooling(f"GlobalMaxPool{axes}D kept", lambda x: x.amax(spatial, keepdim=True), shape)
pooling("MaxPool1D dilated", nn.MaxPool1d(3, 1, dilation=2), (2, 3, 9))
pooling("MaxPool2D oblong", nn.MaxPool2d((3, 2), (1, 2), (1, 0), dilation=(2, 1)), (1, 2, 7, 6))
pooling("AveragePool2D oblong", nn.AvgPool2d((3, 2), (1, 2), (1, 0)), (1, 2, 7, 6))
pooling("AdaptiveAveragePool2D oblong", nn.AdaptiveAvgPool2d((5, 1)), (1, 2, 7, 6))
pooling("AdaptiveMaxPool3D oblong", nn.AdaptiveMaxPool3d((2, 5, 4)), (1, 1, 4, 5, 6))


class Depthwise(nn.Module):
    """Every channel by itself: weight [in, multiplier, kernel…]."""

    def __init__(self, channels, multiplier, kernel, **arguments):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(channels, multiplier, *kernel))
        self.bias = nn.Parameter(torch.zeros(channels * multiplier))
        self.arguments = arguments

    def forward(self, x):
        channels, multiplier, *kernel = self.weight.shape
        convolve = [F.conv1d, F.conv2d][len(kernel) - 1]
        weight = self.weight.reshape(channels * multiplier, 1, *kernel)
        return convolve(x, weight, self.bias, groups=channels, **self.arguments)


class Separable(nn.Module):
    """Every channel by itself, then all at each place."""

    def __init__(self, channels, out, multiplier, kernel, **arguments):
        super().__init__()
        self.depthwiseWeight = nn.Parameter(torch.zeros(channels, multiplier, *kernel))
        self.pointwiseWeight = nn.Parameter(torch.zeros(out, channels * multiplier, *[1] * len(kernel)))
        self.bias = nn.Parameter(torch.zeros(out))
        self.arguments = arguments

    def forward(self, x):
        channels, multiplier, *kernel = self.depthwiseWeight.shape
        convolve = [F.conv1d, F.conv2d][len(kernel) - 1]
        weight = self.depthwiseWeight.reshape(channels * multiplier, 1, *kernel)
        return convolve(convolve(x, weight, groups=channels, **self.arguments), self.pointwiseWeight, self.bias)


class Padded(nn.Module):
    """A layer behind fixed padding, under the layer's own names."""

    def __init__(self, widths, layer):
        super().__init__()
        self.widths, self.weight, self.bias = widths, layer.weight, layer.bias
        self.layer = [layer]

    def forward(self, x):
        return self.layer[0](F.pad(x, self.widths))


def convolution(name, layer, shape):
    case("convolution", name, layer, shape)


convolution("Conv1D", nn.Conv1d(3, 4, 3), (2, 3, 7))
convolution("Conv1D groups", nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2), (2, 4, 8))
convolution("Conv1D same", nn.Conv1d(2, 3, 4, padding="same", dilation=2), (2, 2, 7))
convolution("Conv1D plain", nn.Conv1d(2, 3, 3, bias=False), (1, 2, 6))
convolution("Conv2D", nn.Conv2d(2, 3, 3, padding=1), (2, 2, 4, 5))
convolution("Conv2D oblong", nn.Conv2d(2, 4, (3, 2), (1, 2), (2, 0), (2, 1), 2), (1, 2, 5, 6))
convolution("Conv2D same strided", Padded((1, 1, 0, 1), nn.Conv2d(2, 3, 3, stride=2).double()), (1, 2, 4, 5))
convolution("Conv2D reflect", nn.Conv2d(2, 3, 3, padding=(2, 1), padding_mode="reflect"), (1, 2, 4, 5))
convolution("Conv2D replicate", nn.Conv2d(2, 3, 3, padding=1, padding_mode="replicate"), (1, 2, 4, 5))
convolution("Conv2D circular", nn.Conv2d(2, 3, (2, 3), padding="same", padding_mode="circular"), (1, 2, 4, 5))
convolution("Conv3D", nn.Conv3d(2, 2, (1, 2, 3), padding=(0, 1, 1)), (1, 2, 3, 3, 4))
convolution("Conv3D strided", nn.Conv3d(1, 2, 2, stride=(1, 2, 1)), (2, 1, 3, 4, 3))
convolution("ConvTranspose1D", nn.ConvTranspose1d(3, 2, 3, stride=2), (2, 3, 4))
convolution("ConvTranspose1D groups", nn.ConvTranspose1d(4, 6, 3, 3, 1, 2, 2, True, 2), (1, 4, 3))
convolution("ConvTranspose1D dilated", nn.ConvTranspose1d(2, 2, 3, output_padding=2, dilation=3), (1, 2, 4))
convolution("ConvTranspose2D dilated", nn.ConvTranspose2d(1, 2, 3, (1, 2), (1, 3), (2, 2), dilation=3), (1, 1, 3, 4))
convolution("ConvTranspose2D", nn.ConvTranspose2d(2, 3, 2, stride=2), (1, 2, 3, 4))
convolution("ConvTranspose2D oblong", nn.ConvTranspose2d(2, 4, (3, 2), (2, 3), (1, 0), (1, 2), 2, False), (1, 2, 3, 2))
convolution("ConvTranspose3D", nn.ConvTranspose3d(2, 1, 2, stride=(1, 2, 1), output_padding=(0, 1, 0)), (1, 2, 2, 2, 3))
convolution("DepthwiseConv1D", Depthwise(3, 2, (3,), padding=1), (2, 3, 5))
convolution("DepthwiseConv2D", Depthwise(3, 1, (3, 2), stride=2, padding=1), (1, 3, 5, 4))
convolution("DepthwiseConv2D multiplied", Depthwise(2, 3, (2, 2), dilation=2), (1, 2, 4, 5))
convolution("SeparableConv1D", Separable(2, 3, 2, (3,), stride=2), (2, 2, 7))
convolution("SeparableConv2D", Separable(2, 4, 2, (3, 3), padding=1), (1, 2, 4, 5))


def shape_layer(name, layer, shape):
    case("shape", name, layer, shape)


shape_layer("Flatten", nn.Flatten(), (2, 3, 4))
shape_layer("Flatten part", nn.Flatten(1, 2), (2, 3, 2, 2))
shape_layer("Reshape", lambda x: x.reshape(x.shape[0], 3, 4), (2, 12))
shape_layer("Unflatten", nn.Unflatten(1, (3, 2)), (2, 6, 2))
shape_layer("Permute", lambda x: x.permute(0, 2, 3, 1), (2, 2, 3, 2))
shape_layer("Squeeze", lambda x: x.squeeze(1), (2, 1, 3))
shape_layer("Unsqueeze", lambda x: x.unsqueeze(1), (2, 3))
shape_layer("RepeatVector", lambda x: x.unsqueeze(1).repeat(1, 3, 1), (2, 4))
shape_layer("PixelShuffle", nn.PixelShuffle(2), (1, 8, 2, 3))
shape_layer("PixelUnshuffle", nn.PixelUnshuffle(2), (1, 2, 4, 6))
shape_layer("Upsample", nn.Upsample(scale_factor=2), (1, 2, 2, 3))
shape_layer("Upsample length", nn.Upsample(7, mode="linear"), (2, 2, 4))
shape_layer("Upsample bilinear", nn.Upsample((5, 7), mode="bilinear"), (1, 2, 3, 4))
shape_layer("Upsample corners", nn.Upsample((5, 7), mode="bilinear", align_corners=True), (1, 2, 3, 4))
shape_layer("Upsample bicubic", nn.Upsample(scale_factor=(1.5, 2.0), mode="bicubic"), (1, 1, 4, 4))
shape_layer("Upsample trilinear", nn.Upsample(scale_factor=2, mode="trilinear"), (1, 1, 2, 2, 3))
shape_layer("Padding", nn.ZeroPad2d(1), (1, 2, 2, 3))
shape_layer("Padding constant", nn.ConstantPad1d((2, 0), 3.5), (2, 2, 3))
shape_layer("Padding reflect", nn.ReflectionPad2d((2, 2, 1, 1)), (1, 2, 3, 4))
shape_layer("Padding replicate", nn.ReplicationPad3d((1, 0, 1, 0, 1, 0)), (1, 1, 2, 2, 3))
shape_layer("Padding circular", nn.CircularPad1d((1, 2)), (2, 2, 4))
shape_layer("Cropping", lambda x: x[:, :, 1:-1, 1:-1], (1, 2, 4, 5))
shape_layer("Cropping behind", lambda x: x[:, :, :-1, :-2], (1, 2, 4, 5))
shape_layer("Cropping volume", lambda x: x[:, :, 1:, 1:, 2:], (1, 1, 3, 3, 4))


def bilinear():
    """Two inputs: the second one's gradient is kept as `second`."""
    layer = nn.Bilinear(3, 2, 4).double()
    with torch.no_grad():
        layer.weight.copy_(ramp(4, 3, 2))
        layer.bias.copy_(ramp(4))
    first, second = ramp(2, 5, 3).requires_grad_(), (ramp(2, 5, 2) * 0.5).requires_grad_()
    y = layer(first, second)
    upstream = torch.tensor([math.cos(0.7 * i) for i in range(y.numel())], dtype=torch.float64).reshape(y.shape)
    gradients = torch.autograd.grad((y * upstream).sum(), [first, second, layer.weight, layer.bias])
    entry = {"shape": list(y.shape), "output": y.flatten().tolist()}
    for key, gradient in zip(["input", "second", "weight", "bias"], gradients):
        entry[key] = gradient.flatten().tolist()
    families["shape"]["Bilinear"] = entry


bilinear()

for family in sys.argv[1:] or families:
    with open(f"{family}.json", "w") as file:
        lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in families[family].items())
        file.write("{\n" + lines + "\n}\n")
