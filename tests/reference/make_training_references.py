"""Writes training/: how PyTorch trains small networks, as values that tinymlp's training is compared with.

    /usr/bin/python3 tests/reference/make_training_references.py

It needs PyTorch and NumPy, is run once by hand (written with PyTorch 1.13, NumPy 1.24), and its output is checked in:
- regression.csv, two-classes.csv, three-classes.csv: data whose last column is the target. All numbers are multiples of
  1/256, so that they are the same in decimal, float and double.
- *.safetensors: initial weights, F32, named as nn.Sequential names them; no key of tinymlp's in the metadata.
- training.json: a list of cases: the settings, and for each epoch the mean over the samples of loss and accuracy, each
  as seen before its batch's step (accuracy is empty for regression). Batches are consecutive rows, unshuffled, the
  last one shorter. All in float32 on one thread.

Under a regression loss two classes are one output with targets 0 and 1, three are one-hot. A case is kept only at a
learning rate where the loss moves by more than 5 %, and where the same training in float64 gives the same accuracies
and losses within 2e-6, so that another order of summation can be told from a mistake.
"""

import json
import os
import struct

import numpy
import torch
from torch import nn

EPOCHS = 5
LEARNING_RATES = [0.1, 0.2, 0.05, 0.4, 0.02, 0.8, 0.01, 1.6, 0.005]  # the first that will do is taken
LARGEST_DIFFERENCE = 2e-6  # relative, float32 against float64
SMALLEST_MOVE = 0.05  # relative, of the loss from the first epoch to the last
SMALLEST_MARGIN = 1e-4  # of any output from where the predicted class changes
INITIAL_SCALE = 2  # times PyTorch's initial weights, so that narrow deep networks do not start at a constant
DIRECTORY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "training")

ACTIVATIONS = {
    "identity": nn.Identity,
    "relu": nn.ReLU,
    "leaky-relu(0.01)": lambda: nn.LeakyReLU(0.01),
    "leaky-relu(0.2)": lambda: nn.LeakyReLU(0.2),
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "gelu": nn.GELU,
    "silu": nn.SiLU,
    "softplus": nn.Softplus,
}
LOSSES = {
    "mse": nn.MSELoss(),
    "half-mse": lambda y, target: 0.5 * nn.functional.mse_loss(y, target),
    "bce": nn.BCEWithLogitsLoss(),
    "cross-entropy": nn.CrossEntropyLoss(),
}
PLAIN = {"momentum": 0.0, "nesterov": False, "weight_decay": 0.0, "decay_biases": False}
OPTIMIZERS = [
    dict(PLAIN, momentum=0.9),
    dict(PLAIN, momentum=0.9, nesterov=True),
    dict(PLAIN, weight_decay=0.01),
    dict(PLAIN, weight_decay=0.01, decay_biases=True),
    dict(PLAIN, weight_decay=0.01, momentum=0.9),
    dict(PLAIN, weight_decay=0.01, decay_biases=True, momentum=0.9, nesterov=True),
]
WIDTHS = [[8], [16, 16], [5, 7, 3], [33], []]
BATCH_SIZES = [16, 7, 32, 1, 64]  # 64 is more than there are rows
TASKS = [
    ("regression", "mse"),
    ("two-classes", "bce"),
    ("three-classes", "cross-entropy"),
    ("regression", "half-mse"),
    ("two-classes", "mse"),
    ("three-classes", "mse"),
    ("two-classes", "half-mse"),
    ("three-classes", "half-mse"),
    ("two-classes", "cross-entropy"),
]


def to_grid(numbers):
    return numpy.round(numpy.asarray(numpy.float64(numbers)) * 256) / 256


