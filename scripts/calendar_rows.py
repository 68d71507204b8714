"""Write rules/calendar.csv again from the package chinesecalendar: `python -m scripts.calendar_rows`.

Run it once a year, after the State Council's notice and a new release of the package.
"""

from __future__ import annotations

import csv
from pathlib import Path

from chinese_calendar.constants import Holiday, holidays, workdays

from domain.calendar import HOLIDAY, MAKE_UP

TARGET = Path(__file__).parent.parent / "rules" / "calendar.csv"
HEADER = ("日期", "安排", "名称")


def rows() -> list[tuple[str, str, str]]:
    """Give every public holiday and make-up day the package knows, in order."""
    spoken = {holiday.value: holiday.chinese for holiday in Holiday}
    free = [(day.isoformat(), HOLIDAY, spoken[name]) for day, name in holidays.items()]
    worked = [(day.isoformat(), MAKE_UP, spoken[name]) for day, name in workdays.items()]
    return sorted(free + worked)


def main() -> None:
    """Write the table, UTF-8 with a byte order mark so that WPS opens it."""
    with TARGET.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows())


if __name__ == "__main__":
    main()
