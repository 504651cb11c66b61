"""How well searches about the same are put together, in English and Japanese.

python tests/benchmarks/gaps.py CONTENT [--half held|tuned]

`CONTENT` is a folder that holds kb/: its synonyms and its entries join what is asked in two
languages. The searches are in gaps/queries.tsv, each with what it is about; thresholds were chosen
by the half called `tuned`, which has topics of its own.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import log
from pathlib import Path

from cannery.insight.gaps.question import Question
from cannery.operations.insight_gaps import groups
from cannery.workspace import open_workspace

_QUERIES = Path(__file__).with_name("gaps") / "queries.tsv"


def labelled(half: str) -> dict[str, str]:
    """What each search of a half is about."""
    rows = (line.split("\t") for line in _QUERIES.read_text("utf-8").splitlines())
    return {query: topic for name, topic, query in rows if name == half}


def pairwise(labels: Sequence[object], found: Sequence[object]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs that are put together."""
    pairs = [
        (labels[a] == labels[b], found[a] == found[b])
        for a, b in combinations(range(len(labels)), 2)
    ]
    right = sum(is_same and is_found for is_same, is_found in pairs)
    precision = right / (sum(is_found for _, is_found in pairs) or 1)
    recall = right / (sum(is_same for is_same, _ in pairs) or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def v_measure(labels: Sequence[object], found: Sequence[object]) -> tuple[float, float, float]:
    """Homogeneity, completeness and V of Rosenberg and Hirschberg, 2007."""
    homogeneity = 1 - _given(labels, found) / (_entropy(labels) or 1)
    completeness = 1 - _given(found, labels) / (_entropy(found) or 1)
    both = homogeneity + completeness
    return homogeneity, completeness, 2 * homogeneity * completeness / (both or 1)


def _entropy(names: Sequence[object]) -> float:
    return -sum(n / len(names) * log(n / len(names)) for n in Counter(names).values())


def _given(names: Sequence[object], others: Sequence[object]) -> float:
    whole, sizes = len(names), Counter(others)
    pairs = Counter(zip(names, others, strict=True))
    return -sum(n / whole * log(n / sizes[other]) for (_, other), n in pairs.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content", type=Path)
    parser.add_argument("--half", default="held", choices=["held", "tuned"])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {f"XDG_{name}_HOME": folder for name in ("CACHE", "CONFIG", "STATE")}
        topics = labelled(asked.half)
        now = time.time()
        questions = [Question(text, now, "search") for text in topics]
        found = groups(open_workspace(asked.content), questions)
    group_of = {
        question.text: number for number, group in enumerate(found) for question in group.asked
    }
    labels = [*topics.values()]
    numbers = [group_of[text] for text in topics]
    lines = (
        f"{asked.half}: {len(topics)} searches, {len(set(labels))} topics, {len(found)} groups",
        "pairs: precision {:.2f}, recall {:.2f}, F1 {:.2f}".format(*pairwise(labels, numbers)),
        "homogeneity {:.2f}, completeness {:.2f}, V {:.2f}".format(*v_measure(labels, numbers)),
    )
    sys.stdout.write("\n".join((*lines, "")))


if __name__ == "__main__":
    main()
