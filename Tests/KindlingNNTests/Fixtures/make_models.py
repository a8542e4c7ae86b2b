# SPDX-License-Identifier: Apache-2.0
"""Outputs and gradients of torchvision's models, whose weights follow from their place.

    python make_models.py > models.json
    python make_models.py weights    # writes resnet_tiny.safetensors and its output, for the loading test
"""
import json
import math
import pathlib
import sys

import numpy
import torch
import torchvision
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck

HERE = pathlib.Path(__file__).parent


def sines(shape, place):
    """sin(1.3 i + place)."""
    count = math.prod(shape)
    return torch.from_numpy(numpy.sin(1.3 * numpy.arange(count, dtype=numpy.float64) + place)).reshape(shape)


def rounded(values):
    """To what float32 has, as files of weights are; so no library's last bit of a sine counts."""
    return values.float().double()


def fill(model):
    """Gives every value that is not counted a sine, at a scale that keeps what goes through it near 1."""
    entries = []
    with torch.no_grad():
        for place, (name, value) in enumerate(model.state_dict().items()):
            entries.append([name, list(value.shape)])
            if name.endswith("num_batches_tracked"):
                continue
            sine = sines(value.shape, place)
            if name.endswith("running_var"):
                sine = 1 + 0.5 * sine
            elif name.endswith("weight") and value.ndim == 1:
                sine = 1 + 0.1 * sine
            elif value.ndim >= 2:
                sine = sine * (2 / math.sqrt(max(1, math.prod(value.shape[1:]))))
            else:
                sine = 0.1 * sine
            value.copy_(rounded(sine))
    return entries


def resnet(block, layers, width, classes, cifar):
    """torchvision's network with another width, which its own initializer does not take."""

    class Narrow(torchvision.models.ResNet):
        def __init__(self):
            super().__init__(block, layers, num_classes=classes)
            self.inplanes = width
            if cifar:
                self.conv1, self.maxpool = nn.Conv2d(3, width, 3, 1, 1, bias=False), nn.Identity()
            else:
                self.conv1 = nn.Conv2d(3, width, 7, 2, 3, bias=False)
            self.bn1 = nn.BatchNorm2d(width)
            for stage in range(4):
                made = self._make_layer(block, width << stage, layers[stage], stride=1 if stage == 0 else 2)
                setattr(self, f"layer{stage + 1}", made)
            self.fc = nn.Linear(width * 8 * block.expansion, classes)

    return Narrow()


def vgg(build, classes):
    model = build(num_classes=classes)
    model.avgpool, model.classifier = nn.AdaptiveAvgPool2d(1), nn.Sequential(nn.Linear(512, classes))
    return model


def mobilenet(width, classes, stride):
    model = torchvision.models.MobileNetV2(num_classes=classes, width_mult=width)
    model.features[0][0].stride = (stride, stride)
    return model


def vit(side, patch, width, depth, heads, hidden, classes):
    return torchvision.models.VisionTransformer(side, patch, depth, heads, width, hidden, num_classes=classes)


class LeNet(nn.Module):
    def __init__(self, activation):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2), activation(), nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5), activation(), nn.AvgPool2d(2))
        self.classifier = nn.Sequential(
            nn.Flatten(), nn.Linear(400, 120), activation(), nn.Linear(120, 84), activation(), nn.Linear(84, 10))

    def forward(self, x):
        return self.classifier(self.features(x))


class UNet(nn.Module):
    def __init__(self, into, out, depth, base):
        super().__init__()

        def level(a, b):
            return nn.Sequential(
                nn.Conv2d(a, b, 3, padding=1, bias=False), nn.BatchNorm2d(b), nn.ReLU(),
                nn.Conv2d(b, b, 3, padding=1, bias=False), nn.BatchNorm2d(b), nn.ReLU())

        widths = [base << k for k in range(depth + 1)]
        self.down = nn.ModuleList([level(into if k == 0 else widths[k - 1], widths[k]) for k in range(depth)])
        self.bottom = level(widths[depth - 1], widths[depth])
        order = list(reversed(range(depth)))
        self.enlarge = nn.ModuleList([nn.ConvTranspose2d(widths[k + 1], widths[k], 2, 2) for k in order])
        self.up = nn.ModuleList([level(widths[k + 1], widths[k]) for k in order])
        self.head = nn.Conv2d(base, out, 1)

    def forward(self, x):
        kept = []
        for level in self.down:
            kept.append(level(x))
            x = nn.functional.max_pool2d(kept[-1], 2)
        x = self.bottom(x)
        for enlarge, level in zip(self.enlarge, self.up):
            x = level(torch.cat([kept.pop(), enlarge(x)], 1))
        return self.head(x)


