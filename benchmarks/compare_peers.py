#!/usr/bin/env python3
"""Times tinymlp and what a user would pick instead, in turn, in one run; writes results.json and README.md's tables.

    ./dev bench peers [--rounds N] [--seconds X] [--before COMMAND] [--after COMMAND]

`./dev bench peers` installs the peers' packages (PyTorch, libtorch, scikit-learn and FANN, all from Debian), builds what
is to be built, and calls this. In each round every measurement is made once, tinymlp's and the peers' beside one another;
what is reported is the median over the rounds. Each measurement is a process of its own, whose peak memory the operating
system tells. All run on one thread unless a name says otherwise.

What is timed:
  fashion-epoch  an epoch of 784-256-10 relu on Fashion-MNIST, batch 256, SGD: of tinymlp what `tinymlp train` reports for
                 its epochs, which counts right predictions as well; of the peers their loop alone
  small-step     a step of 2-16-16-1 tanh, batch 32, bce, SGD; of tinymlp a whole run of `tinymlp train`, from the start of
  tiny-step      the process to its end, divided by its steps; and of 2-8-1 sigmoid, batch 4; of the peers their loop alone
  start          `tinymlp --version`; a Python that imports the package; a program of the peer that exits at once
  xor            from the start of the process to its end, a model being saved: 2-32-32-1 relu, 100 epochs; of tinymlp
                 also with the figures that gnuplot draws
  memory         the peak of a fashion-epoch's process on one thread
The peers' programs, in peers/, say what each of them counts.

Peers get what makes them fast here and is not their doing. Debian 12's OpenBLAS does not know the newest processors and
then leaves half of their registers' width unused: where there is AVX-512 it is told so. And glibc's malloc is told to keep
memory instead of giving it back to the system within each step, which cost PyTorch as much as its arithmetic. What PyTorch
takes without this help is measured as well. On several threads OpenBLAS keeps to one, for its threads and PyTorch's wait
for each other: that was twice as fast.

--before and --after are commands that run before and after each measurement, as to pause other work on the machine.
"""

import argparse
import datetime
import json
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

import results_table

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = "/usr/bin/python3"  # the one that Debian's packages are for
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "1000000000", "MALLOC_TRIM_THRESHOLD_": "4000000000"}
SLOW_BLAS = 20  # GFLOP/s on one thread


def cpu_lines():
    with open("/proc/cpuinfo") as file:
        return file.read().splitlines()


def processor():
    names = [line.split(": ")[1].strip() for line in cpu_lines() if line.startswith("model name")]
    return names[0] if names else platform.processor()


def help_for_peers():
    """Variables of the environment that make them faster, as said above."""
    has_avx512 = any(line.startswith("flags") and " avx512f " in line for line in cpu_lines())
    return {**ONE_THREAD, **KEEP_MEMORY, **({"OPENBLAS_CORETYPE": "SkylakeX"} if has_avx512 else {})}


class Machine:
    """Runs commands and tells what they took."""

    def __init__(self, before, after):
        self.before, self.after = before, after

    def run(self, command, environment=None):
        """Seconds, peak memory in bytes, and standard output of a process."""
        if self.before:
            subprocess.run(self.before, shell=True, check=True)
        try:
            with tempfile.TemporaryFile() as output:
                start = time.perf_counter()
                process = subprocess.Popen(
                    command, stdout=output, stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})}
                )
                _, status, usage = os.wait4(process.pid, 0)
                seconds = time.perf_counter() - start
                process.returncode = os.waitstatus_to_exitcode(status)
                output.seek(0)
                text = output.read().decode()
        finally:
            if self.after:
                subprocess.run(self.after, shell=True, check=True)
        if process.returncode != 0:
            sys.exit("compare_peers: error: it failed with status %d: %s" % (process.returncode, shlex.join(command)))
        return seconds, usage.ru_maxrss * 1024, text


class Results:
    """Every number of every round, by task and program."""

    def __init__(self):
        self.values, self.versions = {}, {}

    def add(self, task, program, value):
        self.values.setdefault(task, {}).setdefault(program, []).append(value)


def events(text, kind):
    return [event for event in map(json.loads, text.splitlines()) if event.get("event") == kind]


