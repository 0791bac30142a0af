#!/usr/bin/env python3
"""What the program does, by value: runs the commands of transcripts and compares all they say and write.

    recorded.py check  PROGRAM TRANSCRIPT...    exit status 1 where something differs, with a diff
    recorded.py record PROGRAM TRANSCRIPT...    writes what is said and written now into the transcripts

A transcript is read and written by people, too:

    == name            a case: an empty directory of its own
    # text             a remark
    ~ 1e-3 1e-7        numbers of this case may differ so much, relatively and at 0 (1e-6 and 1e-8 unless said); a remark
                       says why
    << file.csv        a file that is there before; its lines follow, each after two blanks, with \\r \\n \\t \\0 and \\\\
                       as in C, \\c at an end for none; "<< images hex": bytes in hexadecimal instead; .gz packs them
    $ tinymlp ...      a command, words as a shell has them, NAME=VALUE in front sets the environment
    ? 2                its exit status, unless 0
      text             a line of its standard output
    ! text             a line of its standard error
    + run/metrics.csv  a file that it wrote or changed; what is in it follows as output does
    - run/loss.csv     a file that it removed

Numbers with a fraction are compared as numbers, all else to the letter. Times, dates, versions and what belongs to the
machine are masked, <so>. Of a long table the first 12 and the last 4 lines are kept, with sums over the columns of
numbers and a checksum of the words between; of a tensor with more than 32 numbers its sums. gnuplot is not found: its
versions draw differently.
"""
import gzip
import math
import os
import re
import shlex
import subprocess
import sys
import tempfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import safetensors  # noqa: E402

NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w])")
PLAIN = frozenset("0123456789.,-+e")
LIMIT = 120  # seconds for a command


# ------------------------------------------------------------------------------------------------------------ transcripts
class Case:
    def __init__(self, name):
        self.name, self.tolerance, self.lines = name, (1e-6, 1e-8), []  # lines: (kind, text) in order; kind: one of "#~<$" and "_"


def parse(path):
    """Preamble (remarks before the first case) and cases. Outcomes are kept as lines of kind '_', as they stand."""
    preamble, cases = [], []
    in_file = False
    for number, line in enumerate(path.read_text().split("\n"), 1):
        if line.startswith("== "):
            cases.append(Case(line[3:]))
            in_file = False
            continue
        if not cases:
            preamble.append(line)
            continue
        lines = cases[-1].lines
        if line.startswith("<< "):
            in_file = True
            lines.append(("<", line))
        elif in_file and (line.startswith("  ") or line == ""):
            lines.append(("<", line))
        else:
            in_file = False
            kind = line[:1]
            if kind == "~":
                relative, *absolute = map(float, line[2:].split())
                cases[-1].tolerance = relative, *(absolute or [1e-8])
            if kind in ("#", "~", "$"):
                lines.append((kind, line))
            elif kind in (" ", "!", "?", "+", "-", ""):
                lines.append(("_", line))
            else:
                sys.exit(f"{path}:{number}: what is this? {line}")
    for case in cases:
        while case.lines and case.lines[-1] == ("_", ""):
            case.lines.pop()
    return preamble, cases


# ---------------------------------------------------------------------------------------------------------------- outcomes
MASKS = [
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:?\d\d)?"), "<time>"),
    (re.compile(r'("(?:seconds|seconds_per_run|version|commit|threads|cpu|host|created|started|ended)": ?)("[^"]*"|[-+\d.eE]+|null)'), r"\1<masked>"),
    (re.compile(r"\b\d+(?:\.\d+)?(?:e[-+]\d+)? (?:ms|s|µs|min)\b"), "<seconds>"),
    (re.compile(r"[\d,.]+(?:e[+]\d+)?[kM]? samples/s"), "<rate> samples/s"),
    (re.compile(r'(<td><a href="#.*<td class="number">)[\d.]+(</td></tr>)$'), r"\1<seconds>\2"),
    (re.compile(r"\bcommit [0-9a-f]{12}\b"), "commit <masked>"),
    (re.compile(r"\b\d+:\d\d(?::\d\d)? left\b"), "<time> left"),
    (re.compile(r"\bwith \d+ threads?\b"), "with <threads>"),
    (re.compile(r"\btinymlp \d+\.\d+\.\d+\S*"), "tinymlp <version>"),
]


CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")


def masked(text, directory):
    if PLAIN.issuperset(text):
        return text
    text = text.replace(str(directory), "<directory>")
    text = CONTROL.sub(lambda match: f"<{ord(match[0]):02x}>", text)
    for pattern, replacement in MASKS:
        text = pattern.sub(replacement, text)
    return text


