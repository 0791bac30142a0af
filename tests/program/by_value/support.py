"""What the checks of options share: the program, what it writes, how it is judged, and the list of all checks."""
import csv
import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import safetensors  # noqa: E402

PROGRAM, COMMAND = str(Path(sys.argv[1]).resolve()), sys.argv[2]
RATE = 0.1
NETWORK = "--hidden 3 --activation tanh"
STEP = f"--batch-size full --no-shuffle --learning-rate {RATE}"  # one an epoch, on rows in their order
UNINITIALIZED = f"--data moons --samples 40 {NETWORK} {STEP}"
MOONS = f"{UNINITIALIZED} --init pytorch"  # no weight and no bias is 0


class Failure(Exception):
    pass


def expect(holds, what):
    if not holds:
        raise Failure(what)


def near(a, b, what="", tolerance=2e-6):
    if isinstance(a, (list, tuple)):
        expect(len(a) == len(b), f"{what}: {len(a)} numbers, not {len(b)}")
        for x, y in zip(a, b):
            near(x, y, what, tolerance)
        return
    expect(abs(a - b) <= tolerance * max(1, abs(a), abs(b)), f"{what}: {a}, not {b}")


def differ(a, b, what=""):
    expect(a != b, f"{what}: {a} both times")


def run(words, status=0, environment=None):
    """What the program says to these words, which must end so."""
    words = words.split() if isinstance(words, str) else words
    variables = dict(os.environ, PATH="/nowhere", LC_ALL="C.UTF-8", **(environment or {}))
    done = subprocess.run([PROGRAM] + words, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
    expect(done.returncode == status, f"{' '.join(words)}: status {done.returncode}: {done.stderr}")
    return done


def result(words, **more):
    return json.loads(run(words + " --json --quiet", **more).stdout.splitlines()[-1])


class Training:
    """A run: its weights by tensor's name, its run.json, its epochs."""
    runs = 0

    def __init__(self, words):
        Training.runs += 1
        self.path = f"run{Training.runs}"
        run(f"train {words} --quiet --out {self.path}")
        self.json = json.loads(Path(self.path, "run.json").read_text())
        self.epochs = read_csv(Path(self.path, "metrics.csv").read_text())
        metadata, tensors = safetensors.read(Path(self.path, "model.safetensors").read_bytes())
        self.model = json.loads(metadata["tinymlp"])
        self.tensors = {name: values for name, (_, _, values) in tensors.items()}

    def column(self, name):
        return [float(row[name]) for row in self.epochs]


def read_csv(text):
    return list(csv.DictReader(text.splitlines()))


def start(words=MOONS):
    return Training(f"{words} --epochs 0")


def combined(formula, *trainings):
    """For each tensor the formula's numbers, of the trainings' numbers at the same place."""
    return {name: [formula(*values) for values in zip(*(t.tensors[name] for t in trainings))]
            for name in trainings[0].tensors}


def near_tensors(training, wanted, only=""):
    for name, values in wanted.items():
        if name.endswith(only):
            near(training.tensors[name], values, name)


def sign(x):
    return (x > 0) - (x < 0)


def write(name, text):
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)
    return name


def table(rows=12, classes=True):
    """a, b, c and what depends on them."""
    lines = ["a,b,c,y"]
    for i in range(rows):
        a, b = math.sin(i), 3 + math.cos(2 * i)
        lines.append(f"{a:.6f},{b:.6f},{i % 3},{('no', 'yes')[i % 2] if classes else f'{a * b:.6f}'}")
    return write("table.csv" if classes else "numbers.csv", "\n".join(lines) + "\n")


def idx(folder):
    """Four pictures of 2 x 2 to train on, two to test on."""
    head = bytes.fromhex
    for part, pictures in (("train", 4), ("t10k", 2)):
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder, f"{part}-images-idx3-ubyte").write_bytes(
            head("00000803") + pictures.to_bytes(4, "big") + head("00000002" "00000002") +
            bytes((37 * i * i + 5 * i) % 256 for i in range(4 * pictures)))
        Path(folder, f"{part}-labels-idx1-ubyte").write_bytes(
            head("00000801") + pictures.to_bytes(4, "big") + bytes(i % 2 for i in range(pictures)))
    return folder


ENTRIES = {}


def option(commands, *names):
    """The function checks these options of these commands."""
    def keep(function):
        for command in commands.split():
            for name in names:
                expect((command, name) not in ENTRIES, f"two entries for {command} --{name}")
                ENTRIES[command, name] = function
        return function
    return keep


def failures(checks):
    """What fails of these, (name, function) each; each runs in an empty folder of its own."""
    failed = []
    for name, check in checks:
        with tempfile.TemporaryDirectory() as directory:
            os.chdir(directory)
            try:
                check()
            except Exception as problem:  # pylint: disable=broad-except  whatever it is, the others run as well
                failed.append(f"{name}: {type(problem).__name__}: {problem}")
            os.chdir("/")
    return failed
