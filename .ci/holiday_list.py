"""Write `content/holidays.json`, which business days are reckoned by: `python .ci/holiday_list.py`.

Run it after `holidays` was upgraded: a test holds the file against the library. Neither `kb` nor a
site needs the library itself.
"""

from __future__ import annotations

import json
from pathlib import Path

import holidays

FILE = Path(__file__).parents[1] / "tool" / "cannery" / "content" / "holidays.json"
COUNTRIES = (
    "AT AU BE BR CA CH CN CZ DE DK ES FI FR GB HK HU IE IN IT JP KR LU MX NL NO NZ PL PT SE SG "
    "TW US ZA"
)
YEARS = range(2023, 2036)  # figures of support look back two years


def text() -> str:
    """The file: by country and year, each public holiday of the whole country as month and day."""
    content = {
        country: {str(year): _days(country, year) for year in YEARS}
        for country in COUNTRIES.split()
    }
    return json.dumps(content, indent=1) + "\n"


def _days(country: str, year: int) -> str:
    days = holidays.country_holidays(country, years=year)
    return " ".join(f"{day:%m%d}" for day in sorted(days) if day.year == year)


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
