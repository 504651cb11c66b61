"""A django-helpdesk of its own on this machine: installed once from PyPI, in a venv of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from base64 import b64encode
from pathlib import Path
from typing import Any

from cannery.rest.client import Manner, PlainClient, RestError

VERSION = "2.6.1"
USER, PASSWORD = "root", "password"
_SECONDS = 60.0
_SETTINGS = """
from pathlib import Path

_HERE = Path(__file__).parent
SECRET_KEY = "only-for-this-test-and-on-this-machine"
ALLOWED_HOSTS = ["127.0.0.1"]
_CONTRIB = ("auth", "contenttypes", "sessions", "messages", "staticfiles", "sites", "humanize", "admin")
INSTALLED_APPS = [*(f"django.contrib.{name}" for name in _CONTRIB), "rest_framework", "helpdesk"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "desk_urls"
_CONTEXT = (
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
)
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": _CONTEXT},
}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": _HERE / "db.sqlite"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
STATIC_URL = "/static/"
SITE_ID = 1
USE_TZ = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = _HERE / "mails"
MEDIA_ROOT = _HERE / "media"
HELPDESK_TEAMS_MODE_ENABLED = False
"""
_URLS = """
from django.urls import include, path

urlpatterns = [path("helpdesk/", include("helpdesk.urls", namespace="helpdesk"))]
"""
_FIRST = """
import sys

import django

django.setup()

from django.contrib.auth import get_user_model
from helpdesk.models import CustomField, Queue

get_user_model().objects.create_superuser(sys.argv[1], "root@x.example", sys.argv[2])
Queue.objects.create(title="Support", slug="support", email_address="desk@x.example")
CustomField.objects.create(
    name="plan", label="Plan", data_type="varchar", max_length=40, required=False, help_text=""
)
"""


def build(cache: Path) -> Path:
    """The Python of a venv that has it; made unless it is in the cache."""
    folder = cache / f"django-helpdesk-{VERSION}"
    python = folder / "bin" / "python"
    if not (folder / "done").exists():
        subprocess.check_call([sys.executable, "-m", "venv", "--clear", folder])
        wanted = f"django-helpdesk=={VERSION}"
        subprocess.check_call([python, "-m", "pip", "install", "-q", wanted])
        (folder / "done").touch()
    return python


class DjangoHelpdesk:
    """A server that runs. It is below a path, as most are."""

    def __init__(self, python: Path, folder: Path) -> None:
        self._python, self._folder = str(python), folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/helpdesk"
        (folder / "desk_settings.py").write_text(_SETTINGS.lstrip(), "utf-8")
        (folder / "desk_urls.py").write_text(_URLS.lstrip(), "utf-8")
        self._environment = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "desk_settings", "PYTHONPATH": str(folder),
        }  # fmt: skip
        self._run("-m", "django", "migrate", "-v0")
        self._run("-c", _FIRST, USER, PASSWORD)
        self._process = subprocess.Popen(
            [self._python, "-m", "django", "runserver", "--noreload", f"127.0.0.1:{port}"],
            env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        pair = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        signed = {"Authorization": f"Basic {pair}"}
        self.client = PlainClient(self.address, lambda: signed, Manner(patience=0))
        self._wait()

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        return self.client.ask(method, path, body).content

    def mails(self) -> str:
        """What it has mailed so far."""
        folder = self._folder / "mails"
        return "".join(one.read_text("utf-8") for one in sorted(folder.glob("*")))

    def end(self) -> None:
        self.client.close()
        self._process.terminate()
        self._process.wait(_SECONDS)

    def _run(self, *arguments: str) -> None:
        subprocess.check_call([self._python, *arguments], env=self._environment)

    def _wait(self) -> None:
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                self.ask("GET", "/api/tickets/")
            except RestError:
                time.sleep(0.1)
            else:
                return
        self.end()
        raise RuntimeError("django-helpdesk does not answer")
