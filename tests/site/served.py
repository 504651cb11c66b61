"""A small site, built and served on this machine while a test module runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from typing import Any

from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.workspace import open_workspace

_ROOT = Path(__file__).parents[2]


# What a builder has to say of a site at the least.
MKDOCS = """site_name: Help
docs_dir: .site/docs
theme: {name: material, custom_dir: .site/theme}
nav: [index.md]
not_in_nav: "*"
plugins: [cannery]
"""


class _Handler(SimpleHTTPRequestHandler):
    """Files, each with the same headers, and the site's own page where there is none."""

    def __init__(self, *args: Any, lost: str, headers: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401
        self._lost, self._more = lost, headers
        super().__init__(*args, **kwargs)

    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        if "/assets/" in self.path:  # else a browser asks again for a page's twenty files
            self.send_header("Cache-Control", "max-age=600")
        for name, value in self._more.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        page = Path(self.directory) / self._lost
        if not page.is_file():
            super().send_error(code, *args, **kwargs)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())


def build(root: Path, files: Mapping[str, str], audience: Audience = Audience.PUBLIC) -> Path:
    """Write a knowledge base of these files below kb/, and build its site; the site's folder."""
    shutil.copy(_ROOT / "mkdocs.yml", root)
    for name, text in files.items():
        (root / "kb" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "kb" / name).write_text(text, "utf-8")
    build_site(open_workspace(root), audience, root / "out", mode=Mode(alone=True))
    return root / "out"


@contextmanager
def serve(
    folder: Path, lost: str = "404.html", headers: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """The address of a folder, while the block runs; `lost` is its page for what is not there."""
    handler = partial(_Handler, directory=str(folder), lost=lost, headers=headers)
    with running(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as address:
        yield address


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[str]:
    """The address of a server, which answers while the block runs."""
    thread = Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
