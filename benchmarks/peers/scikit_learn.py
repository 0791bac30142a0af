"""scikit-learn's MLPClassifier on the tasks that compare_peers.py lists; prints one JSON object.

    /usr/bin/python3 scikit_learn.py TASK SECONDS [DIRECTORY]

One call of partial_fit is an epoch: it shuffles the rows and makes a step of plain SGD (no momentum, no penalty) for each
batch, with cross-entropy. Tasks as in torch_eager.py, in floats; its initial weights are its own (Glorot).
"""

import json
import sys
import time

import numpy
import sklearn
from sklearn.neural_network import MLPClassifier


def classifier(hidden, activation, batch, learning_rate):
    return MLPClassifier(
        hidden_layer_sizes=hidden,
        activation=activation,
        solver="sgd",
        batch_size=batch,
        learning_rate_init=learning_rate,
        momentum=0,
        alpha=0,
        random_state=0,
    )


def seconds_per_epoch(network, x, t, seconds):
    network.partial_fit(x, t, classes=numpy.unique(t))
    epochs, start = 0, time.perf_counter()
    while epochs == 0 or time.perf_counter() - start < seconds:
        network.partial_fit(x, t)
        epochs += 1
    return (time.perf_counter() - start) / epochs


def step(network, batch, seconds):
    rows = 2048
    x = numpy.random.default_rng(0).uniform(-1, 1, (rows, 2)).astype(numpy.float32)
    return seconds_per_epoch(network, x, numpy.arange(rows) % 2, seconds) / (rows // batch)


def main():
    task, seconds = sys.argv[1], float(sys.argv[2])
    if task == "fashion-epoch":
        import fashion_mnist

        images, labels = fashion_mnist.read(sys.argv[3])
        measured = seconds_per_epoch(classifier((256,), "relu", 256, 0.1), images, labels, seconds)
    elif task == "small-step":
        measured = step(classifier((16, 16), "tanh", 32, 0.03), 32, seconds)
    elif task == "tiny-step":
        measured = step(classifier((8,), "logistic", 4, 0.03), 4, seconds)
    else:
        sys.exit("unknown task " + task)
    print(json.dumps({"version": sklearn.__version__, "seconds": measured}))


if __name__ == "__main__":
    main()
