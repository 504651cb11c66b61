"""How well search ranks, on sets with judgements. See README.md beside this file.

A set is a folder with docs.jsonl.gz, queries.jsonl.gz and qrels.tsv.gz. Each document becomes an
article file, and each query goes through the product's own search.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import cannery

CUT = 10
Run = dict[str, list[tuple[str, float]]]
Judged = dict[str, dict[str, int]]


def read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def judgements(path: Path) -> Judged:
    found: Judged = defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            query, document, grade = (*line.split(),)[:3]
            if grade.lstrip("-").isdigit():  # not a heading
                found[query][document] = max(int(grade), found[query].get(document, 0))
    return {query: grades for query, grades in found.items() if any(grades.values())}


def search(folder: Path, root: Path) -> tuple[Run, float]:
    """The run of a set, and the mean seconds of a query."""
    names = write(folder, root)
    run: Run = {}
    with cannery.open(root) as base:
        base.search("warm")
        start = time.perf_counter()
        queries = read(folder / "queries.jsonl.gz")
        for query in queries:
            hits = base.search(query["text"], fresh=False, limit=CUT)
            run[query["id"]] = [(names[hit.at.id], hit.score) for hit in hits]
        return run, (time.perf_counter() - start) / len(queries)


def write(folder: Path, root: Path) -> dict[str, str]:
    """Make a knowledge base of a set's documents; their ids there, by the articles' ids."""
    names: dict[str, str] = {}
    (root / "kb" / "articles").mkdir(parents=True)
    (root / "kb" / "kb.toml").touch()
    for number, document in enumerate(read(folder / "docs.jsonl.gz")):
        names[f"articles/{number}"] = document["id"]
        front = json.dumps({"title": document.get("title") or f"{number}"}, ensure_ascii=False)
        text = document.get("text", "")
        (root / "kb" / "articles" / f"{number}.md").write_text(f"---\n{front}\n---\n{text}\n")
    return names


def measures(run: Run, judged: Judged) -> tuple[float, float, float]:
    """nDCG, MRR and recall at 10, means over the judged queries.

    Ties are broken as trec_eval breaks them: by the document's id, the last first.
    """
    sums = [0.0, 0.0, 0.0]
    for query, grades in judged.items():
        ranked = sorted(run.get(query, []), key=lambda hit: (hit[1], hit[0]), reverse=True)
        gains = [max(grades.get(document, 0), 0) for document, _ in ranked][:CUT]
        ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
        best = sum(grade / math.log2(at + 2) for at, grade in enumerate(ideal[:CUT]))
        sums[0] += sum(gain / math.log2(at + 2) for at, gain in enumerate(gains)) / best
        sums[1] += next((1 / (at + 1) for at, gain in enumerate(gains) if gain), 0.0)
        sums[2] += sum(gain > 0 for gain in gains) / len(ideal)
    return sums[0] / len(judged), sums[1] / len(judged), sums[2] / len(judged)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path)
    parser.add_argument("--set", dest="name", default="")
    parser.add_argument("--runs", type=Path, help="a folder to write run files to")
    asked = parser.parse_args()
    sys.stdout.write(f"{'set':<26}{'nDCG@10':>9}{'MRR@10':>9}{'R@10':>9}{'ms/query':>10}\n")
    for folder in sorted(asked.sets.iterdir()):
        if asked.name in ("", folder.name) and (folder / "docs.jsonl.gz").exists():
            with tempfile.TemporaryDirectory() as place:
                os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
                run, seconds = search(folder, Path(place) / "base")
            found = measures(run, judgements(folder / "qrels.tsv.gz"))
            figures = "".join(f"{figure:9.4f}" for figure in found)
            sys.stdout.write(f"{folder.name:<26}{figures}{seconds * 1000:10.1f}\n")
            sys.stdout.flush()
            if asked.runs:
                asked.runs.mkdir(exist_ok=True)
                lines = [f"{q} {d} {s}" for q, hits in run.items() for d, s in hits]
                (asked.runs / f"{folder.name}.run").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
