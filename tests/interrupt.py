"""Ctrl+C at a question, as a person presses it."""

from __future__ import annotations

import pexpect


def interrupt(child: pexpect.spawn) -> str:
    """Press Ctrl+C at a question, and once more if need be; what was said from then to the end.

    Python forgets the first one where it comes between its last look at the signals and its read
    of the terminal: a hand is never so quick, a test on a busy machine is now and then.
    """
    for patience in (5, child.timeout):
        child.sendintr()
        if child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=patience) == 0:
            break
    child.close()
    return str(child.before)