def make_data():
    """The data sets: by name, features (rows, features) and targets (rows)."""
    random = numpy.random.default_rng(20240)
    x = to_grid(random.uniform(-2, 2, (50, 3)))
    target = to_grid(numpy.sin(x[:, 0]) + 0.5 * x[:, 1] * x[:, 2] + 0.1 * random.standard_normal(50))
    data = {"regression": (x, target)}
    x = to_grid(random.uniform(-1.5, 1.5, (45, 2)))
    data["two-classes"] = (x, numpy.float64(x[:, 0] * x[:, 1] + 0.5 * x[:, 0] > 0.1))
    label = random.integers(0, 3, 53)
    centres = numpy.array([[1, 0, -1, 0.5], [-1, 1, 0, 0], [0, -1, 1, -0.5]])
    data["three-classes"] = (to_grid(centres[label] + 0.9 * random.standard_normal((53, 4))), numpy.float64(label))
    return data


def write_data(name, x, target):
    columns = ["x%d" % (i + 1) for i in range(x.shape[1])]
    lines = [",".join(columns + ["y" if name == "regression" else "class"])]
    for row, value in zip(x, target):
        last = repr(float(value)) if name == "regression" else str(int(value))
        lines.append(",".join([repr(float(number)) for number in row] + [last]))
    with open(os.path.join(DIRECTORY, name + ".csv"), "w") as file:
        file.write("\n".join(lines) + "\n")
    read = numpy.loadtxt(os.path.join(DIRECTORY, name + ".csv"), delimiter=",", skiprows=1)
    assert (read == numpy.column_stack([x, target])).all() and (numpy.float32(read) == read).all()


