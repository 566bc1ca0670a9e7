#!/usr/bin/env python3
"""Oracle for `gongshu clock play`: answers scenarios from the requirements alone.

Usage: clock_play_oracle.py [FILE]      (a JSON list of scenarios, plain or .gz; stdin without FILE)
Prints {name: [{accepted, code, state, lastDay, deadline, provisional, extension}, ...]}.

Written from requirements.md ("Read with care", "Open points"), design.md section 4 and the text of
the Zhongwei measures, article 21. It shares no code and no calendar data with the product. The base
calendar 2007-2026 comes from the PyPI package `chinesecalendar`. Where the texts leave a question
open, the reading is numbered in AMBIGUITIES.md, and the number stands here in brackets.
"""
import gzip
import json
import sys
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

import chinese_calendar

BEIJING = timezone(timedelta(hours=8))  # Asia/Shanghai has had no other offset since 1992
DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2007, 2026


class Unknown(Exception):
    """A day had to be judged that lies in a year without a published calendar."""


@lru_cache(maxsize=None)
def base_workday(day):
    return chinese_calendar.is_workday(day)


class Calendar:
    def __init__(self):
        self.years = {}  # published by the scenario: year -> (holidays, working weekend days)
        self.edits = {}  # single days changed by the scenario: day -> is a workday

    def change(self, changes):
        for change in changes:
            self.edits[date.fromisoformat(change["date"])] = {"workday": True, "holiday": False}[change["to"]]

    def publish(self, year, holidays, working_weekends):
        holidays = {date.fromisoformat(d) for d in holidays}
        working_weekends = {date.fromisoformat(d) for d in working_weekends}
        # the notice is the newest word on its year: earlier single edits of that year are gone [38, 39]
        self.edits = {d: w for d, w in self.edits.items() if d.year != year}
        self.years[year] = (holidays, working_weekends)
        # a notice may also speak about days of the year next to its own [40]
        self.edits.update({d: False for d in holidays if d.year != year})
        self.edits.update({d: True for d in working_weekends if d.year != year})

    def is_workday(self, day):
        published = self.years.get(day.year)
        if published is None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Unknown(day)  # an edit of a single day does not publish a year [38]
        if day in self.edits:
            return self.edits[day]
        if published is None:
            return base_workday(day)
        holidays, working_weekends = published
        if day in working_weekends:
            return True
        return day.weekday() < 5 and day not in holidays

    def nth(self, start, n):
        """The n-th working day after `start`. For n <= 0: so far back that nth(nth(s, n), m) == nth(s, n + m)."""
        day = start
        if n >= 1:
            while n:
                day += DAY
                n -= self.is_workday(day)
            return day
        while not self.is_workday(day):
            day -= DAY
        while n:
            day -= DAY
            n += self.is_workday(day)
        return day

    def next(self, day):
        return self.nth(day, 1)

    def roll(self, day):
        return day if self.is_workday(day) else self.next(day)

    def count(self, first, last):
        """Working days from first to last, both included."""
        total, day = 0, first
        while day <= last:
            total += self.is_workday(day)
            day += DAY
        return total


class Segment:
    """A stretch of running clock: from acceptance, or from the resubmission that set it going again."""

    def __init__(self, start, resumes):
        self.start = start        # the day of acceptance or resubmission: itself never counted
        self.resumes = resumes    # True: what the segment before had left; False: the plain budget
        self.additions = []       # ("extension", days) and ("floor", day of the act), in order
        self.returned_on = None   # the day of the return for correction that ended it


FINAL = {"approved", "refused", "deemedApproved", "deemedRefused", "withdrawn"}
BY_SILENCE = {"consent": "deemedApproved", "refusal": "deemedRefused", "overdue": "overdue"}


class Refused(Exception):
    """An act that does not count; carries its code."""


