"""A small site, built and served on this machine while a test module runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.workspace import open_workspace

_ROOT = Path(__file__).parents[2]


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def send_error(self, code: int, *_: Any, **__: Any) -> None:  # noqa: ANN401
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((Path(self.directory) / "404.html").read_bytes())


def build(root: Path, files: Mapping[str, str], audience: Audience = Audience.PUBLIC) -> Path:
    """Write a knowledge base of these files below kb/, and build its site; the site's folder."""
    shutil.copy(_ROOT / "mkdocs.yml", root)
    for name, text in files.items():
        (root / "kb" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "kb" / name).write_text(text, "utf-8")
    build_site(open_workspace(root), audience, root / "out", mode=Mode(alone=True))
    return root / "out"


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address of a folder, while the block runs."""
    handler = partial(_Handler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