def tinymlp_epoch(machine, results, options, threads):
    task = "fashion-epoch" if threads == 1 else "fashion-epoch, all threads"
    _, memory, text = machine.run(
        [options.tinymlp, "train", "--json", "--device", "cpu", "--data", options.fashion, "--hidden", "256"]
        + ["--activation", "relu", "--init", "normal(0.01)", "--learning-rate", "0.1", "--batch-size", "256"]
        + ["--epochs", "5", "--threads", str(threads)]
    )
    results.add(task, "tinymlp", statistics.median(event["seconds"] for event in events(text, "epoch")))
    if threads == 1:
        results.add("memory", "tinymlp", memory)


def tinymlp_step(machine, results, options, task, network, batch, steps):
    rows = 2048
    epochs = round(options.seconds * steps * batch / rows)
    seconds, _, _ = machine.run(
        [options.tinymlp, "train", "--quiet", "--device", "cpu", "--data", "spiral", "--samples", str(rows)]
        + ["--test-fraction", "0", "--threads", "1", "--batch-size", str(batch), "--epochs", str(epochs)]
        + ["--learning-rate", "0.03"]
        + network
    )
    results.add(task, "tinymlp", seconds / (epochs * rows / batch))


def tinymlp_start(machine, results, options):
    for _ in range(5):
        seconds, _, text = machine.run([options.tinymlp, "--version"])
        results.add("start", "tinymlp", seconds)
    results.versions["tinymlp"] = text.strip().removeprefix("tinymlp ")


def tinymlp_xor(machine, results, options):
    """Without gnuplot, since nobody else draws, and with it."""
    for task, environment in {"xor": {"PATH": "/nowhere"}, "xor, figures": {}}.items():
        with tempfile.TemporaryDirectory() as directory:
            run = directory + "/run"
            command = [options.tinymlp, "train", "--quiet", "--data", "xor", "--device", "cpu", "--out", run]
            seconds, _, _ = machine.run(command, environment)
            if not os.path.getsize(run + "/model.safetensors"):
                sys.exit("compare_peers: error: there is no model")
            results.add(task, "tinymlp", seconds)


def tinymlp_limits(machine, results, options):
    """Shares of the machine's limit, by `tinymlp bench`."""
    _, _, text = machine.run([options.tinymlp, "bench", "--json", "--quiet", "--seconds", str(options.seconds / 2)])
    for event in events(text, "limits"):
        for key in ("multiply_add_flops", "read_bytes_per_second", "triad_bytes_per_second"):
            results.add("limits", "%s, %d" % (key, event["threads"]), event[key])
    for event in events(text, "task"):
        for key in ("seconds", "flops", "share"):
            results.add("bench", "%s, %d, %s" % (event["task"], event["threads"], key), event[key])


def torch_task(machine, results, options, task, threads=1):
    command = [PYTHON, HERE + "/peers/torch_eager.py", task, str(options.seconds), str(threads), options.fashion]
    _, memory, text = machine.run(command, {**help_for_peers(), "OMP_NUM_THREADS": str(threads)})
    result = json.loads(text)
    results.versions["PyTorch"] = result["version"]
    results.add(task if threads == 1 else task + ", all threads", "PyTorch", result["seconds"])
    if task != "fashion-epoch" or threads > 1:
        return
    results.add("memory", "PyTorch", memory)
    results.add("product_gflops", "PyTorch", result["product_gflops"])
    if result["product_gflops"] < SLOW_BLAS:
        sys.exit(
            "compare_peers: error: PyTorch's BLAS library makes %.1f GFLOP/s: that is no fair comparison; install "
            "libopenblas0-pthread and choose it by update-alternatives" % result["product_gflops"]
        )
    _, _, text = machine.run(command, ONE_THREAD)
    results.add("fashion-epoch, as installed", "PyTorch", json.loads(text)["seconds"])


def torch_xor(machine, results, options):
    with tempfile.TemporaryDirectory() as directory:
        command = [PYTHON, HERE + "/peers/torch_eager.py", "xor", "0", "1", directory + "/xor.pt"]
        results.add("xor", "PyTorch", machine.run(command, help_for_peers())[0])


