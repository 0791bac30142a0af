#!/usr/bin/env python3
"""README.md's tables of speed, from results.json, which compare_peers.py writes.

    python3 benchmarks/results_table.py     writes them again, without measuring
"""

import json
import os
import statistics
import textwrap

BEGIN, END = "<!-- compare_peers.py: begin -->", "<!-- compare_peers.py: end -->"
PROGRAMS = ["tinymlp", "PyTorch", "libtorch", "scikit-learn", "FANN"]


def three_digits(number):
    """"0.123", "1.23", "12.3", "123", "1,230,000" """
    if number >= 1000:
        digits = len("%d" % number) - 3
        return format(round(number, -digits), ",.0f")
    for decimals in range(4):
        text = "%.*f" % (decimals, number)
        if len(text.replace(".", "").lstrip("0")) >= 3 or decimals == 3:
            return text


def time_text(seconds):
    for scale, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs"), (1e9, "ns")):
        if seconds * scale >= 1 or unit == "ns":
            return three_digits(seconds * scale) + " " + unit


def memory_text(size):
    return "%.0f MB" % (size / 1e6)


def rate_text(seconds):
    return three_digits(1 / seconds)


def factor_text(factor):
    return "%.0f" % factor if factor >= 10 else "%.1f" % factor


def cell(medians, program, text):
    """A peer's number, and how many times tinymlp's it takes."""
    if program not in medians:
        return ""
    shown = text(medians[program])
    if program == "tinymlp":
        return "**" + shown + "**"
    return "%s (%s×)" % (shown, factor_text(medians[program] / medians["tinymlp"]))


def markdown(rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0])] + lines[1:])


def peers_table(record):
    values = record["values"]
    lines = [
        ("Fashion-MNIST epoch: 784-256-10 relu, batch 256, SGD", "fashion-epoch", time_text),
        ("the same on %d threads" % record["cores"], "fashion-epoch, all threads", time_text),
        ("2-16-16-1 tanh, batch 32, bce, SGD: steps a second", "small-step", rate_text),
        ("2-8-1 sigmoid, batch 4, bce, SGD: steps a second", "tiny-step", rate_text),
        ("start of the program, or of one that loads the library", "start", time_text),
        ("xor, from start to saved model", "xor", time_text),
        ("the same with figures of loss and boundary", "xor, figures", time_text),
        ("memory of the Fashion-MNIST training, peak", "memory", memory_text),
    ]
    rows = [["", *PROGRAMS]]
    for name, task, text in lines:
        if task not in values:
            continue
        medians = {program: statistics.median(numbers) for program, numbers in values[task].items()}
        rows.append([name] + [cell(medians, program, text) for program in PROGRAMS])
    return markdown(rows)


def limits_table(record):
    bench = {name: statistics.median(numbers) for name, numbers in record["values"]["bench"].items()}
    lines = [
        ("Fashion-MNIST epoch", "fashion-epoch"),
        ("2-16-16-1 tanh, batch 32: a step", "small-step"),
        ("2-8-1 sigmoid, batch 4: a step", "tiny-step"),
        ("784-256-10, predict one row", "predict-row"),
        ("784-256-10, predict 10,000 rows: a row", "predict-rows"),
    ]
    rows = [["`tinymlp bench`", "threads", "time", "GFLOP/s", "of the limit"]]
    for name, task in lines:
        for threads in (1, record["cores"]):
            key = "%s, %d, " % (task, threads)
            if key + "seconds" not in bench:
                continue
            rows.append(
                [name, str(threads), time_text(bench[key + "seconds"]), "%.1f" % (bench[key + "flops"] / 1e9)]
                + ["%.0f %%" % (100 * bench[key + "share"])]
            )
            if record["cores"] == 1:
                break
    return markdown(rows)


def limits_text(record):
    limits = {name: statistics.median(numbers) for name, numbers in record["values"]["limits"].items()}
    parts = []
    for threads in sorted({1, record["cores"]}):
        parts.append(
            "%.0f GFLOP/s of multiply-adds and %.0f GB/s from memory on %d thread%s"
            % (
                limits["multiply_add_flops, %d" % threads] / 1e9,
                limits["read_bytes_per_second, %d" % threads] / 1e9,
                threads,
                "" if threads == 1 else "s",
            )
        )
    return "; ".join(parts)


def tables(record):
    versions = record["versions"]
    values = record["values"]
    gflops = statistics.median(values["product_gflops"]["PyTorch"])
    as_installed = statistics.median(values["fashion-epoch, as installed"]["PyTorch"])
    paragraphs = [
        "Measured on %s on %d cores of %s %s, all in one run and in turn; medians of %d rounds. In brackets: how many "
        "times as long as tinymlp, or as much memory. One thread unless said."
        % (
            record["date"],
            record["cores"],
            "an" if record["processor"][0] in "AEIOU" else "a",
            record["processor"],
            record["rounds"],
        ),
        peers_table(record),
        "tinymlp %s, PyTorch and libtorch %s, scikit-learn %s, FANN %s. tinymlp's steps are those of whole runs of "
        "`tinymlp train`, start and end included; of the others only the training loop counts. The peers are helped: "
        "OpenBLAS (%.0f GFLOP/s in the first layer's product) is told what this processor can do, and malloc to keep "
        "its memory; as installed, PyTorch's epoch takes %s. FANN has neither mini-batches nor cross-entropy: counted "
        "is one pass over a set of one batch, with squared errors."
        % (
            versions["tinymlp"],
            versions["PyTorch"],
            versions["scikit-learn"],
            versions["FANN"],
            gflops,
            time_text(as_installed),
        ),
        "The machine itself was measured to do %s. Of that:" % limits_text(record),
        limits_table(record),
    ]
    return "\n\n".join(text if text.startswith("|") else textwrap.fill(text, 119) for text in paragraphs)


def parts_around(readme):
    """What stands before and behind the tables; says what is wrong if the file has no place for them."""
    try:
        with open(readme) as file:
            text = file.read()
    except OSError as error:
        raise SystemExit("results_table: error: %s" % error)
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise SystemExit("results_table: error: %s lacks its two marks, %s and %s" % (readme, BEGIN, END))
    return text.split(BEGIN)[0], text.split(END)[1]


def replace(readme, text):
    before, after = parts_around(readme)
    with open(readme + ".new", "w") as file:
        file.write(before + BEGIN + "\n" + text + "\n" + END + after)
    os.replace(readme + ".new", readme)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    with open(here + "/results.json") as file:
        record = json.load(file)
    replace(os.path.dirname(here) + "/README.md", tables(record))


if __name__ == "__main__":
    main()
