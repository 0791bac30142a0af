"""train: the options of the network, by its layers and by what it puts out."""
import math
from pathlib import Path

from support import expect, MOONS, near, near_tensors, option, start, STEP, table, Training, UNINITIALIZED


@option("train", "hidden")
def hidden():
    for text, layers in (("none", ["Dense(2, 1)"]), ("4", ["Dense(2, 4)", "tanh", "Dense(4, 1)"]),
                         ("4:relu,3", ["Dense(2, 4)", "relu", "Dense(4, 3)", "tanh", "Dense(3, 1)"])):
        training = Training(f"--data moons --samples 40 --activation tanh --hidden {text} --epochs 0")
        expect(training.json["model"]["layers"] == layers, f"{text}: {training.json['model']['layers']}")
        numbers = sum(len(values) for values in training.tensors.values())
        expect(training.json["model"]["parameters"] == numbers, f"{text}: parameters")


def outputs(training, data):
    """Of a network 3-1 or 3-n-1 with one hidden layer, by hand: activation(x W1 + b1) W2 + b2."""
    tensors, names = training.tensors, list(training.tensors)
    functions = {"tanh": math.tanh, "relu": lambda x: max(x, 0), "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
                 "identity": lambda x: x}
    layers = training.model["layers"]
    values = []
    for row in data:
        for layer in layers:
            if layer in functions:
                row = [functions[layer](x) for x in row]
            elif layer.startswith("Dense"):
                position = str(layers.index(layer))
                expect(position + ".weight" in names, f"{names}")
                weights, biases = tensors[position + ".weight"], tensors[position + ".bias"]
                width = len(row)
                row = [sum(x * w for x, w in zip(row, weights[i * width:(i + 1) * width])) + b for i, b in enumerate(biases)]
        values.append(row)
    return values


def numbers_of(file):
    rows = [line.split(",") for line in Path(file).read_text().splitlines()[1:]]
    return [[float(x) for x in row[:-1]] for row in rows], [row[-1] for row in rows]


@option("train", "activation", "output-activation")
def activation():
    data = table(12, classes=False)
    x, t = numbers_of(data)
    for words in ("--activation relu", "--activation sigmoid", "--activation tanh --output-activation sigmoid"):
        training = Training(f"--data {data} --hidden 4 {words} --epochs 1 {STEP} --test-fraction 0 --loss mse")
        begin = Training(f"--data {data} --hidden 4 {words} --epochs 0 {STEP} --test-fraction 0 --loss mse")
        y = outputs(begin, x)
        loss = sum((a[0] - float(b)) ** 2 for a, b in zip(y, t)) / len(t)
        near(training.column("train_loss"), [loss], words, 1e-5)


@option("train", "loss")
def loss():
    numbers, classes = table(12, classes=False), table(12)
    words = f"--hidden 4 --activation tanh {STEP} --test-fraction 0"
    squared = lambda y, t: (y - t) ** 2
    for name, term, data in (("mse", squared, numbers), ("half-mse", lambda y, t: squared(y, t) / 2, numbers),
                             ("mae", lambda y, t: abs(y - t), numbers),
                             ("huber", lambda y, t: squared(y, t) / 2 if abs(y - t) < 1 else abs(y - t) - 0.5, numbers),
                             ("bce", lambda y, t: math.log1p(math.exp(y)) - t * y, classes),
                             ("hinge", lambda y, t: max(0, 1 - (2 * t - 1) * y), classes), ("mse", squared, classes)):
        x, t = numbers_of(data)
        t = [float(v) if data == numbers else float(v == "yes") for v in t]
        y = outputs(Training(f"--data {data} {words} --loss {name} --epochs 0"), x)
        wanted = sum(term(a[0], b) for a, b in zip(y, t)) / len(t)
        near(Training(f"--data {data} {words} --loss {name} --epochs 1").column("train_loss"), [wanted], name, 1e-5)
    x, t = numbers_of(classes)
    y = outputs(Training(f"--data {classes} {words} --loss cross-entropy --epochs 0"), x)
    terms = [math.log(sum(map(math.exp, a))) - a[b == "yes"] for a, b in zip(y, t)]
    near(Training(f"--data {classes} {words} --loss cross-entropy --epochs 1").column("train_loss"),
         [sum(terms) / len(terms)], "cross-entropy", 1e-5)


@option("train", "target-coding")
def target_coding():
    # Weights of 0 answer 0: half of the targets are 1, or all are 1 or -1.
    words = f"--data {table(12)} --hidden none --init zeros {STEP} --test-fraction 0 --loss mse --epochs 1"
    near(Training(f"{words} --target-coding zero-one").column("train_loss"), [0.5], "zero-one")
    near(Training(f"{words} --target-coding plus-minus").column("train_loss"), [1], "plus-minus")


@option("train", "init")
def init():
    words = "--data mnist1d --hidden 200 --activation relu --epochs 0"
    for name, width, bounded in (("he-normal", math.sqrt(2 / 40), 0), ("he-uniform", math.sqrt(2 / 40), 1),
                                 ("xavier-normal", math.sqrt(2 / 240), 0), ("xavier-uniform", math.sqrt(2 / 240), 1),
                                 ("lecun-normal", math.sqrt(1 / 40), 0), ("normal(0.3)", 0.3, 0),
                                 ("uniform(0.3)", 0.3 / math.sqrt(3), 1), ("pytorch", 1 / math.sqrt(3 * 40), 1)):
        weights = Training(f"{words} --init {name}").tensors["0.weight"]
        deviation = math.sqrt(sum(w * w for w in weights) / len(weights))
        expect(abs(deviation / width - 1) < 0.03, f"{name}: deviation {deviation}, not {width}")  # 8000 draws: 3 are .024
        largest = max(map(abs, weights))
        expect((largest <= width * math.sqrt(3) * 1.0001) == bool(bounded), f"{name}: largest {largest}")
    expect(not any(v for values in Training(f"{words} --init zeros").tensors.values() for v in values), "zeros")
    rows = Training(f"{words} --init orthogonal").tensors["0.weight"]
    columns = [rows[i::40] for i in range(40)]
    for i in (0, 7, 39):
        for j in (0, 7, 39):
            near(sum(a * b for a, b in zip(columns[i], columns[j])) * (1 if i != j else 1),
                 sum(a * a for a in columns[0]) * (i == j), "orthogonal", 1e-5)
    given = start(f"{MOONS} --seed 5")
    near_tensors(start(f"{UNINITIALIZED} --init {given.path}/model.safetensors"), given.tensors)


@option("train", "dropout")
def dropout():
    words = f"--data moons --samples 40 --hidden 5,4 --activation tanh {STEP} --epochs 1 --loss bce"
    layers = Training(f"{words} --dropout 0.25,0.5").json["model"]["layers"]
    expect([x for x in layers if x.startswith("dropout")] == ["dropout(0.25)", "dropout(0.5)"], f"{layers}")
    # All of a layer left out: its followers see 0, and the output is its bias, 0.
    for p, all_out in (("0", False), ("1", True), ("1,0", True), ("0,1", True), ("0.5", False)):
        first = Training(f"{words} --dropout {p}").column("train_loss")[0]
        expect((abs(first - math.log(2)) < 1e-6) == all_out, f"{p}: loss {first}")
