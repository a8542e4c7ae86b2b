# SPDX-License-Identifier: Apache-2.0
"""Writes operations-windows.json: convolutions, pooling and interpolation, as PyTorch has them, in float64.

    python make_windows.py
"""
import torch
import torch.nn.functional as F

from rows import real, row, write


def zeros(*shape):
    return torch.zeros(*shape, dtype=torch.float64)


row("convolvedTransposed 1-D", F.conv_transpose1d, real(2, 2, 3), real(2, 3, 2), real(3))
row("convolvedTransposed 1-D strided",
    lambda x, w: F.conv_transpose1d(x, w, stride=3, padding=1, output_padding=2), real(1, 2, 3), real(2, 1, 2))
row("convolvedTransposed 1-D of one", lambda x, w: F.conv_transpose1d(x, w, dilation=2), real(1, 1, 1), real(1, 2, 3))
row("convolvedTransposed 2-D", lambda x, w, b: F.conv_transpose2d(x, w, b, stride=2, padding=1),
    real(2, 2, 2, 3), real(2, 2, 3, 3), real(2))
row("convolvedTransposed 2-D with all", lambda x, w, b: F.conv_transpose2d(
    x, w, b, stride=(2, 3), padding=(0, 1), output_padding=(1, 0), groups=2, dilation=(2, 1)),
    real(1, 4, 2, 2), real(4, 1, 2, 3), real(2))
row("convolvedTransposed 2-D depthwise", lambda x, w: F.conv_transpose2d(x, w, groups=3),
    real(1, 3, 2, 2), real(3, 1, 2, 2))
row("convolvedTransposed 3-D", lambda x, w, b: F.conv_transpose3d(x, w, b, stride=(2, 1, 1)),
    real(1, 2, 2, 1, 2), real(2, 2, 2, 2, 1), real(2))
row("convolvedTransposed of nothing", lambda x, w: F.conv_transpose1d(x, w, stride=2), zeros(0, 2, 3), real(2, 1, 2))

row("convolution same 1-D", lambda x, w, b: F.conv1d(x, w, b, padding="same"), real(2, 2, 4), real(2, 2, 3), real(2))
row("convolution same 1-D even", lambda x, w: F.conv1d(x, w, padding="same"), real(1, 2, 5), real(2, 2, 4))
row("convolution same 2-D dilated", lambda x, w, b: F.conv2d(x, w, b, padding="same", dilation=(1, 3)),
    real(1, 1, 4, 5), real(2, 1, 2, 2), real(2))
row("convolution same 2-D in groups", lambda x, w: F.conv2d(x, w, padding="same", groups=2),
    real(1, 2, 3, 3), real(2, 1, 3, 2))
# As Keras: 5 rows by 2 need (3 - 1) * 2 + 3 - 5 = 2 more, 4 columns by 3 need (2 - 1) * 3 + 2 - 4 = 1, behind.
row("convolution same 2-D strided", lambda x, w: F.conv2d(F.pad(x, (0, 1, 1, 1)), w, stride=(2, 3)),
    real(1, 2, 5, 4), real(1, 2, 3, 2))
row("convolution same 3-D", lambda x, w: F.conv3d(x, w, padding="same"), real(1, 1, 2, 3, 2), real(1, 1, 2, 3, 1))
row("convolution valid", lambda x, w: F.conv2d(x, w, stride=2), real(1, 2, 4, 5), real(2, 2, 2, 3))

for size in [[1], [2, 3], [4, 1], [5, 7]]:
    wanted = size * 2 if len(size) == 1 else size
    row(f"adaptiveAveragePooled 2-D {size}", lambda x: F.adaptive_avg_pool2d(x, wanted), real(1, 2, 4, 5))
    row(f"adaptiveMaxPooled 2-D {size}", lambda x: F.adaptive_max_pool2d(x, wanted), real(1, 2, 4, 5))
