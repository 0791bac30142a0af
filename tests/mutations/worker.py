"""A copy of the sources in which one mistake at a time is made, built and tested."""
import os
import re
import subprocess
import sys
from pathlib import Path

import groups

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build/mutants"
STEP = 5  # seconds, about, to compile a file


def quietly(words, **options):
    done = subprocess.run(list(map(str, words)), stdin=subprocess.DEVNULL, capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"mutants: {' '.join(map(str, words))}:\n{(done.stdout + done.stderr)[-4000:]}")


class Worker:
    """A copy of the sources with builds of its own."""

    def __init__(self, number):
        self.source = WORK / str(number)
        self.build = self.source / "build/release"
        self.scratch = WORK / f"scratch-{number}"
        self.environment = dict(os.environ, CCACHE_BASEDIR=str(self.source), CCACHE_NOHASHDIR="true")
        quietly([ROOT / "tests/mutations/copy_sources.sh", self.source])

    def make(self, preset, build, *options):
        quietly(["cmake", "--preset", preset, "-S", self.source, "-B", build, "-DCMAKE_CUDA_ARCHITECTURES=75-real", *options],
                cwd=self.source, env=self.environment)
        quietly(["ninja", "-C", build, "tests/all"], env=self.environment)

    def prepare(self):
        self.make("release", self.build)
        self.groups = groups.groups_of(self.build)
        programs = {p for group in self.groups.values() for p in group.programs}
        self.unchanged = {p: groups.digest(self.build / p) for p in programs}

    def steps(self, programs):
        """How much would have to be built now."""
        said = subprocess.run(["ninja", "-n", "-C", self.build, *programs], env=self.environment, capture_output=True, text=True)
        return max(map(int, re.findall(r"^\[\d+/(\d+)\]", said.stdout, re.MULTILINE)), default=0)

    def built(self, programs):
        done = subprocess.run(["ninja", "-C", self.build, *programs], env=self.environment, capture_output=True)
        return done.returncode == 0

    def outcome(self, path, changed, names, seconds):
        """What the groups say of a file that has been changed: (outcome, group)."""
        file = self.source / path
        original = file.read_text()
        try:
            file.write_text(changed)
            outcome = "the same"
            cost = dict(seconds)
            if file.suffix != ".cpp":  # on which half the code may depend
                steps = {tuple(self.groups[name].programs): 0 for name in names}
                steps = {programs: STEP * self.steps(programs) for programs in steps}
                cost = {name: seconds[name] + steps[tuple(self.groups[name].programs)] for name in names}
            for name in sorted(names, key=cost.get):
                group = self.groups[name]
                if not self.built(group.programs):
                    return "does not compile", name
                if all(groups.digest(self.build / p) == self.unchanged[p] for p in group.programs):
                    continue
                outcome = "SURVIVES"
                how = groups.run_group(group, 20 + 5 * seconds[name], self.scratch / "mutant")
                if how:
                    return how, name
            return outcome, ""
        finally:
            file.write_text(original)
