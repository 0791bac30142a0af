"""Writes training/training-optimizers.json: how PyTorch trains small networks with every optimizer and loss, clipping,
penalties, schedules and both codings of classes. Data and format are those of make_training_references.py.

    /usr/bin/python3 tests/reference/make_optimizer_trainings.py

A case is kept only at a learning rate where the loss moves by more than 2 %, and where the same training in float64 gives
the same accuracies and losses within 1e-5, so that another order of summation can be told from a mistake: Adam's division
by the size of the gradient makes more of rounding than SGD does.
"""

import json
import os
import sys

import torch
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(HERE, "..", "..", "data", "reference"))
import make_training_parts as parts  # noqa: E402
import make_training_references as references  # noqa: E402

torch.set_default_dtype(torch.float32)  # which make_training_parts changed

EPOCHS = 5
LARGEST_DIFFERENCE = 1e-5  # relative, float32 against float64
SMALLEST_MOVE = 0.02  # relative, of the loss from the first epoch to the last
SMALLEST_MARGIN = 1e-4  # of any output from where the predicted class changes
RATES = {
    "sgd": [0.1, 0.2, 0.05, 0.4, 0.02],
    "adagrad": [0.1, 0.05, 0.2, 0.02],
    None: [0.01, 0.02, 0.005, 0.04, 0.002, 0.001, 0.0005],
}
TASKS = {  # data, outputs, targets of a wrong and a right class
    "regression": ("regression", 1, None),
    "two": ("two-classes", 1, (0, 1)),
    "two plus-minus": ("two-classes", 1, (-1, 1)),
    "three": ("three-classes", 3, (0, 1)),
    "three plus-minus": ("three-classes", 3, (-1, 1)),
}
PLAIN = dict(parts.PLAIN)
OPTIMIZERS = [
    dict(PLAIN, optimizer="adam"),
    dict(PLAIN, optimizer="adam", weight_decay=0.02, clip_norm=0.5),
    dict(PLAIN, optimizer="adamw"),
    dict(PLAIN, optimizer="adamw", weight_decay=0.1, decay_biases=True),
    dict(PLAIN, optimizer="rmsprop"),
    dict(PLAIN, optimizer="rmsprop", momentum=0.5, weight_decay=0.02),
    dict(PLAIN, optimizer="adagrad"),
    dict(PLAIN, optimizer="adagrad", weight_decay=0.02, l1=0.002),
    dict(PLAIN, optimizer="sgd", clip_norm=0.25),
    dict(PLAIN, optimizer="sgd", momentum=0.9, weight_decay=0.02, clip_norm=0.25),
    dict(PLAIN, optimizer="sgd", l1=0.01),
]
SCHEDULES = [("step(2,0.5)", 0), ("exponential(0.8)", 1), ("cosine", 0), ("cosine", 2), ("plateau(0,0.5)", 0)]
LOSSES_OF_TASKS = [
    ("regression", "mse"), ("two", "bce"), ("three", "cross-entropy"), ("regression", "mae"), ("two", "mae"),
    ("regression", "huber"), ("three", "huber"), ("two plus-minus", "hinge"), ("three plus-minus", "hinge"),
    ("two plus-minus", "mse"), ("regression", "half-mse"), ("two plus-minus", "huber"),
]
NEW_LOSSES = [("regression", "mae"), ("regression", "huber"), ("two plus-minus", "hinge")]


def judge(case, y, label):
    """How many rows are predicted right, and how far the nearest one is from another prediction."""
    if y.shape[1] == 1:
        threshold = 0.0 if case["loss"] == "bce" else sum(case["coding"]) / 2
        distance = y[:, 0] - threshold
        return ((distance > 0).long() == label).sum().item(), distance.abs().min().item()
    best = y.topk(2).values
    return (y.argmax(1) == label).sum().item(), (best[:, 0] - best[:, 1]).min().item()


def target_of(case, values, outputs, dtype):
    if case["coding"] is None:
        return torch.from_numpy(values).to(dtype).reshape(-1, 1)
    label = torch.from_numpy(values).long()
    if case["loss"] == "cross-entropy":
        return label
    low, high = case["coding"]
    right = nn.functional.one_hot(label, outputs) if outputs > 1 else label.reshape(-1, 1)
    return (low + (high - low) * right).to(dtype)


