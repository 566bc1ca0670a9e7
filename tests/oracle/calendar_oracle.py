"""The working-day oracle, by another publisher than our calendar data.

Needs PyPI `chinesecalendar` 1.11.0 (data 2004-2026; it raises on an unknown year) and nothing of this project.
For every date from 2007-01-01 to 2026-12-31 and n = 1..60: how many days after that date its n-th working day
lies; null when the count runs past 2026-12-31.

    python3 tests/oracle/calendar_oracle.py           writes calendar-answers.json.gz beside this script
    python3 tests/oracle/calendar_oracle.py --check   compares with what stands there
"""

import datetime
import gzip
import json
import pathlib
import sys

import chinese_calendar

FIRST, LAST, LIMIT = datetime.date(2007, 1, 1), datetime.date(2026, 12, 31), 60
ANSWERS = pathlib.Path(__file__).with_name("calendar-answers.json.gz")


def answers():
    """{from, to, limit, offsets}: offsets[i][n - 1] belongs to the i-th date and the n-th working day."""
    length = (LAST - FIRST).days + 1
    dates = [FIRST + datetime.timedelta(days=index) for index in range(length)]
    working = [chinese_calendar.is_workday(date) for date in dates]
    offsets = []
    for start in range(length):
        found = [day - start for day in range(start + 1, min(length, start + 200)) if working[day]][:LIMIT]
        offsets.append(found + [None] * (LIMIT - len(found)))
    return {"from": FIRST.isoformat(), "to": LAST.isoformat(), "limit": LIMIT, "offsets": offsets}


def main():
    made = answers()
    if "--check" in sys.argv[1:]:
        same = json.loads(gzip.decompress(ANSWERS.read_bytes())) == made
        print("the answer file is as computed" if same else "the answer file differs from what was computed")
        return 0 if same else 1
    text = json.dumps(made, separators=(",", ":")).encode()
    ANSWERS.write_bytes(gzip.compress(text, 9, mtime=0))
    print(f"{len(made['offsets'])} dates, {ANSWERS.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