def digest(gradient):
    """Three numbers in which every element counts otherwise, and the first."""
    flat = gradient.detach().flatten()
    i = torch.arange(flat.numel(), dtype=torch.float64)
    return [float(flat @ torch.cos(0.7 * i)), float(flat @ torch.sin(0.9 * i)), float(flat.norm()), float(flat[0])]


RECORD = {}


def numbers(values):
    return [float(f"{x:.12g}") for x in values]


def case(name, model, side, batch=2, channels=3, train=False):
    model = model.double()
    entries = fill(model)
    x = rounded(sines([batch, channels, side, side], 0))
    record = {"names": [n for n, _ in entries], "shapes": [s for _, s in entries], "input": list(x.shape)}
    model.eval()
    with torch.no_grad():
        y = model(x)
    record["shape"] = list(y.shape)
    record["output"] = numbers(y.flatten().tolist()[:400])
    if train:
        model.train()
        for module in model.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
        targets = torch.arange(batch) % y.shape[1]
        loss = nn.functional.cross_entropy(model(x), targets)
        loss.backward()
        record["loss"] = loss.item()
        record["gradients"] = {n: numbers(digest(p.grad)) for n, p in model.named_parameters()}
    RECORD[name] = record
    return model


def weights():
    from safetensors.torch import save_file

    model = resnet(BasicBlock, [2, 2, 2, 2], 2, 3, True).double()
    fill(model)
    model.eval()
    save_file({k: v.contiguous() for k, v in model.float().state_dict().items()}, HERE / "resnet_tiny.safetensors")
    with torch.no_grad():
        y = model.double()(rounded(sines([2, 3, 16, 16], 0)))
    print(numbers(y.flatten().tolist()))


if sys.argv[1:] == ["weights"]:
    weights()
else:
    tv = torchvision.models
    case("LeNet", LeNet(nn.Tanh), 28, channels=1, train=True)
    case("LeNet relu", LeNet(nn.ReLU), 28, channels=1)
    case("ResNet18 cifar", resnet(BasicBlock, [2, 2, 2, 2], 64, 10, True), 32)
    case("ResNet34 narrow", resnet(BasicBlock, [3, 4, 6, 3], 8, 5, False), 64)
    case("ResNet50 narrow", resnet(Bottleneck, [3, 4, 6, 3], 8, 5, False), 64)
    case("ResNet18 train", resnet(BasicBlock, [2, 2, 2, 2], 4, 3, True), 16, batch=4, train=True)
    case("ResNet50 train", resnet(Bottleneck, [3, 4, 6, 3], 2, 3, True), 16, batch=4, train=True)
    case("VGG11 cifar", vgg(tv.vgg11, 10), 32)
    case("VGG16 norm cifar", vgg(tv.vgg16_bn, 10), 32)
    case("MobileNetV2", mobilenet(1.0, 10, 2), 64)
    case("MobileNetV2 train", mobilenet(0.25, 3, 1), 32, batch=4, train=True)
    case("ViT", vit(16, 4, 24, 3, 4, 40, 7), 16, train=True)
    case("ViT tiny", vit(32, 8, 192, 12, 3, 768, 10), 32)
    case("UNet", UNet(3, 2, 3, 4), 16)
    json.dump(RECORD, sys.stdout, separators=(",", ":"))
    print()
    counts = {
        "ResNet18": tv.resnet18(), "ResNet34": tv.resnet34(), "ResNet50": tv.resnet50(), "VGG11": tv.vgg11(),
        "VGG13": tv.vgg13(), "VGG16": tv.vgg16(), "VGG16 norm": tv.vgg16_bn(), "VGG19": tv.vgg19(),
        "ResNet101": tv.resnet101(), "ResNet152": tv.resnet152(),
        "MobileNetV2": tv.mobilenet_v2(), "MobileNetV2 0.5": tv.mobilenet_v2(width_mult=0.5),
        "MobileNetV2 1.4": tv.mobilenet_v2(width_mult=1.4),
        "ViT-B/16": tv.vit_b_16(), "ViT-T/16": vit(224, 16, 192, 12, 3, 768, 1000),
        "UNet": UNet(3, 1, 4, 64), "LeNet": LeNet(nn.Tanh),
    }
    for name, model in counts.items():
        print(name, sum(p.numel() for p in model.parameters()), file=sys.stderr)
