"""What edits.py makes of lines: all of it, spelled out."""
import sys

import edits

# A line, and what it becomes, each with the kind.
EXPECTED = {
    "  if (x < 1) return;  // if (y < 2)": {
        "  if (x <= 1) return;": "comparison", "  if (x < (1 + 1)) return;": "constant", "  if (x < (1 - 1)) return;": "constant",
        "  if (!(x < 1)) return;": "negated condition"},
    '  say("a < b", -x);': {
        '  say("a < b", x);': "arithmetic", '  say(-x, "a < b");': "swapped arguments", "  ;": "dropped statement"},
    "  const T largest = std::max<T>(a.rows, f(b, c[0]));": {
        "  const T largest = std::min<T>(a.rows, f(b, c[0]));": "word", "  const T largest = std::max<T>(a.cols, f(b, c[0]));": "word",
        "  const T largest = std::max<T>(f(b, c[0]), a.rows);": "swapped arguments",
        "  const T largest = std::max<T>(a.rows, f(c[0], b));": "swapped arguments",
        "  const T largest = std::max<T>(a.rows, f(b, c[(0 + 1)]));": "constant",
        "  const T largest = std::max<T>(a.rows, f(b, c[(0 - 1)]));": "constant"},
    "  return ready && !done ? 1e-3F : -y;": {
        "  return ready || !done ? 1e-3F : -y;": "condition", "  return ready && done ? 1e-3F : -y;": "condition",
        "  return ready && !done ? (1e-3F + 1) : -y;": "constant", "  return ready && !done ? (1e-3F - 1) : -y;": "constant",
        "  return ready && !done ? 1e-3F : y;": "arithmetic", "  return ready && !done ? -y : 1e-3F;": "swapped branches"},
    "  total += x * x;": {"  total -= x * x;": "arithmetic", "  total += x / x;": "arithmetic", "  ;": "dropped statement"},
    "  for (const auto* p = v; p != e; ++p) {": {
        "  for (const auto* p = v; p == e; ++p) {": "comparison", "  for (const auto* p = v; p != e; --p) {": "arithmetic"},
    "#include <a>": {},
    "  std::vector<std::pair<int, int>> pairs;": {"  ;": "dropped statement"},
}


def strip(line):
    return line.split("  //")[0]


failed = 0
for line, expected in EXPECTED.items():
    text = "{\n" + line + "\n}\n"
    found = {}
    for edit in edits.edits(text, edits.code_of(text), 2):
        found[strip((text[:edit.start] + edit.text + text[edit.end:]).split("\n")[1])] = edit.kind
    if found != expected:
        failed += 1
        print(f"{line}\n  not expected: {found.items() - expected.items()}\n  missing: {expected.items() - found.items()}")
sys.exit(f"{failed} of {len(EXPECTED)} lines have other edits" if failed else 0)
