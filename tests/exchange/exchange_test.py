"""Trains models of every activation, and compares what the program and NumPy predict with them.

    python3 exchange_test.py TINYMLP NUMPY_PREDICT.py

TINYMLP is the program; run by ctest where NumPy is there. Every prediction must agree within 1e-6 of its size, every
label be the same unless two classes are that near.
"""

import csv
import io
import subprocess
import sys
import tempfile
from pathlib import Path

TOLERANCE = 1e-6
NETWORKS = "leaky-relu(0.2) elu(0.7) celu(1.5) swish(beta=1.5) softshrink(0.3) hardshrink(0.2) hard-tanh(-2,1.5) squareplus(2)"
DATA = {
    # Text labels, features of quite different sizes; three classes, two classes, numbers.
    "three": ("kind", lambda i: ["low", "middle, or so", "high"][i % 3]),
    "two": ("kind", lambda i: ["no", "yes"][(i * i) % 2]),
    "numbers": ("y", lambda i: 0.37 * (i % 11) - 1.5 + 0.001 * i),
}


def rows_of(kind, scales):
    """Rows of three features; `scales`: for each its shift and its size."""
    name, target = DATA[kind]
    rows = [["length", "some width", "tiny", name]]
    for i in range(60):
        drawn = ((i * 13) % 17 / 17, (i % 5) / 5, ((i * i) % 23) / 23)
        rows.append([shift + size * x for x, (shift, size) in zip(drawn, scales)] + [target(i)])
    return rows


PLAIN = [(-0.5, 1), (-1, 2), (0, 1)]
DISTANT = [(1000, 120), (-2.5, 5), (0, 1e-4)]  # which needs --standardize


def predictions(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nfailed: {done.stderr}")
    return list(csv.reader(io.StringIO(done.stdout)))


def near(a, b):
    return abs(a - b) <= TOLERANCE * max(1.0, abs(b))


def compare(what, program, numpy):
    if program[0] != numpy[0] or len(program) != len(numpy) or len(program) != 61:
        sys.exit(f"{what}: other columns or rows, {program[0]} of {len(program)} and {numpy[0]} of {len(numpy)}")
    for row, (one, other) in enumerate(zip(program[1:], numpy[1:])):
        shares, expected = [list(map(float, line[1:] or line)) for line in (one, other)]
        if not all(near(a, b) for a, b in zip(shares, expected)):
            sys.exit(f"{what}, row {row + 1}: {shares} by the program, {expected} by NumPy")
        if len(one) > 1 and one[0] != other[0] and abs(sorted(shares)[-1] - sorted(shares)[-2]) > 2 * TOLERANCE:
            sys.exit(f"{what}, row {row + 1}: {one[0]} by the program, {other[0]} by NumPy")


def activation_names(program):
    """All that the program knows, as its error lists them."""
    told = subprocess.run([program, "train", "--data", "xor4", "--activation", "?"], capture_output=True, text=True)
    return [name.strip() for name in told.stderr.rsplit("give one of ", 1)[1].split(",")]


def main():
    program, numpy_predict = sys.argv[1:]
    networks = activation_names(program)
    networks += [text for text in NETWORKS.split() if text.split("(")[0] in networks]
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        for kind in DATA:
            for scales, file_name in ((PLAIN, f"{kind}-plain.csv"), (DISTANT, f"{kind}-distant.csv")):
                with open(directory / file_name, "w", newline="", encoding="utf-8") as file:
                    csv.writer(file).writerows(rows_of(kind, scales))
        cases = [(kind, "tanh", ["--loss", loss]) for kind in ("two", "three")
                 for loss in ("mse", "bce", "cross-entropy")]
        cases += [(("three", "two", "numbers")[i % 3], network, []) for i, network in enumerate(networks)]
        for number, (kind, network, options) in enumerate(cases):
            run, data = directory / str(number), directory / f"{kind}-{'distant' if number % 4 else 'plain'}.csv"
            words = ["train", "--quiet", "--data", data, "--hidden", "7,5", "--activation", network, "--epochs", "5",
                     "--learning-rate", "0.02", "--out", run, *options]
            if number % 4:
                words.append("--standardize")
            predictions(program, *words)
            compare(f"{kind}, {network} {' '.join(options)}", predictions(program, "predict", run, "--data", data),
                    predictions(sys.executable, numpy_predict, run / "model.safetensors", data))
    print(f"{len(cases)} models of {len(networks)} activations: NumPy's predictions are the program's")


if __name__ == "__main__":
    main()
