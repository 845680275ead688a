"""LibreOffice kept running: one instance, one connection of our own, watched and replaced when it dies or hangs.

Each engine has a folder of its own: two LibreOffices that open one path, or one profile, stand in each other's way.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import queue
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from paperwork.errors import MachineError
from paperwork.pdf import bridge, fonts, reading

SECONDS = 90.0  # a document of a few pages takes a tenth of one
START_SECONDS = 120.0
DOCUMENTS = 400  # then a new instance: LibreOffice grows with what it has opened
INSTALL = "请安装 LibreOffice（Debian：libreoffice-writer-nogui、python3-uno 和 fonts-noto-cjk）"
FONTS = "请安装字符齐全的中文字体（Debian：fonts-noto-cjk、fonts-hanazono），再重新启动"
_FILTER = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'


class PdfFailed(MachineError):
    """这份文书转换不成 PDF。The Word file stays as it is; nothing that was filed depends on it."""


def soffice() -> Path | None:
    """LibreOffice on this machine, or None."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    usual = [Path(found).resolve()] if found else []
    for root in filter(None, (os.environ.get("PROGRAMFILES"), "/Applications/LibreOffice.app/Contents/MacOS")):
        usual += [Path(root) / "LibreOffice" / "program" / "soffice.exe", Path(root) / "soffice"]
    return next((path for path in usual if path.is_file()), None)


@functools.cache
def uno_python() -> str | None:
    """A Python that knows LibreOffice (`uno`): LibreOffice's own, the system's, or this one."""
    office = soffice()
    beside = [office.parent / "python.exe", office.parent / "python"] if office else []
    named = [str(path) for path in beside if path.is_file()]
    for python in (*named, "/usr/bin/python3", sys.executable):
        with contextlib.suppress(OSError):
            tried = subprocess.run([python, "-I", "-c", "import uno"], capture_output=True, check=False)
            if tried.returncode == 0:
                return python
    return None


class Engine:
    """Makes PDFs of Word files (PDF/A-2b), one after the other. Not for two threads at once."""

    def __init__(self, spool: Path | None = None, seconds: float = SECONDS) -> None:
        """`spool`: a folder on a local disk for its own use. Raises MachineError without LibreOffice."""
        office = soffice()
        if office is None:
            raise MachineError("没有找到 LibreOffice，不能制作 PDF", advice=INSTALL)
        if spool is not None:
            spool.mkdir(exist_ok=True)
        self._office, self._python, self._seconds = office, uno_python(), seconds
        self._folder = tempfile.TemporaryDirectory(prefix="pdf-", dir=spool, ignore_cleanup_errors=True)
        self._instance: _Instance | None = None

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """LibreOffice ends, its folder goes."""
        self._drop()
        self._folder.cleanup()

    def convert(self, document: bytes) -> bytes:
        """The PDF of a Word file, its Chinese text proven to be printed. Raises `PdfFailed`."""
        try:
            wanted = reading.words(document)
        except reading.UNREADABLE as error:
            raise PdfFailed("不是完好的 Word 文件，不能转换成 PDF") from error
        boxes = fonts.lacking(wanted)
        if boxes:
            raise PdfFailed(f"这台机器没有一种字体有「{fonts.told(boxes[:20])}」，印出来会是方框", advice=FONTS)
        pdf = self.printed(document)
        lost = reading.lost(reading.words(document, reading.pages(pdf)), pdf)
        if lost:
            raise PdfFailed(f"转换的 PDF 缺少文字：{lost[:20]}", advice="请检查 LibreOffice 的中文字体")
        return pdf

    def printed(self, document: bytes) -> bytes:
        """The PDF as LibreOffice makes it. A dead or hung LibreOffice is replaced and asked once more."""
        folder = Path(self._folder.name) / secrets.token_hex(8)
        folder.mkdir()
        source, target = folder / "document.docx", folder / "document.pdf"
        try:
            source.write_bytes(document)
            told = self._made(source, target) or ("" if target.is_file() else "没有写出文件")
            if told:
                raise PdfFailed(
                    f"转换 PDF 没有成功：{told}", advice="请用 Word 打开这份文书检查，或者直接打印 Word 文件"
                )
            return target.read_bytes()
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _made(self, source: Path, target: Path) -> str:
        """What went wrong, or nothing."""
        if self._python is None:
            return self._cold(source, target.parent)
        for _ in range(2):
            try:
                return self._running().ask({"load": source.as_uri(), "store": target.as_uri()}, self._seconds)
            except _Gone as gone:
                told = str(gone)
                self._drop()
        return told

    def _running(self) -> _Instance:
        if self._instance is not None and self._instance.asked >= DOCUMENTS:
            self._drop()
        if self._instance is None:
            assert self._python is not None
            self._instance = _Instance(self._python, self._office, Path(self._folder.name))
        return self._instance

    def _drop(self) -> None:
        if self._instance is not None:
            self._instance.end()
            self._instance = None

    def _cold(self, source: Path, folder: Path) -> str:
        """Without a Python that knows LibreOffice: a process for each document, ten times as slow."""
        profile = (Path(self._folder.name) / "profile").as_uri()
        command = [str(self._office), "--headless", "--norestore", f"-env:UserInstallation={profile}"]
        try:
            subprocess.run(
                [*command, "--convert-to", _FILTER, "--outdir", str(folder), str(source)],
                capture_output=True, timeout=self._seconds, check=True, env=_environment(Path(self._folder.name)),
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            return str(error)
        return ""


class _Gone(Exception):
    """The instance is dead, or did not answer in time."""


class _Instance:
    """One LibreOffice with its bridge, in a process group of their own."""

    def __init__(self, python: str, office: Path, folder: Path) -> None:
        profile = folder / "profile"
        self.asked = 0
        self._process = subprocess.Popen(
            [python, "-I", str(Path(bridge.__file__)), str(office), str(profile)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            encoding="utf-8", env=_environment(folder),
            start_new_session=True, creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )  # fmt: skip
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        try:
            self._answer(START_SECONDS)
        except _Gone:
            self.end()
            raise

    def ask(self, what: dict[str, str], seconds: float) -> str:
        """What the bridge says went wrong, or nothing. Raises `_Gone`."""
        self.asked += 1
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()
        except OSError:
            raise _Gone("LibreOffice 已经退出") from None
        answer = self._answer(seconds)
        if answer.get("gone"):
            raise _Gone("LibreOffice 已经退出")
        return str(answer.get("error", ""))

    def end(self) -> None:
        """Both processes, whatever state they are in."""
        with contextlib.suppress(OSError):
            if os.name == "nt":
                kill = ["taskkill", "/F", "/T", "/PID", str(self._process.pid)]
                subprocess.run(kill, capture_output=True, check=False)
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            for line in self._process.stdout:
                self._lines.put(line)
        self._lines.put("")

    def _answer(self, seconds: float) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise _Gone(f"LibreOffice 在 {seconds:g} 秒内没有回答") from None
        if not line:
            raise _Gone("LibreOffice 已经退出")
        answer: dict[str, Any] = json.loads(line)
        return answer


def _environment(folder: Path) -> dict[str, str]:
    """This process's, with the fonts that stand in for those of the templates."""
    configured = fonts.configuration(folder)
    return {**os.environ, **({"FONTCONFIG_FILE": str(configured)} if configured else {})}