def without_seconds(lines):
    """The column of seconds of a CSV, of a table of text, and the line of that name, masked."""
    if not any("seconds" in line for line in lines):
        return lines
    end = 0  # of the column in a table
    for i, line in enumerate(lines):
        header = re.search(r"(?<=  )seconds(?=  |$)", line)
        if header:
            end = header.end()
        elif not line.strip():
            end = 0
        elif end and re.fullmatch(r" +[\d.]+", line[max(0, end - 8):end]):
            lines[i] = line[:end - 8] + " <secs>"[-8:].rjust(8) + line[end:]
        lines[i] = re.sub(r"^( *seconds +)[\d.]+$", r"\1<seconds>", lines[i])
    header = lines[0].split(",")
    columns = [i for i, name in enumerate(header) if name == "seconds" or name.endswith("_seconds")]
    if not columns:
        return lines
    result = [lines[0]]
    for line in lines[1:]:
        cells = line.split(",")
        if len(cells) == len(header):
            for i in columns:
                cells[i] = "<seconds>" if cells[i] else ""
        result.append(",".join(cells))
    return result


def crc(text):
    return f"{zlib.crc32(text.encode()):08x}"


def sums(values):
    """How many numbers, their sum, and the sum of their squares, of those that are finite."""
    finite = [v for v in values if abs(v) < 1e150]
    return f"{len(values)} numbers of sum {math.fsum(finite):.8e}, squares {math.fsum(v * v for v in finite):.8e}"


def numbers(line):
    return [float(number) for number in NUMBER.findall(line)]


def numbers_and_words(line):
    """A line's numbers, and the line without them. Cells of a table that are nothing but numbers take a short way."""
    cells = line.split(",")
    try:
        if not PLAIN.issuperset(line):
            raise ValueError
        return [float(cell) for cell in cells], ",".join("#" * len(cells))
    except ValueError:
        return numbers(line), NUMBER.sub("#", line)


def shortened(lines, most, begin=12, end=4):
    """`lines` if there are not too many; else the first and last, and of those between the words' checksum, and sums."""
    if len(lines) <= most:
        return [line if len(line) <= 4000 else long_line(line) for line in lines]
    between = lines[begin:-end] if end else lines[begin:]
    found = [numbers_and_words(line) for line in between]
    rows, words = [row for row, _ in found], crc("\n".join(text for _, text in found))
    width = max(map(len, rows))
    columns = ([sums([row[i] for row in rows if i < len(row)]) for i in range(width)] if width <= 12 else
               [sums([value for row in rows for value in row])])
    return (shortened(lines[:begin], most) + [f"... {len(between)} lines with words {words}"] +
            [f"... {column}" for column in columns] + (shortened(lines[-end:], most) if end else []))


def long_line(line):
    return f"{line[:300]} ... words {crc(NUMBER.sub('#', line))}, {sums(numbers(line))}"


def page(text):
    """A page of HTML: what is to be read in full, scripts and styles by checksum and sums."""
    result = []
    for part in re.split(r"(?s)(<(?:script|style)\b.*?</(?:script|style)>)", text):
        lines = part.split("\n")
        result += shortened(lines, 0, 0, 0) if part.startswith(("<script", "<style")) else shortened(lines, 600)
    return result


SECONDS = {"trainer.position": 2, "epochs": 8}  # of checkpoints: which number of a row is a time


def tensors(data, directory):
    """A safetensors file: what it says of itself; names, types, shapes, numbers."""
    metadata, found = safetensors.read(data)
    lines = [masked(f"{key} = {text}", directory) for key, text in sorted(metadata.items())]
    for name, (kind, shape, values) in found.items():
        for i in range(SECONDS[name], len(values), shape[-1]) if name in SECONDS else ():
            values[i] = 0
        line = f"{name} {kind} {shape}: "
        if len(values) <= 32:
            line += " ".join(f"{v:.9g}" for v in values)
        else:
            line += " ".join(f"{v:.9g}" for v in values[:4]) + " ... " + sums(values)
        lines.append(line)
    return lines


def contents(path, directory):
    data = path.read_bytes()
    if path.suffix == ".safetensors":
        return tensors(data, directory)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return [f"{len(data)} bytes, checksum {zlib.crc32(data):08x}"]
    lines = [masked(line, directory) for line in text.split("\n")]
    if path.suffix == ".html":
        return page("\n".join(lines))
    if lines[-1] == "":
        lines.pop()
    else:
        lines.append("... without a line's end")
    return shortened(without_seconds(lines), 40 if path.suffix == ".csv" else 400)


def files_in(directory):
    return {str(p.relative_to(directory)): p.read_bytes() for p in sorted(directory.rglob("*")) if p.is_file()}


ESCAPES = {"r": "\r", "n": "\n", "t": "\t", "0": "\0", "\\": "\\", "c": ""}


def unescaped(line):
    """A line of a file, as transcripts write it."""
    end = "" if line.endswith("\\c") else "\n"
    return re.sub(r"\\([rnt0\\c])", lambda match: ESCAPES[match[1]], line) + end


