# SPDX-License-Identifier: Apache-2.0
"""PyTorch's outputs and gradients of sequence and generative models: python make_sequence_models.py > sequence_models.json"""
import torch
import torch.nn.functional as F

from reference import Record, numbers, upstream

record = Record()


def gpt_shapes(vocabulary, block, layers, width, bias, tied):
    def linear(out, size):
        return [(out, size)] + ([(out,)] if bias else [])

    def norm():
        return [(width,)] + ([(width,)] if bias else [])

    shapes = [(vocabulary, width), (block, width)]
    for _ in range(layers):
        shapes += norm()
        for _ in range(4):
            shapes += linear(width, width)
        shapes += norm() + linear(4 * width, width) + linear(width, 4 * width)
    return shapes + norm() + ([] if tied else [(vocabulary, width)])


def gpt(parameters, tokens, layers, heads, bias, tied, approximate):
    """nanoGPT's forward pass, written with PyTorch's functions."""
    rest = list(parameters)

    def take():
        weight = rest.pop(0)
        return weight, (rest.pop(0) if bias else None)

    table, places = rest.pop(0), rest.pop(0)
    x = F.embedding(tokens, table) + places[: tokens.shape[1]]
    for _ in range(layers):
        n, t, e = x.shape
        weight, addend = take()
        h = F.layer_norm(x, (e,), weight, addend)
        # Queries, keys and values come from one matrix there.
        maps = [take() for _ in range(3)]
        joined = F.linear(h, torch.cat([m[0] for m in maps]), torch.cat([m[1] for m in maps]) if bias else None)
        q, k, v = (part.view(n, t, heads, e // heads).transpose(1, 2) for part in joined.split(e, dim=2))
        scores = (q @ k.transpose(-2, -1)) / (e // heads) ** 0.5
        scores = scores.masked_fill(torch.ones(t, t).tril() == 0, float("-inf"))
        y = (F.softmax(scores, dim=-1) @ v).transpose(1, 2).reshape(n, t, e)
        x = x + F.linear(y, *take())
        weight, addend = take()
        h = F.layer_norm(x, (e,), weight, addend)
        x = x + F.linear(F.gelu(F.linear(h, *take()), approximate=approximate), *take2(rest, bias))
    weight, addend = take()
    x = F.layer_norm(x, (x.shape[2],), weight, addend)
    return F.linear(x, table if tied else rest.pop(0))


def take2(rest, bias):
    weight = rest.pop(0)
    return weight, (rest.pop(0) if bias else None)


tokens = torch.tensor([[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]])
record.run(
    "gpt", gpt_shapes(11, 6, 2, 8, True, True), [],
    lambda p, _: gpt(p, tokens, 2, 2, True, True, "tanh"))
record.run(
    "gpt own head", gpt_shapes(11, 6, 1, 8, False, False), [],
    lambda p, _: gpt(p, tokens, 1, 4, False, False, "none"))

# Greedy generation, beyond the block size; normalizations begin as they do, which gives more different tokens.
parameters = [numbers(s, place=k, scale=0.3) for k, s in enumerate(gpt_shapes(11, 6, 2, 8, True, False))]
for k in [2, 12, 18, 28, 34]:
    parameters[k], parameters[k + 1] = torch.ones_like(parameters[k]), torch.zeros_like(parameters[k + 1])
text = [3, 1]
for _ in range(12):
    logits = gpt(parameters, torch.tensor([text[-6:]]), 2, 2, True, False, "tanh")
    text.append(int(logits[0, -1].argmax()))
record.keep("gpt greedy", torch.tensor(text[2:]))


def lstm(inputs, hidden, layers, bidirectional):
    """A torch.nn.LSTM called with weights in our order: the layers of one direction, then those of the other."""
    module = torch.nn.LSTM(inputs, hidden, layers, batch_first=True, bidirectional=bidirectional).double()
    names = [
        f"{kind}_l{layer}{suffix}"
        for suffix in ["", "_reverse"][: 1 + bidirectional]
        for layer in range(layers)
        for kind in ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
    ]
    shapes = [tuple(getattr(module, name).shape) for name in names]

    def last(parameters, x):
        _, (h, _) = torch.func.functional_call(module, dict(zip(names, parameters)), (x,))
        return torch.cat([h[-2], h[-1]], dim=1) if bidirectional else h[-1]

    return shapes, last


shapes, last = lstm(4, 3, 2, True)
record.run(
    "lstm rows", shapes + [(5, 6), (5,)], [numbers((2, 1, 3, 4))],
    lambda p, x: F.linear(last(p[:-2], x[0][:, 0]), p[-2], p[-1]))
shapes, last = lstm(6, 3, 1, False)
record.run(
    "lstm channels", shapes + [(5, 3), (5,)], [numbers((2, 2, 4, 3))],
    lambda p, x: F.linear(last(p[:-2], x[0].transpose(1, 2).reshape(2, 4, 6)), p[-2], p[-1]))
shapes, last = lstm(3, 3, 1, False)
record.run(
    "lstm tokens", [(11, 3)] + shapes + [(2, 3), (2,)], [],
    lambda p, _: F.linear(last(p[1:-2], F.embedding(tokens, p[0])), p[-2], p[-1]))


def perceptron(x, p):
    x = x.flatten(1)
    for k in range(0, len(p), 2):
        x = F.linear(x, p[k], p[k + 1])
        if k + 2 < len(p):
            x = torch.relu(x)
    return x


record.run(
    "autoencoder", [(4, 6), (4,), (2, 4), (2,), (4, 2), (4,), (6, 4), (6,)], [numbers((3, 1, 2, 3))],
    lambda p, x: perceptron(perceptron(x[0], p[:4]), p[4:]).reshape(3, 1, 2, 3))

vae_shapes = [(4, 6), (4,), (2, 4), (2,), (2, 4), (2,), (4, 2), (4,), (6, 4), (6,)]


def describe(p, x):
    h = torch.relu(F.linear(x[0].flatten(1), p[0], p[1]))
    return F.linear(h, p[2], p[3]), F.linear(h, p[4], p[5])


record.run(
    "vae", vae_shapes, [numbers((3, 1, 2, 3))],
    lambda p, x: perceptron(describe(p, x)[0], p[6:]).reshape(3, 1, 2, 3) + 0 * describe(p, x)[1].sum())


def divergence(p, x):
    mean, log_variance = describe(p, x)
    posterior = torch.distributions.Normal(mean, (0.5 * log_variance).exp())
    prior = torch.distributions.Normal(torch.zeros_like(mean), torch.ones_like(mean))
    kl = torch.distributions.kl_divergence(posterior, prior).sum()
    return 0.25 * kl / x[0].numel() + 0 * sum(q.sum() for q in p[6:])


record.run("vae kl", vae_shapes, [numbers((3, 1, 2, 3))], divergence)

# Cross-entropy with classes along the last axis.
logits = numbers((2, 3, 3)).requires_grad_()
classes = torch.tensor([[2, 0, 1], [1, 1, 0]])
flat, rows = logits.reshape(6, 3), classes.reshape(6)
weights = torch.tensor([0.5, 1.5, 1.0], dtype=torch.float64)
for name, options in {
    "sequence": {}, "sequence ignored": {"ignore_index": 1}, "sequence sum": {"reduction": "sum"},
    "sequence weights": {"weight": weights, "label_smoothing": 0.1}, "sequence each": {"reduction": "none"},
}.items():
    logits.grad = None
    loss = F.cross_entropy(flat, rows, **options)
    loss = loss.reshape(2, 3) if loss.dim() else loss
    record.keep(name, loss)
    (loss * upstream(loss.shape)).sum().backward(retain_graph=True)
    record.keep(f"{name}/gradient", logits.grad)
record.keep("sequence axis 1", F.cross_entropy(logits, classes))
record.keep("sequence probabilities", F.cross_entropy(flat, numbers((6, 3), 2).softmax(1)))
record.write()
