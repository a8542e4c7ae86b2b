# SPDX-License-Identifier: Apache-2.0
"""Writes metrics.json: scikit-learn's figures for inputs by formula; BLEU and error rates by definition.

usage: make_metrics.py > metrics.json      (NumPy, scikit-learn 1.x)
"""
import json
import math
import warnings
from collections import Counter
from functools import lru_cache

import numpy as np
from sklearn import metrics as m
from sklearn.preprocessing import label_binarize

warnings.simplefilter("ignore")


def noise(count, offset):
    values = np.sin(12.9898 * np.arange(count) + 78.233 * offset) * 43758.5453
    return values - np.floor(values)


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


N, C, L = 60, 4, 3
classes = np.floor(noise(N, 1) * C).astype(int)
logits = noise(N * C, 2).reshape(N, C) * 4 - 2 + 1.5 * np.eye(C)[classes]
probabilities = softmax(logits)
predicted = logits.argmax(1)
scores = noise(N, 3)
truths = (scores + noise(N, 4) > 0.9).astype(int)
tied = np.round(scores * 8) / 8
said = (scores > 0.5).astype(int)
labels = (noise(N * L, 5).reshape(N, L) > 0.6).astype(int)
label_scores = noise(N * L, 6).reshape(N, L) * 0.7 + labels * 0.3
label_said = (label_scores > 0.5).astype(int)
y = noise(N, 7) * 3 + 1000
x = y + noise(N, 8) - 0.4
columns_y = noise(N * 3, 9).reshape(N, 3) * 2 - 1
columns_x = columns_y * 0.7 + noise(N * 3, 10).reshape(N, 3) * 0.5

r = {}
r["accuracy"] = m.accuracy_score(classes, predicted)
r["top 2"] = m.top_k_accuracy_score(classes, logits, k=2)
r["binary accuracy"] = m.accuracy_score(truths, said)
r["label accuracy"] = (labels == label_said).mean()
r["subset accuracy"] = m.accuracy_score(labels, label_said)
r["balanced accuracy"] = m.balanced_accuracy_score(classes, predicted)
r["balanced accuracy binary"] = m.balanced_accuracy_score(truths, said)
for average in ["micro", "macro", "weighted"]:
    a = {"average": average, "zero_division": 0}
    r[f"precision {average}"] = m.precision_score(classes, predicted, **a)
    r[f"recall {average}"] = m.recall_score(classes, predicted, **a)
    r[f"f1 {average}"] = m.f1_score(classes, predicted, **a)
    r[f"fbeta {average}"] = m.fbeta_score(classes, predicted, beta=2, **a)
    r[f"iou {average}"] = m.jaccard_score(classes, predicted, **a)
    r[f"label precision {average}"] = m.precision_score(labels, label_said, **a)
    r[f"label f1 {average}"] = m.f1_score(labels, label_said, **a)
    r[f"label iou {average}"] = m.jaccard_score(labels, label_said, **a)
r["f1 per class"] = list(m.f1_score(classes, predicted, average=None))
r["precision binary"] = m.precision_score(truths, said)
r["recall binary"] = m.recall_score(truths, said)
r["f1 binary"] = m.f1_score(truths, said)
tn, fp, fn, tp = m.confusion_matrix(truths, said).ravel()
r["specificity binary"] = tn / (tn + fp)
r["specificity macro"] = np.mean([m.recall_score(classes != k, predicted != k) for k in range(C)])
# Only classes 0 and 1 are true, and class 3 is never said.
few, few_logits = classes % 2, logits - np.array([0, 0, 0, 100.0])
few_said, every = few_logits.argmax(1), list(range(C))
for rule, value in [("zero", 0), ("one", 1), ("excluded", np.nan)]:
    r[f"recall {rule}"] = m.recall_score(few, few_said, labels=every, average="macro", zero_division=value)
    r[f"f1 {rule}"] = m.f1_score(few, few_said, labels=every, average="macro", zero_division=value)
r["confusion"] = m.confusion_matrix(classes, predicted).ravel().tolist()
r["kappa"] = m.cohen_kappa_score(classes, predicted)
r["kappa linear"] = m.cohen_kappa_score(classes, predicted, weights="linear")
r["kappa quadratic"] = m.cohen_kappa_score(classes, predicted, weights="quadratic")
r["kappa binary"] = m.cohen_kappa_score(truths, said)
r["matthews"] = m.matthews_corrcoef(classes, predicted)
r["matthews binary"] = m.matthews_corrcoef(truths, said)
one_hot = label_binarize(classes, classes=every)
r["auroc"] = m.roc_auc_score(truths, scores)
r["auroc tied"] = m.roc_auc_score(truths, tied)
r["auroc macro"] = m.roc_auc_score(classes, probabilities, multi_class="ovr", average="macro")
r["auroc weighted"] = m.roc_auc_score(classes, probabilities, multi_class="ovr", average="weighted")
r["auroc labels"] = m.roc_auc_score(labels, label_scores, average="macro")
binned = np.minimum(np.floor(scores * 16), 15)
r["auroc binned"] = m.roc_auc_score(truths, binned)
r["auroc binned macro"] = m.roc_auc_score(
    one_hot, np.minimum(np.floor(probabilities * 16), 15), average="macro")