def train(case, data, state, outputs, dtype):
    """Loss and accuracy of each epoch, and the smallest margin."""
    x = torch.from_numpy(data[0]).to(dtype)
    target, label = target_of(case, data[1], outputs, dtype), torch.from_numpy(data[1]).long()
    network = references.make_network(x.shape[1], case["hidden"], outputs, case["activation"]).to(dtype)
    network.load_state_dict(state)
    weights = [parameter for name, parameter in network.named_parameters() if name.endswith("weight")]
    biases = [parameter for name, parameter in network.named_parameters() if name.endswith("bias")]
    optimizer = parts.make_optimizer(case, weights, biases)
    steps_per_epoch = -(-len(x) // case["batch_size"])
    rates = parts.Rates(optimizer, case["schedule"], case["warmup"], steps_per_epoch, EPOCHS)
    losses, accuracies, margin = [], [], float("inf")
    for _ in range(EPOCHS):
        total_loss, correct = 0.0, 0
        for begin in range(0, len(x), case["batch_size"]):
            rows = slice(begin, begin + case["batch_size"])
            y = network(x[rows])
            loss = parts.LOSSES[case["loss"]](y, target[rows])
            optimizer.zero_grad()
            loss.backward()
            parts.prepare_gradients(case, weights, biases)
            optimizer.step()
            rates.step_done()
            total_loss += loss.item() * len(x[rows])
            if case["coding"]:
                right, nearest = judge(case, y.detach(), label[rows])
                correct += right
                margin = min(margin, nearest)
        losses.append(total_loss / len(x))
        accuracies.append(correct / len(x))
        rates.epoch_done(losses[-1])
    return losses, accuracies if case["coding"] else [], margin


def train_at_a_good_rate(case, data, state, outputs):
    for rate in RATES.get(case["optimizer"], RATES[None]):
        case["learning_rate"] = rate
        losses, accuracies, margin = train(case, data, state, outputs, torch.float32)
        exact_losses, exact_accuracies, _ = train(case, data, state, outputs, torch.float64)
        difference = max(abs(a / b - 1) for a, b in zip(losses, exact_losses))
        if not (difference <= LARGEST_DIFFERENCE and margin >= SMALLEST_MARGIN and accuracies == exact_accuracies):
            continue
        if not abs(losses[-1] / losses[0] - 1) > SMALLEST_MOVE:
            continue
        return dict(case, train_loss=losses, train_accuracy=accuracies), difference
    raise SystemExit("no learning rate will do for " + case["id"])


def list_cases():
    """(task, loss, activation, hidden, batch size, optimizer, schedule, warm-up) of all cases."""
    names, sizes = list(references.ACTIVATIONS), references.BATCH_SIZES
    widths = [[8], [16, 16], [5, 7, 3], [33]]
    for i, optimizer in enumerate(OPTIMIZERS):  # every optimizer under four losses
        for j in range(4):
            task, loss = LOSSES_OF_TASKS[(3 * i + j) % len(LOSSES_OF_TASKS)]
            yield task, loss, names[(i + 2 * j) % len(names)], widths[(i + j) % 4], sizes[(i + 2 * j) % 5], optimizer, "constant", 0
    for i, (schedule, warmup) in enumerate(SCHEDULES):  # every schedule with three optimizers
        for j, optimizer in enumerate([dict(PLAIN, optimizer="sgd", momentum=0.5), OPTIMIZERS[0], OPTIMIZERS[4]]):
            task, loss = LOSSES_OF_TASKS[(5 * i + j) % len(LOSSES_OF_TASKS)]
            yield task, loss, names[(2 * i + j + 1) % len(names)], widths[i % 4], [16, 7][j % 2], optimizer, schedule, warmup
    for i, activation in enumerate(names):  # every activation under every loss that make_training_references lacks
        for j, (task, loss) in enumerate(NEW_LOSSES):
            yield task, loss, activation, widths[(i + j) % 4], sizes[(i + 2 * j) % 5], dict(PLAIN, optimizer="sgd"), "constant", 0
    for i, (task, loss) in enumerate(LOSSES_OF_TASKS):  # every loss and coding with Adam
        yield task, loss, "tanh", widths[i % 4], 16, OPTIMIZERS[0], "constant", 0


def main():
    torch.set_num_threads(1)
    data = references.make_data()
    states, cases, largest = {}, [], 0.0
    for number, (task, loss, activation, hidden, batch_size, optimizer, schedule, warmup) in enumerate(list_cases()):
        name, outputs, coding = TASKS[task]
        widths = [data[name][0].shape[1]] + hidden + [outputs]
        init = "optimizers-" + "-".join(map(str, widths)) + ".safetensors"
        if init not in states:
            torch.manual_seed(1000 + len(states))
            state = references.make_network(widths[0], hidden, outputs, "relu").state_dict()
            states[init] = {key: value * references.INITIAL_SCALE for key, value in state.items()}
            references.write_safetensors(os.path.join(references.DIRECTORY, init), states[init])
        case = {
            "id": "%02d %s %s %s %s" % (number, task, loss, activation, optimizer["optimizer"]),
            "data": name + ".csv",
            "init": init,
            "hidden": hidden,
            "activation": activation,
            "loss": loss,
            "coding": coding,
            **optimizer,
            "schedule": schedule,
            "warmup": warmup,
            "batch_size": batch_size,
        }
        case, difference = train_at_a_good_rate(case, data[name], states[init], outputs)
        largest = max(largest, difference)
        cases.append(case)
        print("%-64s rate %-5g float against double %.1e" % (case["id"], case["learning_rate"], difference))
    with open(os.path.join(references.DIRECTORY, "training-optimizers.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
    print("%d cases; float against double at most %.1e" % (len(cases), largest))


if __name__ == "__main__":
    main()
