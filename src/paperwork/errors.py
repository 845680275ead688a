"""What the office or the administrator must mend. A clerk's mistake is no error: it is a finding (`model.Finding`).

    PaperworkError
    ├── UsageError        2   the command was called wrongly
    ├── OfficeError       3   templates, policy or settings are wrong (carries every problem found)
    │   └── TemplateError     one document template cannot be rendered or proven
    ├── MachineError      4   disk, permissions, database
    └── Bug              70   a promise of the program itself is broken

The docstring of a class is its default message; `advice` says what to do next. Exceptions become exit codes in
one place, `paperwork.cli`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from paperwork.model import Problem


class PaperworkError(Exception):
    """程序无法继续。"""

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str = "", *, advice: str = "") -> None:
        super().__init__(message or (self.__doc__ or "").strip())
        self.advice = advice


class UsageError(PaperworkError):
    """命令的用法不对。"""

    exit_code = 2


class OfficeError(PaperworkError):
    """模板、规则或者设置有误。"""

    exit_code = 3

    def __init__(self, message: str = "", *, problems: Sequence[Problem] = (), advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.problems = tuple(problems)


class TemplateError(OfficeError):
    """文书模板无法套打。"""


class MachineError(PaperworkError):
    """磁盘、权限或者数据库出了问题。"""

    exit_code = 4


class Bug(PaperworkError):
    """程序违背了自己的承诺，请报告。"""

    exit_code = 70
