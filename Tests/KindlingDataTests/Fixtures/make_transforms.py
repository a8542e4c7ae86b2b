# SPDX-License-Identifier: Apache-2.0
"""Makes transforms.json: what torchvision's functions make of two small pictures with the numbers given."""
import json
import pathlib

import torch
from torchvision.transforms import functional as F
from torchvision.transforms import InterpolationMode

COUNT, CHANNELS, HEIGHT, WIDTH = 2, 3, 5, 6
size = COUNT * CHANNELS * HEIGHT * WIDTH
ramp = torch.arange(size, dtype=torch.float64)
pictures = ((1 + torch.sin(1.3 * ramp)) / 2).float().reshape(COUNT, CHANNELS, HEIGHT, WIDTH)
values = {"pictures": pictures}

for mode in ("constant", "edge", "reflect"):
    padded = F.pad(pictures, [3, 3, 3, 3], fill=0.25 if mode == "constant" else 0, padding_mode=mode)
    # Two up and one to the right; three down and three to the left.
    values[f"crop_{mode}"] = torch.stack([
        F.crop(padded[0], 3 - 2, 3 + 1, HEIGHT, WIDTH), F.crop(padded[1], 3 + 3, 3 - 3, HEIGHT, WIDTH)])
values["flip_horizontal"] = torch.stack([F.hflip(pictures[0]), pictures[1]])
values["flip_vertical"] = torch.stack([pictures[0], F.vflip(pictures[1])])
for mode in (InterpolationMode.NEAREST, InterpolationMode.BILINEAR):
    values[f"rotate_{mode.value}"] = torch.stack([
        F.rotate(pictures[0], 25.0, mode), F.rotate(pictures[1], -70.0, mode)])
for name, change, amounts in (
        ("brightness", F.adjust_brightness, (0.6, 1.5)), ("contrast", F.adjust_contrast, (0.4, 1.7)),
        ("saturation", F.adjust_saturation, (0.2, 1.9)), ("hue", F.adjust_hue, (0.3, -0.45))):
    values[name] = torch.stack([change(pictures[i], amounts[i]) for i in range(COUNT)])
for name, change, amounts in (
        ("grey_brightness", F.adjust_brightness, (0.6, 1.5)), ("grey_contrast", F.adjust_contrast, (0.4, 1.7))):
    values[name] = torch.stack([change(pictures[i, :1], amounts[i]) for i in range(COUNT)])

path = pathlib.Path(__file__).with_name("transforms.json")
path.write_text(json.dumps({k: [round(x, 7) for x in v.flatten().tolist()] for k, v in values.items()}) + "\n")
