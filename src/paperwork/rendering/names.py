"""Which names of the context a template uses: Jinja's syntax tree walked with the scopes of `for` and `set`.

A full name follows groups by dots and items of a list by `[]`: `case.act`, `officers[].name`, `law.violated[].text`.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

Scope = dict[str, str | None]  # a name bound by for or set → the full name it stands for; None = computed

GLOBALS = frozenset({"range", "namespace"})
# Filters whose result holds the very items of what they are given.
_KEEP = frozenset({"list", "sort", "reverse", "unique", "selectattr", "rejectattr", "select", "reject", "default", "d"})
_BY_ATTRIBUTE = frozenset({"selectattr", "rejectattr"})
_REFUSED: tuple[type[nodes.Node], ...] = (
    nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.AssignBlock, nodes.Include, nodes.Import, nodes.FromImport,
    nodes.Extends, nodes.Block, nodes.EvalContextModifier,
)  # fmt: skip


def full_names(tree: nodes.Template) -> frozenset[str]:
    """Every context name used, in full."""
    found: set[str] = set()
    _visit_all(tree.body, {}, found)
    return frozenset(found)


def to_depth_two(full: str) -> str:
    """`case.act` of `case.act`, `officers` of `officers[].name`, `law.violated` of `law.violated[].text`."""
    return ".".join(full.split("[]")[0].split(".")[:2])


def refused(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Line and reason of whatever a document template may not do."""
    for kind in _REFUSED:
        for node in tree.find_all(kind):
            yield node.lineno, f"模板中不能使用 {type(node).__name__.lower()}"
    for attribute in tree.find_all(nodes.Getattr):
        if attribute.attr.startswith("_"):
            yield attribute.lineno, f"不能取用内部属性 {attribute.attr}"
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.arg, nodes.Const) and str(item.arg.value).startswith("_"):
            yield item.lineno, f"不能取用内部属性 {item.arg.value}"
    for call in tree.find_all(nodes.Call):
        if not _allowed(call.node):
            yield call.lineno, "模板中不能调用方法"


def _allowed(called: nodes.Expr) -> bool:
    if isinstance(called, nodes.Getattr):
        return isinstance(called.node, nodes.Name) and called.node.name == "loop"
    return isinstance(called, nodes.Name) and called.name in GLOBALS


def _resolved(node: nodes.Node, scope: Scope) -> str | None:
    """The full name that an expression stands for; None when it is computed."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, None if node.name in GLOBALS else node.name)
    if isinstance(node, nodes.Getattr):
        base = _resolved(node.node, scope)
        return base and f"{base}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        base = _resolved(node.node, scope)
        by_name = isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str)
        return base and (f"{base}.{node.arg.value}" if by_name else f"{base}[]")  # type: ignore[attr-defined]
    if isinstance(node, nodes.Filter) and node.node is not None and node.name in _KEEP:
        return _resolved(node.node, scope)
    if isinstance(node, nodes.Or):
        return _resolved(node.left, scope)
    return None


def _visit(node: nodes.Node, scope: Scope, found: set[str]) -> None:
    if isinstance(node, nodes.For):
        _visit_for(node, scope, found)
    elif isinstance(node, nodes.Assign):
        _visit(node.node, scope, found)
        scope.update(_bound(node.target, _resolved(node.node, scope)))
    elif isinstance(node, nodes.With):
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            _visit(value, scope, found)
            inner.update(_bound(target, _resolved(value, scope)))
        _visit_all(node.body, inner, found)
    elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        _visit_name(node, scope, found)
    else:
        if isinstance(node, nodes.Filter):
            _visit_attribute(node, scope, found)
        _visit_all(list(node.iter_child_nodes()), scope, found)


def _visit_name(node: nodes.Name | nodes.Getattr | nodes.Getitem, scope: Scope, found: set[str]) -> None:
    full = _resolved(node, scope)
    if full is not None:
        found.add(full)
        if isinstance(node, nodes.Getitem):
            _visit(node.arg, scope, found)
    elif not isinstance(node, nodes.Name):
        _visit_all(list(node.iter_child_nodes()), scope, found)


def _visit_for(node: nodes.For, scope: Scope, found: set[str]) -> None:
    _visit(node.iter, scope, found)
    listed = _resolved(node.iter, scope)
    inner: Scope = {**scope, "loop": None, **_bound(node.target, listed and f"{listed}[]")}
    _visit_all([*([node.test] if node.test else []), *node.body], inner, found)
    _visit_all(node.else_, dict(scope), found)


def _visit_attribute(node: nodes.Filter, scope: Scope, found: set[str]) -> None:
    """`map(attribute='step')` and `selectattr('step', …)` name a field of the items."""
    names = [pair.value for pair in node.kwargs if node.name == "map" and pair.key == "attribute"]
    names += node.args[:1] if node.name in _BY_ATTRIBUTE else []
    listed = _resolved(node.node, scope) if node.node is not None else None
    for name in names:
        if listed and isinstance(name, nodes.Const):
            found.add(f"{listed}[].{name.value}")


def _visit_all(children: list[nodes.Node], scope: Scope, found: set[str]) -> None:
    for child in children:
        _visit(child, scope, found)


def _bound(target: nodes.Node, full: str | None) -> Scope:
    if isinstance(target, nodes.Name):
        return {target.name: full}
    return {name.name: None for name in target.find_all(nodes.Name)}