row("adaptiveAveragePooled 1-D", lambda x: F.adaptive_avg_pool1d(x, 3), real(2, 2, 7))
row("adaptiveMaxPooled 1-D", lambda x: F.adaptive_max_pool1d(x, 3), real(2, 2, 7))
row("adaptiveAveragePooled 3-D", lambda x: F.adaptive_avg_pool3d(x, (2, 1, 2)), real(1, 2, 3, 2, 2))
row("adaptiveMaxPooled 3-D", lambda x: F.adaptive_max_pool3d(x, (2, 1, 2)), real(1, 2, 3, 2, 2))
for name, shape in {"1-D": (2, 2, 3), "2-D": (2, 2, 2, 3), "3-D": (1, 2, 2, 2, 2)}.items():
    axes = list(range(2, len(shape)))
    row(f"globalAveragePooled {name}", lambda x: x.mean(axes), real(*shape))
    row(f"globalMaxPooled {name}", lambda x: x.amax(axes), real(*shape))
row("globalAveragePooled 2-D kept", lambda x: F.adaptive_avg_pool2d(x, 1), real(1, 2, 3, 2))
row("globalMaxPooled 2-D kept", lambda x: F.adaptive_max_pool2d(x, 1), real(1, 2, 3, 2))
row("globalAveragePooled of nothing", lambda x: x.mean(2), zeros(0, 2, 3))
row("globalMaxPooled of equals", lambda x: x.amax((2, 3)), torch.tensor([[[[1., 2], [2, 0]]]], dtype=torch.float64))
row("maxPool ceil 1-D", lambda x: F.max_pool1d(x, 2, ceil_mode=True), real(2, 2, 5))
row("maxPool ceil 2-D", lambda x: F.max_pool2d(x, (3, 2), (2, 3), (1, 0), ceil_mode=True), real(1, 2, 4, 6))
row("maxPool ceil padding only", lambda x: F.max_pool1d(x, 2, 3, 1, ceil_mode=True), real(1, 1, 5))
row("maxPool ceil dilated", lambda x: F.max_pool1d(x, 2, 2, 0, 2, ceil_mode=True), real(1, 2, 6))
row("maxPool ceil 3-D", lambda x: F.max_pool3d(x, 2, ceil_mode=True), real(1, 1, 3, 2, 3))

modes = {1: "linear", 2: "bilinear", 3: "trilinear"}
for name in ["nearest", "linear", "cubic"]:
    def resize(x, size=None, scale=None, corners=None):
        mode = {"nearest": "nearest", "linear": modes[x.dim() - 2], "cubic": "bicubic"}[name]
        return F.interpolate(x, size, scale, mode, None if name == "nearest" else bool(corners))

    row(f"interpolated {name} 2-D", lambda x: resize(x, (5, 2)), real(1, 2, 3, 4))
    row(f"interpolated {name} 2-D of one", lambda x: resize(x, 3), real(2, 1, 1, 1))
    row(f"interpolated {name} 2-D to one", lambda x: resize(x, (1, 3)), real(1, 1, 3, 3))
    row(f"interpolated {name} 2-D twice", lambda x: resize(x, scale=2.0), real(1, 1, 2, 3))
    row(f"interpolated {name} 2-D by factors", lambda x: resize(x, scale=(1.7, 0.6)), real(1, 1, 3, 5))
    if name != "nearest":
        row(f"interpolated {name} aligned", lambda x: resize(x, (5, 2), corners=True), real(1, 2, 3, 4))
        row(f"interpolated {name} aligned to one", lambda x: resize(x, (1, 4), corners=True), real(1, 1, 3, 2))
    if name != "cubic":
        row(f"interpolated {name} 1-D", lambda x: resize(x, 7), real(2, 1, 3))
        row(f"interpolated {name} 3-D", lambda x: resize(x, (3, 1, 4)), real(1, 1, 2, 2, 2))

write("operations-windows")
