"""What becomes of a sign-in when kb is killed while it gets the next pair of tokens.

python tests/benchmarks/desk_tokens.py [--kills 200] [--at-once 2] [--signal SIGKILL]
A Zendesk on loopback gives the pairs, and each refresh kills the pair before. Processes of kb begin
a refresh together, and one of them is killed a random moment later: the others must go on with the
pair that is kept, nothing may be damaged or stay locked, and no pair may be lost but one that
Zendesk had given and nobody had written down. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter

from tests.desks.zendesk.fake import FakeZendesk
from tests.desks.zendesk.oauth import Refresh

from cannery.rest import credentials
from cannery.rest.credential import Credential

CHILD = """
import sys
from cannery.rest.sign_in import SIGN_INS
from cannery.rest.signer import NotSignedInError, Target, signer_for
signer = signer_for(Target("zendesk", sys.argv[1], SIGN_INS["oauth"], "cannery"))
print("ready", flush=True)
sys.stdin.readline()
try:
    print(signer.headers()["Authorization"].split()[1])
except NotSignedInError:
    print("ended")
"""
_LONGEST = 0.02  # seconds until a kill
_RANDOM = random.Random(7)  # noqa: S311 - the same moments each time


def _signed_in(fake: FakeZendesk) -> Credential:
    """A pair whose token is about to end."""
    token, refresh = fake.oauth.token(), os.urandom(12).hex()
    fake.oauth.refreshes[refresh] = Refresh(token, "cannery", "read write")
    made = Credential("oauth", token, refresh=refresh, expires=1.0, client_id="cannery")
    with credentials.locked():
        credentials.keep(fake.address, made)
    return made


def _child(fake: FakeZendesk) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, fake.address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    assert child.stdout.readline() == "ready\n", child.communicate()
    return child


def _round(fake: FakeZendesk, at_once: int, number: int) -> str:
    """One kill: what became of the sign-in."""
    before = _signed_in(fake)
    children = [_child(fake) for _ in range(at_once)]
    for child in children:
        assert child.stdin
        child.stdin.write("\n")
        child.stdin.flush()
    time.sleep(_RANDOM.uniform(0, _LONGEST))
    children[0].send_signal(number)
    told = [child.communicate() for child in children]
    if faults := [
        err for (_, err), child in zip(told, children, strict=True) if child.returncode > 0
    ]:
        return f"FAULT: {faults[0].strip().splitlines()[-1]}"
    kept = credentials.stored(fake.address)
    assert kept, "damaged"
    answers = {out.strip() for out, _ in told[1:]}
    if answers == {kept.token} and kept.refresh in fake.oauth.refreshes:
        return "went on with one pair"
    if answers == {"ended"} and kept == before and before.refresh not in fake.oauth.refreshes:
        return "lost between Zendesk's answer and the disk"
    return f"FAULT: {answers}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--signal", default="SIGKILL")
    options = parser.parse_args()
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "XDG_STATE_HOME": f"{home}/state",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        fake = FakeZendesk()
        fake.start()
        for _ in range(options.kills):
            outcomes[_round(fake, options.at_once, getattr(signal, options.signal))] += 1
        fake.stop()
    for outcome, count in outcomes.most_common():
        sys.stdout.write(f"{count:>5}  {outcome}\n")
    return int(any(outcome.startswith("FAULT") for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
