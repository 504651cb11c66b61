"""A Request Tracker 5 of its own on this machine: Debian's `request-tracker5` on SQLite."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from base64 import b64encode
from pathlib import Path
from typing import Any

from cannery.rest.client import Manner, PlainClient, RestError

PROGRAM = "rt-crontool-5"  # tells that the package is there: /usr/sbin is not in each user's PATH
USER, PASSWORD = "root", "password"  # those of a new installation
_SETUP = "/usr/sbin/rt-setup-database-5"
_SERVER = "/usr/share/request-tracker5/libexec/rt-server"
_SECONDS = 60.0
_SETTINGS = """
Set($rtname, 'example.org');
Set($Organization, 'example.org');
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '{folder}/rt.sqlite');
Set($WebDomain, '127.0.0.1');
Set($WebPort, {port});
Set($MailCommand, 'mbox');
Set($BcryptCost, 4);  # each request asks for it: by default it takes most of the time
Set($Timezone, 'UTC');
Set($LogToSyslog, undef);
Set($LogToFile, undef);
Set($LogToSTDERR, 'error');
$RT::VarPath = '{folder}';
$RT::MasonDataDir = '{folder}/mason';
$RT::MasonSessionDir = '{folder}/session';
1;
"""
# Users make their tokens on a page of RT: REST2 has no way to.
_GRANT = """
use lib '/usr/share/request-tracker5/lib';
use RT -init;
my $user = RT::CurrentUser->new;
$user->Load($ARGV[0]);
my ($id, $message, $token) =
    RT::AuthToken->new($user)->Create(Owner => $user->Id, Description => 'kb');
die $message unless $id;
print $token;
"""
_TEXT_FIELD = """
use lib '/usr/share/request-tracker5/lib';
use RT -init;
my $field = RT::CustomField->new(RT->SystemUser);
$field->Create(
    Name => $ARGV[0], Type => $ARGV[1], MaxValues => 1, LookupType => 'RT::Class-RT::Article'
);
my ($done, $message) = $field->AddToObject(RT::Class->new(RT->SystemUser));
die $message unless $done;
"""
_FIELD = """
use lib '/usr/share/request-tracker5/lib';
use RT -init;
my $field = RT::CustomField->new(RT->SystemUser);
$field->Create(Name => $ARGV[0], Type => 'FreeformSingle', LookupType => 'RT::Queue-RT::Ticket');
my $queue = RT::Queue->new(RT->SystemUser);
$queue->Load($ARGV[1]);
my ($done, $message) = $field->AddToObject($queue);
die $message unless $done;
"""

_GRANTS = """
use lib '/usr/share/request-tracker5/lib';
use RT -init;
my ($name, $class_name, @rights) = @ARGV;
my $user = RT::User->new(RT->SystemUser);
$user->LoadOrCreateByEmail($name);
$user->SetPrivileged(1);
my $class = RT::Class->new(RT->SystemUser);
$class->Load($class_name);
my @all = ([RT->System, 'ManageAuthTokens'], map { [$class, $_] } @rights);
for my $one (@all) {
    my ($done, $message) =
        $user->PrincipalObj->GrantRight(Object => $one->[0], Right => $one->[1]);
    die $message unless $done;
}
"""


class RequestTracker:
    """A server that runs. `token` is of its administrator."""

    def __init__(self, folder: Path) -> None:
        for name in ("settings", "mason", "session"):
            (folder / name).mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.folder = folder
        settings = folder / "site.pm"
        settings.write_text(_SETTINGS.format(folder=folder, port=port), "utf-8")
        self._environment = {
            **os.environ, "RT_SITE_CONFIG": str(settings),
            "RT_SITE_CONFIG_DIR": str(folder / "settings"), "HOME": str(folder),
        }  # fmt: skip
        self._run(_SETUP, "--action", "init", "--skip-create")
        self.token = self.new_token(USER)
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            [_SERVER, "--host", "127.0.0.1", "--port", str(port)],
            env=self._environment, stdout=self._log, stderr=self._log, start_new_session=True,
        )  # fmt: skip
        pair = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        signed = {"Authorization": f"Basic {pair}"}
        self._client = PlainClient(self.address, lambda: signed, Manner(patience=0))
        self._wait()

    def new_token(self, user: str) -> str:
        """A token that signs a user in, as its page of RT makes one."""
        return self._run("perl", "-e", _GRANT, user)

    def add_custom_field(self, name: str, queue: str) -> None:
        """Give the tickets of a queue a field: REST2 makes one, and can't put it anywhere."""
        self._run("perl", "-e", _FIELD, name, queue)

    def add_text_field(self, name: str, type_: str) -> None:
        """Give all articles another field, of the type `HTML` or `Text`."""
        self._run("perl", "-e", _TEXT_FIELD, name, type_)

    def new_user(self, email: str, article_class: str, *rights: str) -> str:
        """Make a user who has rights of a class of articles; the token that signs it in."""
        self._run("perl", "-e", _GRANTS, email, article_class, *rights)
        return self.new_token(email)

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """What the server answers to its administrator, who signs in with a password."""
        return self._client.ask(method, f"/REST/2.0/{path}", body).content

    def mails(self) -> str:
        """What RT has mailed so far."""
        return "".join(one.read_text("utf-8") for one in sorted(self.folder.glob("*.mbox")))

    def end(self) -> None:
        self._client.close()
        self._process.terminate()
        self._process.wait(_SECONDS)
        self._log.close()

    def _run(self, *command: str) -> str:
        return subprocess.check_output(command, env=self._environment, text=True)

    def _wait(self) -> None:
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                self.ask("GET", "rt")
            except RestError:
                time.sleep(0.1)
            else:
                return
        self.end()
        raise RuntimeError((self.folder / "log").read_text("utf-8", "replace"))
