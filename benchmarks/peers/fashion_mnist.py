"""Fashion-MNIST's 60,000 images to train on, for the peers that are written in Python."""

import gzip
import os

import numpy


def read(directory):
    """The images as floats from 0 to 1, (60000, 784), and the labels as whole numbers, (60000)."""
    with gzip.open(os.path.join(directory, "train-images-idx3-ubyte.gz")) as file:
        images = numpy.frombuffer(file.read(), numpy.uint8, offset=16).reshape(-1, 784)
    with gzip.open(os.path.join(directory, "train-labels-idx1-ubyte.gz")) as file:
        labels = numpy.frombuffer(file.read(), numpy.uint8, offset=8)
    return images.astype(numpy.float32) / numpy.float32(255), labels.astype(numpy.int64)
