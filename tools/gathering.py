"""Every Chinese sentence that may reach a terminal: from the code, the commands' own words, the shipped templates.

A sentence of the code is a string, or an f-string as a template: `f"没有「{name}」"` is `没有「{name}」`. What is only
held against texts (regular expressions, comparisons, keys) is nobody's sentence. Which rooms speak to paper only, and
which entries of the templates are read to people, stands in `messages.toml`, with the reasons.
"""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE, TEMPLATES = ROOT / "src" / "paperwork", ROOT / "templates"
HAN = re.compile("[\u3400-\u9fff]")
_HELD_AGAINST = {
    *("strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "startswith", "endswith", "replace"),
    *("split", "rsplit", "partition", "rpartition", "find", "index", "count", "translate", "maketrans"),
    *("match", "search", "sub", "fullmatch", "finditer", "findall", "compile", "escape"),
}
"""Methods whose arguments are looked for in a text, not said."""
_NO_SENTENCE = re.compile(r"paperwork .*|[^，。；：（）]+_.+\.(?:docx|xlsx|pdf|json|txt)", re.DOTALL)
"""Examples of commands, and names of files (`案件登记表_星屿网咖.docx`)."""
_PLAIN = {"len": "count", "join": "list", "str": "value", "repr": "value", "isoformat": "day"}


def rules() -> dict[str, Any]:
    """`messages.toml`: `silent` and `read`."""
    with Path(__file__).with_name("messages.toml").open("rb") as file:
        return tomllib.load(file)


def said() -> dict[str, str]:
    """Template of a sentence → where it is said."""
    asked = rules()
    silent = tuple(where for rule in asked["silent"] for where in rule["where"])
    speaking = tuple(where for rule in asked["silent"] for where in rule.get("but", ()))
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        room = path.relative_to(SOURCE).as_posix()
        for text, owner in of_code(path.read_text("utf-8"), commands=room.startswith("cli/")):
            place = f"{room}:{owner}"
            if (not place.startswith(silent) or place.startswith(speaking)) and not _NO_SENTENCE.fullmatch(text):
                found.setdefault(text, room)
    for rule in asked["read"]:
        for path in sorted(TEMPLATES.glob(rule["in"])):
            for text in _of_table(tomllib.loads(path.read_text("utf-8")), rule):
                found.setdefault(rule.get("as", "{}").replace("{}", text), f"templates/{rule['in']}")
    return found


def of_code(source: str, *, commands: bool = False) -> Iterator[tuple[str, str]]:
    """(template, name at the top of the module to which it belongs). `commands`: the words of `click` commands too."""
    tree = ast.parse(source)
    for statement in tree.body:
        owner = _named(statement)
        silent = set(map(id, _silent(statement)))
        for node in ast.walk(statement):
            if id(node) in silent:
                continue
            text = _template(node)
            if text and HAN.search(text):
                yield text, owner
            if commands and isinstance(node, ast.FunctionDef) and node.decorator_list and ast.get_docstring(node):
                words = inspect.cleandoc(ast.get_docstring(node) or "").partition("例如：")[0].strip()
                if HAN.search(words):
                    yield _escaped(words), owner


def _named(statement: ast.stmt) -> str:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return statement.name
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return targets[0].id if isinstance(targets[0], ast.Name) else ""


def _silent(statement: ast.stmt) -> Iterator[ast.AST]:
    """What is no sentence: docstrings, parts of f-strings, what texts are held against, keys."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.Compare | ast.MatchValue):
            yield from ast.walk(node)
        elif isinstance(node, ast.Subscript):
            yield from ast.walk(node.slice)
            yield node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _HELD_AGAINST:
            yield node.func.value
            for argument in node.args[: 1 if node.func.attr == "replace" else None]:
                yield from ast.walk(argument)


def _template(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return _escaped(node.value) if isinstance(node.value, str) else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    used: set[str] = set()
    return "".join(
        _escaped(str(part.value)) if isinstance(part, ast.Constant) else f"{{{_place(part, used)}}}"
        for part in node.values
    )


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _place(node: ast.AST, used: set[str]) -> str:
    """A name for what is filled in: the last word of it, once in a sentence."""
    while isinstance(node, ast.FormattedValue):
        node = node.value
    name = "value"
    if isinstance(node, ast.Name | ast.Attribute):
        name = node.id if isinstance(node, ast.Name) else node.attr
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
        called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        name = _PLAIN.get(called, called)
    elif isinstance(node, ast.BinOp):
        name = "number"
    name = name.strip("_") or "value"
    free = next(one for one in (name, *(f"{name}{n}" for n in range(2, 99))) if one not in used)
    used.add(free)
    return free


def _of_table(value: Any, rule: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _of_table(inner, rule, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _of_table(inner, rule, path)
    elif isinstance(value, str) and HAN.search(value) and _read(path, rule):
        yield value


def _read(path: Iterable[str], rule: Mapping[str, Any]) -> bool:
    *above, last = path
    return last in rule["keys"] or any(key in rule.get("below", ()) for key in above)
