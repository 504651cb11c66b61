"""pyperclip as a program: `copy` takes the text from stdin, `paste` writes it to stdout.

A process of its own, because pyperclip waits for a hanging display for ever.
"""

from __future__ import annotations

import sys


def main() -> int:
    import pyperclip

    try:
        if sys.argv[1] == "copy":
            pyperclip.copy(sys.stdin.buffer.read().decode())
        else:
            sys.stdout.buffer.write(pyperclip.paste().encode())
    except pyperclip.PyperclipException as error:
        sys.stderr.write(str(error).strip().splitlines()[0] + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