def run_case(case, program):
    """The case as it is now: its lines with new outcomes."""
    result = []
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary).resolve() / "work"
        directory.mkdir()
        empty = Path(temporary) / "bin"
        empty.mkdir()
        file = None
        for kind, line in case.lines:
            if kind == "_":
                continue
            result.append(line)
            if kind == "<":
                if line.startswith("<< "):
                    name, *form = line[3:].split()
                    file = directory / name
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(b"")
                else:
                    more = bytes.fromhex(line) if form else unescaped(line[2:]).encode()
                    if file.suffix == ".gz":  # the same bytes at any time, with any zlib
                        more = gzip.compress(more, compresslevel=0, mtime=0)
                    with file.open("ab") as out:
                        out.write(more)
            elif kind == "$":
                result += outcome(line[2:], program, directory, empty)
    while result and result[-1] == "":
        result.pop()
    return result


def outcome(command, program, directory, empty):
    environment = {"PATH": str(empty), "HOME": str(directory), "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    if "GCOV_PREFIX" in os.environ:  # where a build that counts lines is to write
        environment["GCOV_PREFIX"] = os.environ["GCOV_PREFIX"]
    words = shlex.split(command)
    while "=" in words[0] and words[0] != "tinymlp":
        name, value = words.pop(0).split("=", 1)
        environment[name] = value
    if words[0] != "tinymlp":
        sys.exit(f"a command is tinymlp's: {command}")
    before = files_in(directory)
    done = subprocess.run([program] + words[1:], cwd=directory, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=LIMIT, check=False)
    after = files_in(directory)
    result = [] if done.returncode == 0 else [f"? {done.returncode}"]
    for mark, data in (("  ", done.stdout), ("! ", done.stderr)):
        lines = masked(data.decode(errors="replace"), directory).split("\n")
        if lines[-1] == "":
            lines.pop()
        result += [mark + line if line else mark.rstrip() for line in shortened(without_seconds(lines), 60)]
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            result.append(f"- {name}")
        elif before.get(name) != after[name]:
            result.append(f"+ {name}")
            result += ["  " + line for line in contents(directory / name, directory)]
    return result


# -------------------------------------------------------------------------------------------------------------- comparing
def is_count(text):
    return text.lstrip("+-").isdigit() and len(text) < 16  # longer ones are losses


def allowance(x, y, tolerance):
    """How far these may be apart. Sums in float that come out near 0 round as their parts do: hence what is allowed at 0.
    A number of six digits or more, rounded for people, may fall to either side: hence one unit in the last place."""
    largest = max(abs(float(x)), abs(float(y)))
    mantissa, _, exponent = re.sub(r"^[-+]", "", x if len(x) < len(y) else y).partition("e")
    unit = 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    return max(tolerance[0] * largest + tolerance[1], 1.01 * unit if unit <= 1.1e-5 * largest else 0)


def same(a, b, tolerance):
    """Whether two lines say the same: numbers within the tolerance, all else to the letter."""
    if a == b:
        return True
    words = [NUMBER.sub("#", re.sub(r" +", " ", line)).rstrip() for line in (a, b)]  # columns are as wide as their numbers
    if words[0] != words[1]:
        return False
    for x, y in zip(NUMBER.findall(a), NUMBER.findall(b)):
        u, v = float(x), float(y)
        if x != y and (is_count(x) and is_count(y) or not abs(u - v) <= allowance(x, y, tolerance)):
            return False
    return True


def differences(was, now, tolerance):
    result = []
    for i in range(max(len(was), len(now))):
        a = was[i] if i < len(was) else None
        b = now[i] if i < len(now) else None
        if a is None or b is None or not same(a, b, tolerance):
            if a is not None:
                result.append(f"    was {a}")
            if b is not None:
                result.append(f"    now {b}")
            if a is None or b is None or len(result) > 20:
                break
    return result


def main():
    if len(sys.argv) < 4 or sys.argv[1] not in ("check", "record"):
        sys.exit(__doc__)
    verb, program = sys.argv[1], str(Path(sys.argv[2]).resolve())
    failed = commands = 0
    for path in map(Path, sys.argv[3:]):
        preamble, cases = parse(path)
        names = [case.name for case in cases]
        for name in names:
            if names.count(name) > 1:
                sys.exit(f"{path}: two cases are called {name}")
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            outcomes = list(pool.map(lambda case: run_case(case, program), cases))
        if verb == "record":
            text = preamble[:]
            for case, lines in zip(cases, outcomes):
                text += [f"== {case.name}"] + lines + [""]
            path.write_text("\n".join(text).rstrip("\n") + "\n")
            continue
        for case, lines in zip(cases, outcomes):
            commands += sum(kind == "$" for kind, _ in case.lines)
            was = [line for _, line in case.lines]
            found = differences(was, lines, case.tolerance)
            if found:
                failed += 1
                print(f"{path.name}: {case.name}")
                print("\n".join(found))
    if verb == "check":
        print(f"{commands} commands, {failed} cases differ")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
