"""Small mistakes that one could make in a line of C++. They are found by the look of the code, which clang-format has made
regular; an edit that does not compile is no mutant, and is left out by who tries it."""
import re
from typing import NamedTuple


class Edit(NamedTuple):
    start: int  # in the file's text
    end: int
    text: str  # instead
    kind: str


# Comments, lines of the preprocessor, literals: what stands in them is no code.
NO_CODE = re.compile(
    r"""//[^\n]*|/\*.*?\*/|^[ \t]*\#(?:\\\n|[^\n])*|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\w)'(?:\\.|[^'\\\n])+'""",
    re.DOTALL | re.MULTILINE)
OPERATORS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&", "+": "-", "-": "+",
             "*": "/", "/": "*", "%": "*", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "++": "--", "--": "++"}
KINDS = {"<": "comparison", "<=": "comparison", ">": "comparison", ">=": "comparison", "==": "comparison", "!=": "comparison",
         "&&": "condition", "||": "condition"}
PAIRS = {"min": "max", "begin": "end", "true": "false", "any_of": "all_of", "front": "back", "floor": "ceil",
         "min_element": "max_element", "lower_bound": "upper_bound", "rows": "cols", "isfinite": "isnan"}
WORDS = {**PAIRS, **{b: a for a, b in PAIRS.items()}, "none_of": "any_of"}
NO_CALL = {"if", "for", "while", "switch", "return", "sizeof", "catch", "alignas", "decltype", "requires", "noexcept"}
NO_STATEMENT = re.compile(
    r"(return\b(?!;)|(using|const|constexpr|auto|static|if|for|while|else|case|default|template|typedef|class|struct|enum|"
    r"public|private|protected|friend|explicit|virtual|namespace|do|switch|try|catch)\b)")


def code_of(text):
    """The text with blanks for what is no code, underscores for literals: places stay."""
    return NO_CODE.sub(lambda m: re.sub(r"[^\n]", "_" if m[0][0] in "\"'R" else " ", m[0]), text)


def end_of(code, at, stops):
    """The first place from here, in no brackets opened since, that has one of these characters or closes a bracket."""
    depth = 0
    for i in range(at, len(code)):
        if depth == 0 and (code[i] in stops or code[i] in ")]}"):
            return i
        depth += (code[i] in "([{") - (code[i] in ")]}")
    return len(code)


def parts(code, at, separator):
    """What stands between separators up to the closing bracket, as (start, end), without blanks around it."""
    found = []
    while True:
        end = end_of(code, at, separator)
        inside = code[at:end]
        if inside.strip():
            found.append((at + len(inside) - len(inside.lstrip()), at + len(inside.rstrip())))
        if code[end:end + 1] != separator:
            return found
        at = end + 1


OPERATOR = re.compile(r"(?<= )(?:<=|>=|==|!=|<|>|&&|\|\||\+=|-=|\*=|/=|[-+*/%])(?= )|\+\+|--")
SIGN = re.compile(r"(?:(?<=[(\[{])|(?<=[=?:,] )|(?<=return ))-(?=[\w(])|!(?=[\w(])")
NUMBER = re.compile(r"(?<![\w.'])(?:0x[\da-fA-F']+|\d[\d']*(?:\.\d+)?(?:[eE][-+]?\d+)?)\w*(?![\w.'])")
WORD = re.compile(r"\w+")
CONDITION = re.compile(r"\b(?:if|while)(?: constexpr)? \(")
CHOICE = re.compile(r" \? ")
STATEMENT = re.compile(r"[ \t]*(?=[\w:*(+-])")
CALL = re.compile(r"(\w+)>?[({]")


def line_edits(text, code, start, end):
    for m in OPERATOR.finditer(code, start, end):
        yield Edit(m.start(), m.end(), OPERATORS[m[0]], KINDS.get(m[0], "arithmetic"))
    for m in SIGN.finditer(code, start, end):
        yield Edit(m.start(), m.end(), "", "arithmetic" if m[0] == "-" else "condition")
    for m in NUMBER.finditer(code, start, end):
        yield Edit(m.start(), m.end(), f"({m[0]} + 1)", "constant")
        yield Edit(m.start(), m.end(), f"({m[0]} - 1)", "constant")
    for m in WORD.finditer(code, start, end):
        if m[0] in WORDS:
            yield Edit(m.start(), m.end(), WORDS[m[0]], "word")
    for m in CONDITION.finditer(code, start, end):
        for a, b in parts(code, m.end(), ";")[-1:]:
            yield Edit(a, b, f"!({text[a:b]})", "negated condition")
    for m in CHOICE.finditer(code, start, end):
        yes, colon = m.end(), code.find(" : ", m.end())
        if colon >= 0 and end_of(code, yes, ":;,") == colon + 1:
            no, stop = colon + 3, end_of(code, colon + 3, ";,")
            yield Edit(yes, stop, text[no:stop] + " : " + text[yes:colon], "swapped branches")
    m = STATEMENT.match(code, start, end)
    if m and code[:m.end()].rstrip()[-1:] in (";", "{", "}", ")") and not NO_STATEMENT.match(code, m.end()):
        stop = end_of(code, m.end(), ";")
        if code[stop:stop + 1] == ";":
            yield Edit(m.end(), stop + 1, ";", "dropped statement")
    for m in CALL.finditer(code, start, end):
        if m[1] not in NO_CALL:
            given = parts(code, m.end(), ",")
            for (a, b), (c, d) in zip(given, given[1:]):
                yield Edit(a, d, text[c:d] + text[b:c] + text[a:b], "swapped arguments")


def edits(text, code, line):
    """Every edit of a line, counted from 1, that changes it; code is code_of(text)."""
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[:line - 1]))
    return [e for e in line_edits(text, code, start, start + len(lines[line - 1].rstrip())) if e.text != text[e.start:e.end]]