def simple_task(machine, results, options, program, command, task):
    """Of a peer whose program takes TASK SECONDS DIRECTORY."""
    _, memory, text = machine.run(command + [task, str(options.seconds), options.fashion], help_for_peers())
    result = json.loads(text)
    if "version" in result:
        results.versions[program] = result["version"]
    results.add(task, program, result["seconds"])
    if task == "fashion-epoch" and program != "FANN":  # which is given a part of the images
        results.add("memory", program, memory)


def peer_starts(machine, results, options):
    for program, command in {
        "PyTorch": [PYTHON, "-c", "import torch"],
        "libtorch": [options.peers + "/libtorch", "start", "0"],
        "scikit-learn": [PYTHON, "-c", "import sklearn.neural_network"],
        "FANN": [options.peers + "/fann", "start", "0"],
    }.items():
        results.add("start", program, machine.run(command, ONE_THREAD)[0])


def one_round(machine, results, options):
    cores = os.cpu_count() or 1
    others = {
        "libtorch": [options.peers + "/libtorch"],
        "scikit-learn": [PYTHON, HERE + "/peers/scikit_learn.py"],
        "FANN": [options.peers + "/fann"],
    }

    def peers(task):
        torch_task(machine, results, options, task)
        for program, command in others.items():
            simple_task(machine, results, options, program, command, task)

    tinymlp_epoch(machine, results, options, 1)
    peers("fashion-epoch")
    if cores > 1:
        tinymlp_epoch(machine, results, options, cores)
        torch_task(machine, results, options, "fashion-epoch", cores)
    small, tiny = ["--hidden", "16,16", "--activation", "tanh"], ["--hidden", "8", "--activation", "sigmoid"]
    tinymlp_step(machine, results, options, "small-step", small, 32, 600_000)
    peers("small-step")
    tinymlp_step(machine, results, options, "tiny-step", tiny, 4, 3_000_000)
    peers("tiny-step")
    tinymlp_start(machine, results, options)
    peer_starts(machine, results, options)
    tinymlp_xor(machine, results, options)
    torch_xor(machine, results, options)
    tinymlp_limits(machine, results, options)


def debian_version(package):
    command = ["dpkg-query", "-W", "-f", "${Version}", package]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout


def main():
    root = os.path.dirname(HERE)
    parser = argparse.ArgumentParser(description="Times tinymlp and its peers in turn. See the top of this file.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1, help="of each measurement, about")
    parser.add_argument("--before", help="a command to run before each measurement")
    parser.add_argument("--after", help="a command to run after each measurement")
    parser.add_argument("--tinymlp", default=root + "/build/release/tinymlp", help="the program")
    parser.add_argument("--peers", default=root + "/build/peers", help="where libtorch and fann are built")
    parser.add_argument("--fashion", default="/usr/share/datasets/fashion-mnist", help="where the IDX files are")
    parser.add_argument("--results", default=HERE + "/results.json", help="the file to write")
    parser.add_argument("--readme", default=root + "/README.md", help="the file whose tables to replace")
    options = parser.parse_args()
    if options.rounds < 1 or options.seconds <= 0:
        parser.error("--rounds and --seconds must be above 0")
    results_table.parts_around(options.readme)  # before minutes are spent

    machine, results = Machine(options.before, options.after), Results()
    began = time.perf_counter()
    for number in range(options.rounds):
        print("round %d of %d" % (number + 1, options.rounds), file=sys.stderr)
        one_round(machine, results, options)
    results.versions["FANN"] = debian_version("libfann-dev")
    record = {
        "date": datetime.date.today().isoformat(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "rounds": options.rounds,
        "seconds": round(time.perf_counter() - began, 1),
        "versions": results.versions,
        "blas": os.path.realpath("/usr/lib/%s-linux-gnu/libblas.so.3" % platform.machine()),
        "values": results.values,
    }
    with open(options.results, "w") as file:
        json.dump(record, file, indent=1)
        file.write("\n")
    tables = results_table.tables(record)
    results_table.replace(options.readme, tables)
    print(tables)


if __name__ == "__main__":
    main()
