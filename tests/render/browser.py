"""A headless Chromium driven over its pipe: real keys, real widths, nothing from the network."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium")
KEYS = {"Enter": 13, "Escape": 27, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowRight": 39}  # fmt: skip
# only a browser that hangs waits as long; nothing is asserted about how quick it is
LONGEST_WAIT_S = 120.0


class Browser:
    """One page in a browser."""

    def __init__(self, to: int, back: int) -> None:
        self._to = to
        self._back = back
        self._rest = b""
        self._count = 0
        self._session = ""
        self.complaints: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._count += 1
        message: dict[str, Any] = {
            "id": self._count,
            "method": method,
            "params": params,
        }
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return dict(answer["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            if not select.select([self._back], [], [], LONGEST_WAIT_S)[0]:
                raise TimeoutError("the browser does not answer")
            told = os.read(self._back, 1 << 20)
            if not told:
                raise EOFError("the browser has ended")
            self._rest += told
        one, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(one)
        if message.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
            self.complaints.append(json.dumps(message["params"])[:500])
        return message

    def open(self, url: str, wide: int = 1200, high: int = 900, scheme: str = "light") -> None:  # fmt: skip
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=wide,
            height=high,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.ask(
            "Emulation.setEmulatedMedia",
            features=[
                {"name": "prefers-color-scheme", "value": scheme},
                {"name": "prefers-reduced-motion", "value": "reduce"},
            ],
        )
        self.ask("Page.navigate", url="about:blank")
        self.settle("location.href", "about:blank")
        self.ask("Page.navigate", url=url)
        self.settle("location.href !== 'about:blank' && document.readyState", "complete")  # fmt: skip
        self.settle("document.fonts.status", "loaded")

    def run(self, script: str) -> Any:
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def settle(self, script: str, wanted: object = True) -> None:  # noqa: FBT002
        """Wait until a script gives what is wanted.

        A key or a click is answered before its events (the closing of a dialog,
        a change of the address) have run, so what follows from it is waited for;
        between two pages there is nothing to ask.
        """
        until = time.monotonic() + LONGEST_WAIT_S
        while (told := self._told(script)) != wanted and time.monotonic() < until:
            time.sleep(0.02)
        assert told == wanted, script

    def _told(self, script: str) -> Any:
        try:
            return self.run(script)
        except AssertionError as error:
            return error

    def press(self, key: str) -> None:
        text = {"Enter": "\r"}.get(key, "")
        for kind in ("keyDown", "keyUp"):
            self.ask(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=KEYS[key],
                text=text if kind == "keyDown" else "",
            )

    def shoot(self, path: Path) -> None:
        data = self.ask("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser with an empty profile, ended at the end.

    Raises:
        OSError, EOFError: If it cannot run on this machine.
    """
    assert CHROMIUM
    here_out, to = os.pipe()
    back, here_in = os.pipe()
    command = (
        'exec "$0" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage'
        f' --remote-debugging-pipe --user-data-dir="$1" 3<&{here_out} 4>&{here_in}'
    )
    process = subprocess.Popen(
        ["/bin/bash", "-c", command, CHROMIUM, folder / "profile"],
        pass_fds=(here_out, here_in),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder)},
    )
    os.close(here_out)
    os.close(here_in)
    try:
        yield Browser(to, back)
    finally:
        os.close(to)
        os.close(back)
        process.kill()
        process.wait()
