"""The tests in groups that are run together, as ctest has them: whole programs of GoogleTest, of the program's own tests each
suite, and every other test for itself. What they take, whether they pass, and which lines they run."""
import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

# What compiles, what needs a GPU, what tests the tests, and what only reads files.
NO_GROUP = ("configure.", "library.", "cuda_gpu", "cuda_loader", "cuda_spills", "cuda_example", "recorded.notices", "mutations.")
MEMORY, FILE = 8 << 30, 1 << 30  # bytes that a mutant gets


@dataclass
class Group:
    name: str
    command: list
    environment: dict
    programs: list  # built for it, relative to the build folder
    filters: list = field(default_factory=list)

    def words(self):
        return self.command + ([f"--gtest_filter={':'.join(self.filters)}"] if self.filters else [])


def groups_of(build):
    """The groups of a configured and built folder, by name."""
    listed = json.loads(subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], check=True, capture_output=True).stdout)
    groups = {}
    for test in listed["tests"]:
        properties = {p["name"]: p["value"] for p in test["properties"]}
        if test["name"].startswith(NO_GROUP) or "command" not in test:
            continue
        command = [word for word in test["command"] if not word.startswith("--gtest_filter")]
        own = [word for word in test["command"] if word.startswith("--gtest_filter")]
        name = test["name"]
        if own:
            name = ".".join(name.split(".")[:2 if name.startswith("program.") else 1])
            command = command[:1] + ["--gtest_brief=1", "--gtest_fail_fast"]
        environment = dict(e.split("=", 1) for e in properties.get("ENVIRONMENT", []))
        if name not in groups:
            programs = [str(Path(f).relative_to(build)) for f in [*command, *environment.values()]
                        if f.startswith(f"{build}/") and not f.endswith(".sh") and Path(f).is_file()]
            if "program" in properties.get("LABELS", []) or not programs:
                programs.append("tinymlp")
            groups[name] = Group(name, command, environment, list(dict.fromkeys(programs)))
        if own and name.startswith("program."):
            groups[name].filters.append(own[0].split("=", 1)[1])
    return groups


def run_group(group, seconds, scratch, environment=None):
    """None if the group's tests pass within these seconds, or how they do not. They write below scratch only."""
    def limits():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    shutil.rmtree(scratch, ignore_errors=True)
    os.makedirs(scratch)
    variables = dict(os.environ, TMPDIR=str(scratch), **group.environment, **(environment or {}))
    with open(f"{scratch}.log", "wb") as log:
        process = subprocess.Popen(group.words(), cwd=scratch, env=variables, stdin=subprocess.DEVNULL, stdout=log,
                                   stderr=subprocess.STDOUT, preexec_fn=limits, start_new_session=True)
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            status = None
        try:
            os.killpg(process.pid, signal.SIGKILL)  # what it started, too
        except ProcessLookupError:
            pass
        process.wait()
    return None if status == 0 else "does not end" if status is None else "fails" if status > 0 else f"dies of signal {-status}"


def lines_run(group, source, build, scratch):
    """The lines of source/ that a build with --coverage runs in this group: file -> sorted numbers."""
    counters = Path(f"{scratch}-counters")
    shutil.rmtree(counters, ignore_errors=True)
    run_group(group, 3600, scratch, {"GCOV_PREFIX": str(counters)})
    found = {}
    data = sorted(counters.rglob("*.gcda"))
    for file in data:
        notes = Path("/", file.relative_to(counters)).with_suffix(".gcno")
        file.with_suffix(".gcno").symlink_to(notes)
    for i in range(0, len(data), 20):
        said = subprocess.run(["gcov", "--json-format", "--stdout", *map(str, data[i:i + 20])], check=True, capture_output=True).stdout
        for line in said.splitlines():
            if not line.startswith(b"{"):
                continue
            told = json.loads(line)
            for part in told["files"]:
                path = Path(os.path.normpath(Path(told["current_working_directory"], part["file"])))
                if path.is_relative_to(source) and not path.is_relative_to(build):
                    numbers = found.setdefault(str(path.relative_to(source)), set())
                    numbers.update(entry["line_number"] for entry in part["lines"] if entry["count"] > 0)
    shutil.rmtree(counters, ignore_errors=True)
    return {path: sorted(numbers) for path, numbers in found.items() if numbers}


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() if Path(path).exists() else None