def write_safetensors(path, state):
    """As safetensors.torch.save_file writes F32 tensors: sorted by name, the header padded to 8 bytes."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name in sorted(state):
        values = state[name].numpy().astype("<f4")
        offsets = [len(data), len(data) + values.nbytes]
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": offsets}
        data += values.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def make_network(inputs, hidden, outputs, activation):
    layers, width = [], inputs
    for next_width in hidden:
        layers += [nn.Linear(width, next_width), ACTIVATIONS[activation]()]
        width = next_width
    return nn.Sequential(*layers, nn.Linear(width, outputs))


def make_optimizer(network, case):
    weights = [parameter for name, parameter in network.named_parameters() if name.endswith("weight")]
    biases = [parameter for name, parameter in network.named_parameters() if name.endswith("bias")]
    decay = case["weight_decay"]
    groups = [
        {"params": weights, "weight_decay": decay},
        {"params": biases, "weight_decay": decay if case["decay_biases"] else 0.0},
    ]
    return torch.optim.SGD(groups, lr=case["learning_rate"], momentum=case["momentum"], nesterov=case["nesterov"])


def judge(case, y, label):
    """How many rows are predicted right, and how far the nearest one is from another prediction."""
    if y.shape[1] == 1:
        distance = y[:, 0] - (0.0 if case["loss"] == "bce" else 0.5)
        predicted, margins = (distance > 0).long(), distance.abs()
    else:
        best = y.topk(2).values
        predicted, margins = y.argmax(1), best[:, 0] - best[:, 1]
    return (predicted == label).sum().item(), margins.min().item()


def train(case, data, state, dtype):
    """Loss and accuracy of each epoch, and the smallest margin."""
    x = torch.from_numpy(data[0]).to(dtype)
    label = torch.from_numpy(data[1]).long()
    outputs = state[max(name for name in state if name.endswith("bias"))].shape[0]
    if case["loss"] == "cross-entropy":
        target = label
    elif outputs > 1:
        target = nn.functional.one_hot(label, outputs).to(dtype)
    else:
        target = torch.from_numpy(data[1]).to(dtype).reshape(-1, 1)
    network = make_network(x.shape[1], case["hidden"], outputs, case["activation"]).to(dtype)
    network.load_state_dict(state)
    optimizer = make_optimizer(network, case)
    is_classification = "classes" in case["data"]
    losses, accuracies, margin = [], [], float("inf")
    for _ in range(case["epochs"]):
        total_loss, correct = 0.0, 0
        for begin in range(0, len(x), case["batch_size"]):
            rows = slice(begin, begin + case["batch_size"])
            y = network(x[rows])
            loss = LOSSES[case["loss"]](y, target[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total_loss += loss.item() * len(x[rows])
            if is_classification:
                right, nearest = judge(case, y.detach(), label[rows])
                correct += right
                margin = min(margin, nearest)
        losses.append(total_loss / len(x))
        accuracies.append(correct / len(x))
    return losses, accuracies if is_classification else [], margin


def train_at_a_good_rate(case, data, state):
    """The case with its results, at the first learning rate that meets the conditions above."""
    for rate in LEARNING_RATES:
        case["learning_rate"] = rate
        losses, accuracies, margin = train(case, data, state, torch.float32)
        exact_losses, exact_accuracies, _ = train(case, data, state, torch.float64)
        difference = max(abs(a / b - 1) for a, b in zip(losses, exact_losses))
        if not (difference <= LARGEST_DIFFERENCE and margin >= SMALLEST_MARGIN and accuracies == exact_accuracies):
            continue
        if not losses[-1] < (1 - SMALLEST_MOVE) * losses[0]:
            continue
        return dict(case, train_loss=losses, train_accuracy=accuracies), difference
    raise SystemExit("no learning rate will do for " + case["id"])


def list_cases():
    """(task, activation, hidden, batch size, optimizer) of all cases."""
    names = list(ACTIVATIONS)
    for i, activation in enumerate(names):  # every activation under every loss
        for j, task in enumerate(TASKS[:3] + [TASKS[3 + i % 2 * 4]]):
            yield task, activation, WIDTHS[(i + j) % 4], BATCH_SIZES[(i + 2 * j) % 5], PLAIN
    for i, optimizer in enumerate(OPTIMIZERS):  # every optimizer under four losses
        for j in range(4):
            k = 4 * i + j
            yield TASKS[(i + 2 * j) % 9], names[(k + 1) % 9], WIDTHS[k % 4], BATCH_SIZES[(i + j) % 5], optimizer
    for i, hidden in enumerate(WIDTHS):  # every shape at every batch size
        for j, batch_size in enumerate(BATCH_SIZES):
            activation = names[(2 * i + j + 4) % 9] if hidden else "identity"
            yield TASKS[(5 * i + j) % 9], activation, hidden, batch_size, PLAIN


def main():
    torch.set_num_threads(1)
    os.makedirs(DIRECTORY, exist_ok=True)
    data = make_data()
    for name, (x, target) in data.items():
        write_data(name, x, target)
    states, cases, largest = {}, [], 0.0
    for number, ((name, loss), activation, hidden, batch_size, optimizer) in enumerate(list_cases()):
        outputs = 3 if name == "three-classes" else 2 if (name, loss) == ("two-classes", "cross-entropy") else 1
        widths = [data[name][0].shape[1]] + hidden + [outputs]
        init = "init-" + "-".join(map(str, widths)) + ".safetensors"
        if init not in states:
            torch.manual_seed(len(states))
            state = make_network(widths[0], hidden, outputs, "relu").state_dict()
            states[init] = {key: value * INITIAL_SCALE for key, value in state.items()}
            write_safetensors(os.path.join(DIRECTORY, init), states[init])
        shape = "-".join(map(str, hidden)) or "none"
        case = {
            "id": "%02d %s %s %s %s batch %d" % (number, name, loss, activation, shape, batch_size),
            "data": name + ".csv",
            "init": init,
            "hidden": hidden,
            "activation": activation,
            "loss": loss,
            "learning_rate": None,
            **optimizer,
            "batch_size": batch_size,
            "epochs": EPOCHS,
        }
        case, difference = train_at_a_good_rate(case, data[name], states[init])
        largest = max(largest, difference)
        cases.append(case)
        print("%-64s rate %-5g float against double %.1e" % (case["id"], case["learning_rate"], difference))
    with open(os.path.join(DIRECTORY, "training.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
    print("%d cases, %d initial networks, largest difference %.1e" % (len(cases), len(states), largest))


if __name__ == "__main__":
    main()
