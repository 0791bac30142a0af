"""PyTorch, eager, on the tasks that compare_peers.py lists; prints one JSON object.

    /usr/bin/python3 torch_eager.py TASK SECONDS THREADS [DIRECTORY|FILE]

fashion-epoch   an epoch of 784-256-10 relu, batch 256, cross-entropy, SGD 0.1, weights from N(0, 0.01), on the images in
                DIRECTORY. They stay in memory as one float tensor and each batch is gathered from it by a slice of a
                permutation, not by a DataLoader, so that the comparison is with PyTorch's arithmetic.
small-step      a step of 2-16-16-1 tanh, batch 32, bce with logits, SGD, on 2048 rows that are shuffled once an epoch
tiny-step       a step of 2-8-1 sigmoid, batch 4, the same
xor             trains 2-32-32-1 relu for 100 epochs of 1000 rows in batches of 32, and saves its state_dict to FILE

Neither losses nor right predictions are read while the clock runs.

PyTorch leaves matrix products to a BLAS library, and Debian's python3-torch takes whichever is installed: with the
reference one (libblas3) training takes 20 times as long as with OpenBLAS (libopenblas0-pthread). "product_gflops" tells
the speed of the first layer's product; compare_peers.py refuses to compare with a slow one.
"""

import json
import sys
import time

import torch
from torch import nn


def dense(*sizes, activation):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), activation()]
    return nn.Sequential(*layers[:-1])


def product_gflops():
    """Of (256, 784) by (784, 256), at best of 10."""
    x, w = torch.randn(256, 784), torch.randn(256, 784)
    seconds = []
    for _ in range(10):
        start = time.perf_counter()
        torch.mm(x, w.t())
        seconds.append(time.perf_counter() - start)
    return 2 * 256 * 784 * 256 / min(seconds) / 1e9


def epoch(network, optimizer, loss_function, x, t, batch):
    """Gathers each batch by its rows, as data that are too large to be copied in a new order are."""
    order = torch.randperm(len(x))
    for begin in range(0, len(x), batch):
        rows = order[begin : begin + batch]
        optimizer.zero_grad(set_to_none=True)
        loss_function(network(x[rows]), t[rows]).backward()
        optimizer.step()


def small_epoch(network, optimizer, loss_function, x, t, batch):
    """Copies the data in their new order once, and takes slices."""
    order = torch.randperm(len(x))
    x, t = x[order], t[order]
    for begin in range(0, len(x), batch):
        optimizer.zero_grad(set_to_none=True)
        loss_function(network(x[begin : begin + batch]), t[begin : begin + batch]).backward()
        optimizer.step()


def seconds_per_call(call, seconds):
    call()
    calls, start = 0, time.perf_counter()
    while calls == 0 or time.perf_counter() - start < seconds:
        call()
        calls += 1
    return (time.perf_counter() - start) / calls


def fashion_epoch(seconds, directory):
    import fashion_mnist

    images, labels = (torch.from_numpy(part) for part in fashion_mnist.read(directory))
    network = dense(784, 256, 10, activation=nn.ReLU)
    for layer in network:
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight, std=0.01)
            nn.init.zeros_(layer.bias)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    return seconds_per_call(lambda: epoch(network, optimizer, nn.CrossEntropyLoss(), images, labels, 256), seconds)


def step(network, batch, seconds):
    rows = 2048
    x, t = torch.rand(rows, 2) * 2 - 1, (torch.arange(rows) % 2).float().unsqueeze(1)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.03)
    loss_function = nn.BCEWithLogitsLoss()
    return seconds_per_call(lambda: small_epoch(network, optimizer, loss_function, x, t, batch), seconds) / (rows // batch)


def xor(file):
    x = torch.rand(1000, 2) * 2 - 1
    t = (x[:, :1] * x[:, 1:] > 0).float()
    network = dense(2, 32, 32, 1, activation=nn.ReLU)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    for _ in range(100):
        small_epoch(network, optimizer, nn.BCEWithLogitsLoss(), x, t, 32)
    torch.save(network.state_dict(), file)


def main():
    task, seconds, threads = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    result = {"version": torch.__version__, "threads": torch.get_num_threads()}
    if task == "fashion-epoch":
        result["product_gflops"] = product_gflops()
        result["seconds"] = fashion_epoch(seconds, sys.argv[4])
    elif task == "small-step":
        result["seconds"] = step(dense(2, 16, 16, 1, activation=nn.Tanh), 32, seconds)
    elif task == "tiny-step":
        result["seconds"] = step(dense(2, 8, 1, activation=nn.Sigmoid), 4, seconds)
    elif task == "xor":
        xor(sys.argv[4])
    else:
        sys.exit("unknown task " + task)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