r["ap"] = m.average_precision_score(truths, scores)
r["ap tied"] = m.average_precision_score(truths, tied)
r["ap macro"] = m.average_precision_score(one_hot, probabilities, average="macro")
r["ap weighted"] = m.average_precision_score(one_hot, probabilities, average="weighted")
r["ap labels"] = m.average_precision_score(labels, label_scores, average="macro")
r["ap binned"] = m.average_precision_score(truths, binned)
fpr, tpr, thresholds = m.roc_curve(truths, tied, drop_intermediate=False)
r["roc"] = fpr.tolist() + tpr.tolist() + thresholds[1:].tolist()
p, q, thresholds = m.precision_recall_curve(truths, tied)
r["pr"] = p.tolist() + q.tolist() + thresholds.tolist()
r["log loss"] = m.log_loss(classes, probabilities)
r["log loss binary"] = m.log_loss(truths, scores)
r["perplexity"] = math.exp(m.log_loss(classes, probabilities))
kept = classes != 0
r["perplexity ignoring"] = math.exp(m.log_loss(classes[kept], probabilities[kept], labels=every))


def calibration(confidence, right, bins):
    place = np.clip(np.ceil(confidence * bins) - 1, 0, bins - 1)
    return sum(abs(right[place == b].mean() - confidence[place == b].mean()) * (place == b).mean()
               for b in range(bins) if (place == b).any())


r["calibration"] = calibration(probabilities.max(1), predicted == classes, 15)
r["calibration binary"] = calibration(scores, truths, 10)
r["mse"], r["rmse"] = m.mean_squared_error(y, x), m.root_mean_squared_error(y, x)
r["mae"], r["mape"] = m.mean_absolute_error(y, x), m.mean_absolute_percentage_error(y, x)
r["r2"], r["explained variance"] = m.r2_score(y, x), m.explained_variance_score(y, x)
r["r2 columns"] = m.r2_score(columns_y, columns_x)
r["explained variance columns"] = m.explained_variance_score(columns_y, columns_x)
r["pearson"] = np.corrcoef(x, y)[0, 1]
r["pearson columns"] = np.mean([np.corrcoef(columns_x[:, k], columns_y[:, k])[0, 1] for k in range(3)])


# BLEU as section 2.3 of the paper has it.
def bleu(pairs, order, smoothing):
    match, total, c, ref = [0] * order, [0] * order, 0, 0
    for hypothesis, references in pairs:
        c += len(hypothesis)
        ref += min((abs(len(t) - len(hypothesis)), len(t)) for t in references)[1]
        for n in range(order):
            grams = lambda s: Counter(tuple(s[i:i + n + 1]) for i in range(len(s) - n))
            best = Counter()
            for t in references:
                best |= grams(t)
            match[n] += sum((grams(hypothesis) & best).values())
            total[n] += max(0, len(hypothesis) - n)
    logs, half = 0.0, 1.0
    for n in range(order):
        a, b = match[n], total[n]
        if smoothing == "addOne" and n:
            a, b = a + 1, b + 1
        if smoothing == "exponential" and a == 0 and b > 0:
            half /= 2
            a = half
        if a == 0 or b == 0:
            return 0.0
        logs += math.log(a / b) / order
    return math.exp(logs + min(0, 1 - ref / c))


corpus = [
    ("the cat is on the mat", ["the cat sat on the mat", "there is a cat on the mat"]),
    ("the the the the the the the", ["the cat is on the mat", "a cat is there"]),
    ("it is a guide to action which ensures that the military always obeys the commands of the party",
     ["it is a guide to action that ensures that the military will forever heed party commands",
      "it is the guiding principle which guarantees the military forces always being under the command of the party"]),
    ("he read", ["he was reading the book then"]),
]
pairs = [(h.split(), [t.split() for t in ts]) for h, ts in corpus]
r["bleu"] = bleu(pairs, 4, "none")
r["bleu 2"] = bleu(pairs, 2, "none")
r["bleu short"] = bleu(pairs[3:], 4, "exponential")
r["bleu add one"] = bleu(pairs[:2], 4, "addOne")
r["bleu exponential"] = bleu(pairs[1:2], 4, "exponential")


def distance(a, b):
    @lru_cache(None)
    def d(i, j):
        if i == 0 or j == 0:
            return i + j
        return min(d(i - 1, j) + 1, d(i, j - 1) + 1, d(i - 1, j - 1) + (a[i - 1] != b[j - 1]))
    return d(len(a), len(b))


steps, length, token_classes = 9, 7, 6
lengths = [int(v * 7) + 1 for v in noise(N, 12)]
tokens = [[int(v * 4) + 1 for v in noise(N * length, 11)[i * length:i * length + lengths[i]]] for i in range(N)]
token_scores = np.array(noise(N * steps * token_classes, 13)).reshape(N, steps, token_classes).copy()
for i, row in enumerate(tokens):
    for step, symbol in enumerate(row):
        token_scores[i, step, symbol] += 0.7
said = token_scores.argmax(2).tolist()
ended = [row[:row.index(5)] if 5 in row else row for row in said]
paths = [[s for k, s in enumerate(row) if (k == 0 or s != row[k - 1]) and s != 0] for row in said]
r["bleu of tokens"] = bleu([(h, [t]) for h, t in zip(ended, tokens)], 2, "none")
r["bleu of tokens smoothed"] = bleu([(h, [t]) for h, t in zip(said, tokens)], 4, "addOne")
total = sum(map(len, tokens))
r["token errors"] = sum(distance(tuple(h), tuple(t)) for h, t in zip(ended, tokens)) / total
r["token errors of paths"] = sum(distance(tuple(h), tuple(t)) for h, t in zip(paths, tokens)) / total
r["wer"] = sum(distance(h, t[0]) for h, t in pairs) / sum(len(t[0]) for _, t in pairs)
r["cer"] = sum(distance(h, t[0]) for h, t in corpus) / sum(len(t[0]) for _, t in corpus)
print(json.dumps({k: np.atleast_1d(v).tolist() for k, v in r.items()}, indent=0))
