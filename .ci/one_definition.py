#!/usr/bin/env python3
"""one_definition.py FILE...: types that two of these files define under one name. In one program that is undefined: the
linker keeps one of their destructors. Exits with 1 if it finds any. Types in unnamed namespaces and in functions are their
files' own; files that are programs of their own (examples, tests) are not looked at together."""
import re
import sys
from collections import defaultdict

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|#[^\n]*(?:\\\n[^\n]*)*'
    r"|TINYMLP_BEGIN|TINYMLP_END|[A-Za-z_]\w*|::|[{};()=<>,:]", re.DOTALL)


def without_templates(words):
    """The words after template <...>, of which there may be several: what is declared."""
    while words[:2] == ["template", "<"]:
        depth, i = 0, 1
        while i < len(words):
            depth += (words[i] == "<") - (words[i] == ">")
            i += 1
            if depth == 0:
                break
        words = words[i:]
    return words


def definitions(text):
    """The qualified names of the types that the text defines in named namespaces."""
    words = [m[0] for m in TOKEN.finditer(text) if m[0][0] not in "/\"'#" and not m[0].startswith("R\"")]
    scopes, statement = [], []  # scopes: (kind, name); statement: words since the last ; { or }
    for word in words:
        if word == "TINYMLP_BEGIN":
            scopes.append(("namespace", "tinymlp"))
        elif word == "TINYMLP_END":
            scopes.pop()
        elif word == "{":
            scope = ("block", "")
            head = without_templates(statement)
            head = head[:head.index("(")] if "(" in head else head
            if head[:1] == ["inline"]:
                head = head[1:]
            if head[:1] == ["namespace"]:
                scope = ("namespace", "".join(head[1:])) if len(head) > 1 else ("unnamed", "")
            else:
                keys = [i for i, w in enumerate(head) if w in ("struct", "class", "union")]
                plain = [w for w in head if w not in ("final", "alignas")]
                if keys and "=" not in head and len(plain) > plain.index(head[keys[-1]]) + 1:
                    rest = head[keys[-1] + 1:]
                    name = re.match(r"(?:\w+::)*\w*", "".join(w + " " * (w != "::") for w in rest).replace(" ::", "::"))[0]
                    if all(kind == "namespace" for kind, _ in scopes) and "<" not in rest[:2]:
                        yield "::".join([n for _, n in scopes] + [name])
                    scope = ("type", name)
            scopes.append(scope)
            statement = []
        elif word == "}":
            if scopes:
                scopes.pop()
            statement = []
        elif word == ";":
            statement = []
        else:
            statement.append(word)


def main():
    found = defaultdict(set)
    for path in sys.argv[1:]:
        if path.startswith(("experiments/", "src/", "include/")):
            with open(path, encoding="utf-8") as file:
                for name in definitions(file.read()):
                    found[name].add(path)
    failed = False
    for name, paths in sorted(found.items()):
        if len(paths) > 1:
            print(f"{name}: {', '.join(sorted(paths))}")
            failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
