"""One LibreOffice and one connection to it. Run by a Python that LibreOffice knows (it needs `uno`), never imported.

Arguments: soffice, the folder of its profile. It writes `{"ready": true}` once connected; then each line of standard
input asks for one PDF (`{"load": url, "store": url}`) and one line answers: `{"ok": true}`, `{"error": text}`, or
`{"gone": true}` once LibreOffice is dead, whoever ended it. At the end of its input LibreOffice goes too, so that none
is left behind whatever happens to the program.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

CONNECT_SECONDS = 60.0
_NEVER = 0  # no macros, no update of links


def main() -> int:
    """Serve until the input ends."""
    soffice, profile = sys.argv[1], Path(sys.argv[2])
    pipe = f"paperwork{uuid.uuid4().hex}"
    with subprocess.Popen(
        [soffice, "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
         f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as office:  # fmt: skip
        try:
            desktop = _connected(pipe, office)
            _say({"ready": True})
            for line in sys.stdin:
                answer = _answer(desktop, json.loads(line))
                _say(answer if "ok" in answer or _alive(desktop) else {"gone": True})
        finally:
            office.terminate()
    return 0


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


def _connected(pipe: str, office: subprocess.Popen[bytes]) -> Any:
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + CONNECT_SECONDS
    while True:
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        except Exception:
            # It takes a moment until LibreOffice listens; a first start with a new profile ends once by itself.
            if time.monotonic() > until or office.poll() not in (None, 81):
                raise
            time.sleep(0.05)


def _answer(desktop: Any, asked: dict[str, str]) -> dict[str, Any]:
    try:
        document = desktop.loadComponentFromURL(
                asked["load"], "_blank", 0,
                _properties(Hidden=True, ReadOnly=True, MacroExecutionMode=_NEVER, UpdateDocMode=_NEVER),
            )  # fmt: skip
        if document is None:
            return {"error": "LibreOffice could not open the document"}
        try:
            data = _properties(SelectPdfVersion=2, UseTaggedPDF=False, ExportBookmarks=False)
            import uno

            value = uno.Any("[]com.sun.star.beans.PropertyValue", data)
            document.storeToURL(asked["store"], _properties(FilterName="writer_pdf_Export", FilterData=value))
        finally:
            document.close(True)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"ok": True}


def _alive(desktop: Any) -> bool:
    """Whether LibreOffice still answers; a dead one lets every call fail (`DisposedException`)."""
    try:
        desktop.getName()
    except Exception:
        return False
    return True


def _properties(**named: Any) -> tuple[Any, ...]:
    from com.sun.star.beans import PropertyValue

    made = []
    for name, value in named.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


if __name__ == "__main__":
    sys.exit(main())
