"""Trains 784-256-10 on Fashion-MNIST in PyTorch, eager and on one thread, as a time and an accuracy to compare with.

The setting is that of "Dive into Deep Learning" (https://d2l.ai), section "Multilayer Perceptrons from Scratch": one
hidden layer of 256 ReLU units, weights from N(0, 0.01), biases 0, SGD with learning rate 0.1, batches of 256, softmax
cross-entropy, 10 epochs. The images stay in memory as one float tensor and each batch is gathered from it by a slice of
a permutation, not by a DataLoader, so that the comparison is with PyTorch's arithmetic.

    OMP_NUM_THREADS=1 /usr/bin/python3 benchmarks/torch_fashion_mnist.py [DIRECTORY] [SEED]

PyTorch leaves matrix products to a BLAS library, and Debian's python3-torch takes whichever is installed: with the
reference one (libblas3) training takes 20 times as long as with OpenBLAS (libopenblas0-pthread). The first line of the
output therefore tells the speed of a product; a comparison is fair only with a fast library.

DIRECTORY holds the four IDX files as .gz; Debian's dataset-fashion-mnist puts them where the default looks.
"""

import gzip
import os
import sys
import time

import numpy
import torch
from torch import nn

BATCH_SIZE, EPOCHS, LEARNING_RATE = 256, 10, 0.1


def read_part(directory, part):
    """The images as floats from 0 to 1, (rows, 784), and the labels, (rows)."""
    with gzip.open(os.path.join(directory, part + "-images-idx3-ubyte.gz")) as file:
        images = numpy.frombuffer(file.read(), numpy.uint8, offset=16).reshape(-1, 784)
    with gzip.open(os.path.join(directory, part + "-labels-idx1-ubyte.gz")) as file:
        labels = numpy.frombuffer(file.read(), numpy.uint8, offset=8)
    return torch.from_numpy(images.astype(numpy.float32) / 255), torch.from_numpy(labels.astype(numpy.int64))


def make_network():
    network = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
    for layer in network:
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.weight, std=0.01)
            nn.init.zeros_(layer.bias)
    return network


def product_speed():
    """GFLOP/s of the first layer's product, at best of 10."""
    x, w = torch.randn(BATCH_SIZE, 784), torch.randn(256, 784)
    seconds = []
    for _ in range(10):
        start = time.perf_counter()
        torch.mm(x, w.t())
        seconds.append(time.perf_counter() - start)
    return 2 * BATCH_SIZE * 784 * 256 / min(seconds) / 1e9


def train_epoch(network, optimizer, images, labels):
    """Mean loss and accuracy over the samples, each as seen before its step."""
    loss_function = nn.CrossEntropyLoss()
    total_loss, correct = 0.0, 0
    order = torch.randperm(len(labels))
    for begin in range(0, len(labels), BATCH_SIZE):
        rows = order[begin : begin + BATCH_SIZE]
        x, target = images[rows], labels[rows]
        y = network(x)
        loss = loss_function(y, target)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        total_loss += loss.item() * len(rows)
        correct += (y.detach().argmax(1) == target).sum().item()
    return total_loss / len(labels), correct / len(labels)


def main():
    directory = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/datasets/fashion-mnist"
    torch.set_num_threads(1)
    speed = product_speed()
    threads = torch.get_num_threads()
    print("PyTorch %s, %d thread, matrix products at %.1f GFLOP/s" % (torch.__version__, threads, speed))
    if speed < 20:
        print("warning: this is a slow BLAS library: no fair comparison", file=sys.stderr)
    torch.manual_seed(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    images, labels = read_part(directory, "train")
    test_images, test_labels = read_part(directory, "t10k")
    network = make_network()
    optimizer = torch.optim.SGD(network.parameters(), lr=LEARNING_RATE)
    print("epoch train_loss train_accuracy test_accuracy seconds")
    total_seconds = 0.0
    for epoch in range(1, EPOCHS + 1):
        start = time.perf_counter()
        loss, accuracy = train_epoch(network, optimizer, images, labels)
        seconds = time.perf_counter() - start
        total_seconds += seconds
        with torch.no_grad():
            test_accuracy = (network(test_images).argmax(1) == test_labels).double().mean().item()
        print("%5d %10.4f %14.4f %13.4f %7.3f" % (epoch, loss, accuracy, test_accuracy, seconds), flush=True)
    print("training took %.3f s, %.3f s an epoch" % (total_seconds, total_seconds / EPOCHS))


if __name__ == "__main__":
    main()
