"""How long a template may keep `kb` busy before its bounds stop it. See README.md beside this file.

python -m tests.benchmarks.hostile
"""

from __future__ import annotations

import sys
import time

from tests.liquid.test_template import EN, HOSTILE, filled

from cannery.errors import TemplateError


def seconds(text: str) -> float:
    """The processor's time until the template is refused; a template that is not is a fault."""
    start = time.process_time()
    try:
        filled(text, EN)
    except TemplateError:
        return time.process_time() - start
    raise SystemExit(f"nothing stops {text[:60]!r}")


if __name__ == "__main__":
    for name, text in HOSTILE.items():
        sys.stdout.write(f"| {name} | {seconds(text):.2f} s |\n")