class Turn:
    def __init__(self, pack):
        self.budget = pack["budget"]
        self.working = {"workingDays": True, "calendarDays": False}[pack["unit"]]
        self.correction = pack["correction"]
        self.extension_pack = pack["extension"]
        self.on_silence = pack["onSilence"]
        self.calendar = Calendar()
        self.state = None
        self.segments = []
        self.ids = {}             # every correction ever asked for: id -> still out?
        self.batch = []           # the effects of all corrections of the present suspension
        self.extension = None     # the state of the latest request
        self.requests = 0
        self.requested = None     # days of the pending request
        self.hold_floors = []     # days after which a pending request holds on for one more working day
        self.frozen = None        # (last day, provisional) once the clock has ended

    # -- dates -----------------------------------------------------------------------------------

    def _add(self, last, days):
        """`days` more than a period that ends on `last`: (end before moving off a rest day, end)."""
        if self.working:
            end = self.calendar.nth(last, days)
            return end, end
        return last + days * DAY, self.calendar.roll(last + days * DAY)

    def _end(self, index):
        """(end before moving off a rest day, last day) of a segment, a pending request left aside."""
        segment = self.segments[index]
        days = self._left(index - 1) if segment.resumes else self.budget
        if days >= 1 or self.working:
            raw, last = self._add(segment.start, days)
        else:
            raw = last = segment.start + days * DAY
        for kind, value in segment.additions:
            if kind == "extension":
                raw, last = self._add(last, value)
            else:
                floor = self.calendar.next(value)
                if floor > last:
                    raw = last = floor
        return raw, last

    def _left(self, index):
        """Days a segment had left when it was returned; the day of the return is given back [16-18]."""
        segment = self.segments[index]
        raw, last = self._end(index)
        first = max(segment.returned_on, segment.start + DAY)  # the start day was never counted
        if self.working:
            if first <= last:
                return self.calendar.count(first, last)
            return -self.calendar.count(last + DAY, first - DAY)
        if first <= last:
            return max(1, (raw - first).days + 1)
        return (last - first).days + 1

    def _own_last_day(self):
        return self._end(len(self.segments) - 1)[1]

    def _last_day(self):
        """The last day before silence may speak; with a request pending, the requested date."""
        last = self._own_last_day()
        if self.requested is not None:
            last = self._add(last, self.requested)[1]
            for day in self.hold_floors:
                last = max(last, self.calendar.next(day))
        return last

    def standing(self):
        """(last day, provisional), as the ledger and the calendar stand."""
        if self.frozen is not None:
            return self.frozen
        if self.state is None or self.state == "suspended":
            return None, False
        try:
            return self._last_day(), False
        except Unknown:
            return None, True

    # -- time ------------------------------------------------------------------------------------

    def advance(self, at):
        """Silence speaks at the deadline, never before, never on a provisional date."""
        if self.state != "running":
            return
        last, _ = self.standing()
        if last is not None and instant(last) <= at:
            if self.requested is not None:
                self.extension, self.requested = "lapsed", None
            self._stop(BY_SILENCE[self.on_silence], (last, False))

    def _stop(self, state, frozen=None):
        self.frozen = frozen if frozen is not None else self.standing()
        self.state = state

    def _settle(self, at):
        """Nothing puts the deadline into the past: then the end of the next working day."""
        if self.state != "running":
            return
        last, _ = self.standing()
        if last is None or instant(last) > at:
            return
        if self.requested is not None:
            self.hold_floors.append(at.date())
        else:
            self.segments[-1].additions.append(("floor", at.date()))

    # -- acts ------------------------------------------------------------------------------------

    def step(self, step):
        at = datetime.fromisoformat(step["at"]).astimezone(BEIJING)
        self.advance(at)
        code = None
        try:
            self._act(step["event"], step, at)
            self._settle(at)
        except Refused as refusal:
            code = refusal.args[0]
        last, provisional = self.standing()
        return {
            "accepted": code is None,
            "code": code,
            "state": self.state,
            "lastDay": last and last.isoformat(),
            "deadline": last and instant(last).isoformat(),
            "provisional": None if self.state is None else provisional,
            "extension": self.extension,
        }

    def _act(self, event, step, at):
        today = at.date()
        if event == "probe":
            return
        if event == "calendar":
            self.calendar.change(step["changes"])
            return
        if event == "publishYear":
            self.calendar.publish(step["year"], step["holidays"], step["workingWeekends"])
            return

        if event == "accept":
            if self.state is not None:
                raise Refused("alreadyAccepted")
            self.state = "running"
            self.segments.append(Segment(today, resumes=False))
            return
        if self.state is None:
            raise Refused("notAccepted")
        if event == "reopen":
            raise Refused("cannotReopen")
        if self.state == "withdrawn":
            raise Refused("withdrawn")
        if self.state in ("approved", "refused"):
            raise Refused("alreadyDecided")
        if self.state in FINAL:
            raise Refused("deadlinePassed")

        if event == "withdraw":
            self._stop("withdrawn")
            return
        if event == "decide":
            if self.state == "suspended":
                raise Refused("suspended")
            self._stop({"approve": "approved", "refuse": "refused"}[step["outcome"]])
            return
        if self.state == "overdue":
            raise Refused("deadlinePassed")  # only a decision or a withdrawal is still taken

        if event == "return":
            effect = self.correction if isinstance(self.correction, str) else self.correction[step["kind"]]
            if step["id"] in self.ids:
                raise Refused("alreadyReturned")
            self.ids[step["id"]] = True
            if self.state == "running":
                self.state, self.batch = "suspended", []
                self.segments[-1].returned_on = today
            self.batch.append(effect)
            return
        if event == "resubmit":
            if not self.ids.get(step["id"]):
                raise Refused("notReturned")
            self.ids[step["id"]] = False
            if not any(self.ids.values()):
                self.state = "running"
                self.segments.append(Segment(today, resumes="restart" not in self.batch))
            return

        if self.state == "suspended":
            raise Refused("suspended")
        if event == "requestExtension":
            if self.requested is not None:
                raise Refused("extensionPending")
            if self.requests >= self.extension_pack["max"]:
                raise Refused("extensionLimit")
            if step["days"] > self.extension_pack["limitDays"]:
                raise Refused("extensionTooLong")
            self.requests += 1
            self.extension, self.requested, self.hold_floors = "pending", step["days"], []
            return
        if event not in ("grantExtension", "refuseExtension"):
            raise ValueError(f"unknown event {event!r}")
        if self.requested is None:
            raise Refused("noExtensionPending")
        if event == "grantExtension":
            if step["days"] > self.requested:
                raise Refused("grantExceedsRequest")
            self.segments[-1].additions.append(("extension", step["days"]))
            self.extension, self.requested = "granted", None
        else:
            self.extension, self.requested = "refused", None


def instant(last_day):
    """24:00 of a day."""
    return datetime(last_day.year, last_day.month, last_day.day, tzinfo=BEIJING) + DAY


def play(scenario):
    turn = Turn(scenario["pack"])
    return [turn.step(step) for step in scenario["steps"]]


def main():
    if len(sys.argv) > 1:
        opener = gzip.open if sys.argv[1].endswith(".gz") else open
        with opener(sys.argv[1], "rt", encoding="utf-8") as file:
            scenarios = json.load(file)
    else:
        scenarios = json.load(sys.stdin)
    answers = {scenario["name"]: play(scenario) for scenario in scenarios}
    json.dump(answers, sys.stdout, ensure_ascii=False, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
