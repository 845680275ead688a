"""Jinja as a document may use it: nothing but the context, nothing missing unnoticed, every printed value noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Undefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing

from paperwork.rendering.names import GLOBALS
from paperwork.rendering.writing import NOW

_FILTERS = (
    "abs", "count", "d", "default", "first", "float", "int", "last", "length", "list", "lower", "map", "max",
    "min", "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr", "sort", "sum", "trim",
    "unique", "upper",
)  # fmt: skip
_LOOP = frozenset({"index", "index0", "first", "last", "length", "revindex", "revindex0"})


class Absent(Undefined):
    """A name that the context does not give: false when tested; printed, looped over or reckoned with, it is noted."""

    def path(self) -> str:
        """The context name that was looked for: `officers[2].name`."""
        name, group = self._undefined_name, self._undefined_obj
        if name is None:
            return self._undefined_hint or "（空列表的首项或者末项）"
        base = group.path() if isinstance(group, Absent) else NOW.get().path_of(group)
        return f"{base}{name}" if name.startswith("[") else f"{base}.{name}".lstrip(".")

    def _noted(self, *_: Any) -> Absent:
        NOW.get().missing.append(self.path())
        return self

    def __str__(self) -> str:
        self._noted()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._noted()
        return iter(())

    def __len__(self) -> int:
        self._noted()
        return 0

    def __contains__(self, _: object) -> bool:
        return False

    def _compared(self, _: object) -> bool:
        self._noted()
        return False

    def _number(self) -> int:
        self._noted()
        return 0

    __int__ = _number  # type: ignore[assignment]
    __lt__ = __le__ = __gt__ = __ge__ = _compared  # type: ignore[assignment]
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _noted  # type: ignore[assignment]
    __truediv__ = __rtruediv__ = __mod__ = __rmod__ = __floordiv__ = _noted  # type: ignore[assignment]


class _Printing(CodeGenerator):
    """Each printed value goes through the document's own `put`, and only there; fields of groups through `field`."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("put = context.put")
        self.writeline("field = context.field")

    def visit_Getattr(self, node: nodes.Getattr, frame: Any) -> None:
        self.write("field(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def _make_finalize(self) -> CodeGenerator._FinalizeInfo:
        return self._FinalizeInfo(None, None)  # constants are printed like any other value

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write("put(")

    def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(")")


class _PrintingBytes(_Printing):
    """A whole stretch of text and values at once into the document's list, the template's own text as bytes."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("resolve = context.named")
        self.writeline("append = context.pieces.append")
        self.writeline("extend = context.pieces.extend")
        self.writeline("show = context.show")

    def visit_Getattr(self, node: nodes.Getattr, frame: Any) -> None:
        """A field of a group that has it, at the cost of looking it up."""
        if not isinstance(node.node, nodes.Name):
            super().visit_Getattr(node, frame)
            return
        group = frame.symbols.ref(node.node.name)
        self.write(f"({group}[{node.attr!r}] if type({group}) is dict and {node.attr!r} in {group} else ")
        super().visit_Getattr(node, frame)
        self.write(")")

    def visit_Output(self, node: nodes.Output, frame: Any) -> None:
        if len(node.nodes) == 1 and isinstance(node.nodes[0], nodes.TemplateData):
            self.writeline(f"append({node.nodes[0].data.encode()!r})", node)
            return
        self.writeline("extend((", node)
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.write(repr(child.data.encode()))
            elif isinstance(child, nodes.Getattr):  # nearly all values are a group's field: one call instead of two
                self.write("show(")
                self.visit(child.node, frame)
                self.write(f", {child.attr!r})")
            else:
                self.write("put(")
                self.visit(child, frame)
                self.write(")")
            self.write(", ")
        self.write("))")


_LOOPS: set[type] = {LoopContext}


class _Names(dict[str, Any]):
    """A context's names, of which each that is not there is `missing`: asked once for every name of a template."""

    def __missing__(self, _: str) -> Any:
        return missing


class _Context(Context):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        writing = NOW.get()
        self.put = writing.put
        self.named = _Names(self.parent).__getitem__
        self.pieces: list[bytes] = []
        other = self.environment.getattr

        def field(group: Any, name: str) -> Any:
            if type(group) is dict:  # as facts always are; the rest takes the long way
                return group[name] if name in group else Absent(obj=group, name=name)
            if type(group) in _LOOPS and name in _LOOP:
                return getattr(group, name)
            return other(group, name)

        self.field, self.show = field, writing.shower(field)


class SwiftLoop(LoopContext):
    """Jinja's `loop` for a list that lies ready: where it is, is written down at each step instead of asked for."""

    index = index0 = length = 0
    first = last = False

    def __init__(self, iterable: Any, *_: Any) -> None:
        self._ready = iterable if type(iterable) is list else list(iterable)
        self.length = len(self._ready)

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        end = self.length
        self.first = True
        for at, item in enumerate(self._ready, 1):
            self.index, self.index0, self.last = at, at - 1, at == end
            yield item, self
            self.first = False

    @property
    def revindex(self) -> int:
        return self.length - self.index0

    @property
    def revindex0(self) -> int:
        return self.length - self.index


_LOOPS.add(SwiftLoop)


def swift_loops(tree: nodes.Template, code: dict[str, Any]) -> None:
    """Let a compiled template's loops be swift, where it asks them for nothing but where they are."""
    fields = [one for one in tree.find_all(nodes.Getattr) if getattr(one.node, "name", "") == "loop"]
    bare = sum(one.name == "loop" for one in tree.find_all(nodes.Name)) - len(fields)
    if not bare and {one.attr for one in fields} <= _LOOP:
        code["LoopContext"] = SwiftLoop


def _trimmed(value: Any, signs: str | None = None) -> Any:
    """Jinja's `trim`, without its detour for what is text already."""
    return value.strip(signs) if type(value) is str else FILTERS["trim"](value, signs)


class Sandbox(ImmutableSandboxedEnvironment):
    """One environment for all documents; what one rendering gathers is in `writing.NOW`.

    Escaping is done where a value is printed, and only there, so that a value stands in the document letter for
    letter whatever filters it went through; filters that make markup are left out.
    """

    code_generator_class = _Printing
    context_class = _Context

    def __init__(self) -> None:
        super().__init__(undefined=Absent, autoescape=False)
        self.globals = {name: self.globals[name] for name in GLOBALS}
        self.filters = {name: FILTERS[name] for name in _FILTERS} | {"join": self._joined, "trim": _trimmed}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return isinstance(obj, LoopContext | Namespace) and super().is_safe_attribute(obj, attr, value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Groups give their fields and nothing else: a field called `items` is no method."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else Absent(obj=obj, name=attribute)
        if isinstance(obj, LoopContext | Namespace):
            return super().getattr(obj, attribute)
        return Absent(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        if isinstance(obj, str | list | tuple) and isinstance(argument, int | slice):
            try:
                return obj[argument]
            except IndexError:
                pass
        return Absent(obj=obj, name=f"[{argument + 1}]" if isinstance(argument, int) else str(argument))

    def _joined(self, values: Any, between: str = "", attribute: str | None = None) -> str:
        """The filter `join`: every item must be printable by itself."""
        items = [self.getattr(item, attribute) for item in values] if attribute else list(values)
        if {*map(type, items)} == {str}:
            return between.join(items)  # looked at as any other printed text
        text = NOW.get().text
        return between.join(str(item) if isinstance(item, Undefined) else text(item) for item in items)


class SwiftSandbox(Sandbox):
    """The same language, its templates made of bytes."""

    code_generator_class = _PrintingBytes
