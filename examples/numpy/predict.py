#!/usr/bin/env python3
"""Predicts with a model that tinymlp wrote, with NumPy alone: all that is in the file, on one page.

    python3 predict.py MODEL.safetensors ROWS.csv

ROWS.csv has a header with the model's features, separated by commas; other columns are ignored. Prints what
`tinymlp predict MODEL.safetensors --data ROWS.csv` prints, computed in double precision.

A model file is safetensors: the length of a JSON header (8 bytes, little-endian), the header, then the numbers. The
header tells each tensor's name, type, shape and place; under "__metadata__" the key "tinymlp" holds the description of
the model, again as JSON. Tensors are named as PyTorch's nn.Sequential names them: layer 0 has 0.weight of shape
(out, in) and 0.bias of shape (out).
"""

import csv
import json
import math
import sys

import numpy


def read_model(path):
    """The description and the tensors by name, in double precision."""
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
        numbers = file.read()
    description = json.loads(header.pop("__metadata__")["tinymlp"])
    tensors = {}
    for name, tensor in header.items():
        begin, end = tensor["data_offsets"]
        values = numpy.frombuffer(numbers[begin:end], dtype="<f4").astype(float)
        tensors[name] = values.reshape(tensor["shape"])
    return description, tensors


def sigmoid(x):
    return numpy.exp(-softplus(-x))


def softplus(x):
    return numpy.maximum(x, 0) + numpy.log1p(numpy.exp(-numpy.abs(x)))


def elu(x, alpha=1.0):
    return numpy.where(x > 0, x, alpha * numpy.expm1(numpy.minimum(x, 0)))


def squareplus(x, b=4.0):
    return (x + numpy.sqrt(x * x + b)) / 2


GELU_TANH = math.sqrt(2 / math.pi)
ERF = numpy.vectorize(math.erf, otypes=[float])

ACTIVATIONS = {
    "identity": lambda x: x,
    "relu": lambda x: numpy.maximum(x, 0),
    "leaky-relu": lambda x, slope=0.01: numpy.where(x > 0, x, slope * x),
    "relu6": lambda x: numpy.clip(x, 0, 6),
    "elu": elu,
    "selu": lambda x: 1.0507009873554805 * elu(x, 1.6732632423543772),
    "celu": lambda x, alpha=1.0: numpy.where(x > 0, x, alpha * numpy.expm1(numpy.minimum(x, 0) / alpha)),
    "gelu": lambda x: x * (1 + ERF(x / math.sqrt(2))) / 2,
    "gelu-tanh": lambda x: x * (1 + numpy.tanh(GELU_TANH * (x + 0.044715 * x**3))) / 2,
    "silu": lambda x: x * sigmoid(x),
    "swish": lambda x, beta=1.0: x * sigmoid(beta * x),
    "mish": lambda x: x * numpy.tanh(softplus(x)),
    "softplus": softplus,
    "squareplus": squareplus,
    "sigmoid": sigmoid,
    "log-sigmoid": lambda x: -softplus(-x),
    "hard-sigmoid": lambda x: numpy.clip(x + 3, 0, 6) / 6,
    "hard-swish": lambda x: x * numpy.clip(x + 3, 0, 6) / 6,
    "tanh": numpy.tanh,
    "hard-tanh": lambda x, low=-1.0, high=1.0: numpy.clip(x, low, high),
    "tanhshrink": lambda x: x - numpy.tanh(x),
    "softshrink": lambda x, size=0.5: x - numpy.clip(x, -size, size),
    "hardshrink": lambda x, size=0.5: numpy.where(numpy.abs(x) <= size, 0, x),
    "softsign": lambda x: x / (1 + numpy.abs(x)),
    "sin": numpy.sin,
    "gaussian": lambda x: numpy.exp(-x * x),
}


def outputs(description, tensors, x):
    """The network's raw outputs, (rows, outputs), of raw features x, (rows, inputs)."""
    scaling = description["input_scaling"]
    if scaling["mean"]:
        x = (x - numpy.array(scaling["mean"])) / numpy.array(scaling["deviation"])
    for i, layer in enumerate(description["layers"]):
        name, _, arguments = layer.partition("(")
        numbers = [float(number) for number in arguments.rstrip(")").split(",") if number]
        if name == "Dense":
            x = x @ tensors[f"{i}.weight"].T + tensors[f"{i}.bias"]
        elif name == "prelu":  # its slope is learned
            x = numpy.where(x > 0, x, tensors[f"{i}.weight"] * x)
        elif name != "dropout":  # which drops nothing when training is over
            x = ACTIVATIONS[name](x, *numbers)
    return x


def class_shares(description, y):
    """How likely each class is, (rows, classes), from raw outputs y."""
    loss = description["loss"]
    if loss == "cross-entropy":
        e = numpy.exp(y - y.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
    if loss == "bce":
        return numpy.hstack([sigmoid(-y), sigmoid(y)]) if y.shape[1] == 1 else sigmoid(y)
    low, high = description["target_coding"]
    y = numpy.clip((y - low) / (high - low), 0, 1)
    return numpy.hstack([1 - y, y]) if y.shape[1] == 1 else y


def predicted_classes(description, y):
    """The index of a class for each row."""
    if y.shape[1] > 1:
        return y.argmax(axis=1)
    low, high = description["target_coding"]
    return (y[:, 0] > (0 if description["loss"] == "bce" else (low + high) / 2)).astype(int)


def read_features(path, names):
    """The columns of these names, (rows, features)."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    return numpy.array([[float(row[name]) for name in names] for row in rows])


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: predict.py MODEL.safetensors ROWS.csv")
    description, tensors = read_model(sys.argv[1])
    y = outputs(description, tensors, read_features(sys.argv[2], description["features"]))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if description["task"] == "regression":
        writer.writerow(["prediction"])
        writer.writerows([value] for value in y[:, 0])
        return
    classes = description["classes"]
    writer.writerow(["prediction", *(f"p({name})" for name in classes)])
    for label, row in zip(predicted_classes(description, y), class_shares(description, y)):
        writer.writerow([classes[label], *row])


if __name__ == "__main__":
    main()
