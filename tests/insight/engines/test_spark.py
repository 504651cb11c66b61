"""Measures on Spark, with a master and two workers, are those of SQLite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.insight.engines import ledger
from tests.insight.engines.queries import QUERIES, rounded
from tests.insight.engines.same import differences
from tests.insight.engines.spark import cluster

from cannery.insight.engine import Engine
from cannery.insight.engines.ibis_engine import connected

pytestmark = [
    pytest.mark.long,
    pytest.mark.filterwarnings("default"),  # Spark's own
]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with cluster(tmp_path_factory.mktemp("spark")) as environment:
        yield environment


@pytest.fixture(scope="module")
def spark(tables: Path, environment: Mapping[str, str]) -> Iterator[Engine]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        with connected("pyspark://", tables) as engine:
            yield engine


def test_all_figures_are_the_same(sqlite: Engine, spark: Engine) -> None:
    assert differences(ledger.report(sqlite), ledger.report(spark)) == []


@pytest.mark.parametrize("select", QUERIES)
def test_a_query_means_the_same(sqlite: Engine, spark: Engine, select: str) -> None:
    assert rounded(spark.rows(select)) == rounded(sqlite.rows(select))


def test_both_workers_work(spark: Engine, environment: Mapping[str, str]) -> None:
    spark.make("spread", "SELECT ticket, COUNT(*) AS many FROM event GROUP BY ticket")
    assert spark.rows("SELECT SUM(many) FROM spread") == spark.rows("SELECT COUNT(*) FROM event")
    folder = Path(environment["SPARK_CONF_DIR"]).parent
    assert all(any(folder.glob(f"work-{number}/app-*/*/stderr")) for number in range(2))
