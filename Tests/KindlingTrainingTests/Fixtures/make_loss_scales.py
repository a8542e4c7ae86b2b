# SPDX-License-Identifier: Apache-2.0
"""Writes loss_scales.json: how PyTorch's GradScaler moves over 1,000 scripted steps."""

import json
import pathlib

import torch


def trace(growth_interval, is_bad):
    scaler = torch.amp.GradScaler("cpu", growth_interval=growth_interval)
    weight = torch.nn.Parameter(torch.ones(1))
    optimizer = torch.optim.SGD([weight], lr=0.0)
    changes, before = [], None
    for step in range(1000):
        optimizer.zero_grad()
        factor = float("inf") if is_bad(step) else 1.0
        scaler.scale((weight * factor).sum()).backward()
        scaler.unscale_(optimizer)
        scaler.step(optimizer)
        scaler.update()
        state = scaler.state_dict()
        if state["scale"] != before:
            changes.append([step, state["scale"], state["_growth_tracker"]])
            before = state["scale"]
    return {"interval": growth_interval, "changes": changes, "tracker": state["_growth_tracker"]}


def is_bad(step):
    return step % 97 == 13 or (step * 7919) % 101 < 3


result = {"standard": trace(2000, is_bad), "quick": trace(8, is_bad), "growing": trace(6, lambda step: False)}
pathlib.Path(__file__).with_name("loss_scales.json").write_text(json.dumps(result) + "\n")
