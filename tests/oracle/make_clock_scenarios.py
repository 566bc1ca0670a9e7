#!/usr/bin/env python3
"""Makes clock-scenarios.json.gz and clock-answers.json.gz (see README.md). The same bytes every time."""
import gzip
import json
import random
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

from clock_play_oracle import BEIJING, DAY, FINAL, Calendar, Turn, instant, play

HERE = Path(__file__).resolve().parent
SEED = 20240301
RANDOM_SCENARIOS = 3000

HAND = []
EXPECTED = []  # written down by hand, before any run: (scenario, step, field, value)


def pack(budget=10, unit="workingDays", correction="resume", max=1, limit=10, silence="consent"):
    return {"budget": budget, "unit": unit, "correction": correction,
            "extension": {"max": max, "limitDays": limit}, "onSilence": silence}


def at(text):
    """'2025-03-03 10:00[:00[.000]]' in Beijing time, or an RFC 3339 instant as it stands."""
    if "T" in text:
        return text
    day, time = text.split(" ")
    return f"{day}T{time if time.count(':') == 2 else time + ':00'}+08:00"


def scene(name, the_pack, *steps, expect=()):
    """steps: (when, event, {fields}); expect: (step number, field, value)."""
    HAND.append({"name": name, "pack": the_pack,
                 "steps": [{"at": at(s[0]), "event": s[1], **(s[2] if len(s) > 2 else {})} for s in steps]})
    EXPECTED.extend((name, *e) for e in expect)


def edges(name, the_pack, before_steps, last_day, event, fields=None, codes=(None, None, None), after=()):
    """One scenario each a second before, at, and a second after 24:00 of last_day."""
    end = instant(date.fromisoformat(last_day))
    for label, moment, code in (("second-before", end - timedelta(seconds=1), codes[0]),
                                ("exactly-2400", end, codes[1]),
                                ("second-after", end + timedelta(seconds=1), codes[2])):
        stamp = moment.isoformat(timespec="milliseconds")
        scene(f"{name}-{label}", the_pack, *before_steps, (stamp, event, fields or {}), *after,
              expect=[(len(before_steps), "code", code)])


APPROVE, REFUSE = {"outcome": "approve"}, {"outcome": "refuse"}
R1, R2 = {"id": "c1", "kind": "material"}, {"id": "c2", "kind": "scope"}
MIXED = {"material": "resume", "scope": "restart"}


def publish_2027(holidays=("2027-01-01", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11"),
                 weekends=("2027-02-14",)):
    return {"year": 2027, "notice": "test notice 2027", "holidays": list(holidays), "workingWeekends": list(weekends)}


def hand_written():
    accept = ("2025-03-03 10:00", "accept")  # a Monday; ten working days end on 2025-03-17

    # -- Read with care: the clock ---------------------------------------------------------------
    scene("day-one-is-the-working-day-after-acceptance", pack(), accept, ("2025-03-17 23:59:59.999", "probe"),
          expect=[(0, "lastDay", "2025-03-17"), (0, "deadline", "2025-03-18T00:00:00+08:00"), (1, "state", "running")])
    scene("accepted-at-2359", pack(), ("2025-03-03 23:59:59.999", "accept"), expect=[(0, "lastDay", "2025-03-17")])
    scene("accepted-at-midnight", pack(), ("2025-03-04 00:00:00.000", "accept"), expect=[(0, "lastDay", "2025-03-18")])
    scene("accepted-in-utc-before-midnight", pack(), ("2025-03-03T15:59:59Z", "accept"),
          expect=[(0, "lastDay", "2025-03-17")])
    scene("accepted-in-utc-at-midnight", pack(), ("2025-03-03T16:00:00Z", "accept"),
          expect=[(0, "lastDay", "2025-03-18")])
    scene("accepted-on-a-holiday", pack(budget=5), ("2024-10-02 10:00", "accept"),
          expect=[(0, "lastDay", "2024-10-12")])  # 8, 9, 10, 11 and the working Saturday 12
    scene("spring-festival-2020-as-amended", pack(), ("2020-01-20 10:00", "accept"),
          expect=[(0, "lastDay", "2020-02-11")])  # 21-23, then 3-7, 10, 11
    scene("national-day-2025", pack(), ("2025-09-26 10:00", "accept"),
          expect=[(0, "lastDay", "2025-10-16")])  # Sun 28, 29, 30, 9, 10, Sat 11, 13-16
    scene("working-weekend-day-is-day-one", pack(budget=3), ("2024-02-02 17:00", "accept"),
          expect=[(0, "lastDay", "2024-02-06")])  # Sun 4, 5, 6
    scene("working-weekend-day-is-last-day", pack(budget=4), ("2025-09-29 09:00", "accept"),
          ("2025-10-11 23:59:59", "decide", REFUSE),
          expect=[(0, "lastDay", "2025-10-11"), (1, "state", "refused")])  # 30, 9, 10, Sat 11
    scene("accepted-on-a-working-weekend-day", pack(budget=1), ("2025-10-11 09:00", "accept"),
          expect=[(0, "lastDay", "2025-10-13")])
    scene("spring-festival-2026", pack(budget=5), ("2026-02-13 09:00", "accept"),
          expect=[(0, "lastDay", "2026-02-27")])  # Sat 14, 24-27
    scene("victory-day-2015", pack(budget=3), ("2015-09-02 09:00", "accept"),
          expect=[(0, "lastDay", "2015-09-08")])  # Sun 6, 7, 8
    scene("year-end-inside-published-years", pack(), ("2024-12-25 09:00", "accept"),
          expect=[(0, "lastDay", "2025-01-09")])  # 26, 27, 30, 31, 2, 3, 6-9
    scene("thirty-calendar-days", pack(30, "calendarDays", silence="overdue"), ("2025-06-03 10:00", "accept"),
          expect=[(0, "lastDay", "2025-07-03")])
    scene("calendar-days-accepted-before-a-rest-day", pack(30, "calendarDays", silence="overdue"),
          ("2025-06-06 10:00", "accept"), expect=[(0, "lastDay", "2025-07-07")])  # 7-06 is a Sunday
    scene("calendar-days-end-on-a-holiday", pack(30, "calendarDays", silence="overdue"),
          ("2025-09-01 10:00", "accept"), expect=[(0, "lastDay", "2025-10-09")])  # 10-01
    scene("calendar-days-end-on-a-working-weekend-day", pack(30, "calendarDays", silence="overdue"),
          ("2025-08-29 10:00", "accept"), expect=[(0, "lastDay", "2025-09-28")])
    for silence, state in (("consent", "deemedApproved"), ("refusal", "deemedRefused"), ("overdue", "overdue")):
        scene(f"silence-is-{silence}", pack(silence=silence), accept,
              ("2025-03-17 23:59:59", "probe"), ("2025-03-18 00:30", "probe"), ("2025-04-18 09:00", "probe"),
              expect=[(1, "state", "running"), (2, "state", state)])
    scene("silence-at-exactly-2400-seen-by-a-probe", pack(), accept, ("2025-03-18 00:00:00.000", "probe"))

    # -- The deadline instant decides ------------------------------------------------------------
    edges("refusal-where-silence-is-consent", pack(), [accept], "2025-03-17", "decide", REFUSE,
          (None, "deadlinePassed", "deadlinePassed"), [("2025-03-20 09:00", "probe")])
    edges("approval-where-silence-is-refusal", pack(silence="refusal"), [accept], "2025-03-17", "decide", APPROVE,
          (None, "deadlinePassed", "deadlinePassed"), [("2025-03-20 09:00", "probe")])
    edges("decision-where-silence-is-overdue", pack(silence="overdue"), [accept], "2025-03-17", "decide", APPROVE,
          (None, None, None))
    edges("extension-request", pack(), [accept], "2025-03-17", "requestExtension", {"days": 5},
          (None, "deadlinePassed", "deadlinePassed"), [("2025-03-21 09:00", "probe"), ("2025-03-25 09:00", "probe")])
    edges("extension-request-where-silence-is-overdue", pack(silence="overdue"), [accept], "2025-03-17",
          "requestExtension", {"days": 5}, (None, "deadlinePassed", "deadlinePassed"),
          [("2025-04-01 09:00", "decide", REFUSE)])
    edges("return-where-silence-is-overdue", pack(silence="overdue"), [accept], "2025-03-17", "return", R1,
          (None, "deadlinePassed", "deadlinePassed"))
    edges("withdrawal", pack(), [accept], "2025-03-17", "withdraw", {}, (None, "deadlinePassed", "deadlinePassed"))
    scene("overdue-takes-a-withdrawal", pack(silence="overdue"), accept, ("2025-03-19 09:00", "withdraw"),
          expect=[(1, "state", "withdrawn")])
    scene("overdue-takes-nothing-else", pack(silence="overdue", max=2), accept,
          ("2025-03-19 09:00", "grantExtension", {"days": 1}), ("2025-03-19 09:01", "refuseExtension"),
          ("2025-03-19 09:02", "resubmit", {"id": "c1"}), ("2025-03-19 09:03", "reopen"),
          ("2025-03-19 09:04", "decide", APPROVE), ("2025-03-19 09:05", "decide", APPROVE))
    scene("two-acts-with-one-stamp", pack(), accept, ("2025-03-10 09:00", "return", R1),
          ("2025-03-10 09:00", "resubmit", {"id": "c1"}), ("2025-03-10 09:00", "decide", REFUSE))

    # -- Correction ------------------------------------------------------------------------------
    scene("return-day-given-back-resubmission-day-not-counted", pack(), accept, ("2025-03-05 09:00", "return", R1),
          ("2025-03-12 09:00", "resubmit", {"id": "c1"}),  # used: 4 March; nine left: 13-25 March
          expect=[(1, "state", "suspended"), (1, "lastDay", None), (2, "lastDay", "2025-03-25")])
    scene("returned-in-the-last-second-of-the-last-day", pack(), accept, ("2025-03-17 23:59:59", "return", R1),
          ("2025-03-20 09:00", "resubmit", {"id": "c1"}), expect=[(2, "lastDay", "2025-03-21")])
    scene("returned-and-resubmitted-the-same-day", pack(), accept, ("2025-03-05 09:00", "return", R1),
          ("2025-03-05 17:00", "resubmit", {"id": "c1"}), expect=[(2, "lastDay", "2025-03-18")])
    scene("returned-on-the-day-of-acceptance", pack(), accept, ("2025-03-03 11:00", "return", R1),
          ("2025-03-03 17:00", "resubmit", {"id": "c1"}), expect=[(2, "lastDay", "2025-03-17")])
    scene("returned-on-a-rest-day", pack(), accept, ("2025-03-08 11:00", "return", R1),
          ("2025-03-09 17:00", "resubmit", {"id": "c1"}), expect=[(2, "lastDay", "2025-03-17")])
    scene("correction-over-spring-festival", pack(), ("2025-01-20 09:00", "accept"),
          ("2025-01-24 09:00", "return", R1), ("2025-01-30 09:00", "resubmit", {"id": "c1"}),
          expect=[(2, "lastDay", "2025-02-12")])  # seven left: 5, 6, 7, Sat 8, 10, 11, 12
    scene("correction-restarts", pack(correction="restart"), accept, ("2025-03-17 09:00", "return", R1),
          ("2025-03-20 09:00", "resubmit", {"id": "c1"}), expect=[(2, "lastDay", "2025-04-03")])
    scene("mixed-corrections-restart-wins", pack(correction=MIXED), accept, ("2025-03-05 09:00", "return", R1),
          ("2025-03-06 09:00", "return", R2), ("2025-03-10 09:00", "resubmit", {"id": "c2"}),
          ("2025-03-12 09:00", "resubmit", {"id": "c1"}),
          expect=[(3, "state", "suspended"), (4, "lastDay", "2025-03-26")])
    scene("several-corrections-all-resume", pack(), accept, ("2025-03-05 09:00", "return", R1),
          ("2025-03-06 09:00", "return", R2), ("2025-03-10 09:00", "resubmit", {"id": "c1"}),
          ("2025-03-12 09:00", "resubmit", {"id": "c2"}),
          expect=[(3, "state", "suspended"), (4, "lastDay", "2025-03-25")])
    scene("restart-then-a-later-resume", pack(correction=MIXED), accept, ("2025-03-05 09:00", "return", R2),
          ("2025-03-06 09:00", "resubmit", {"id": "c2"}), ("2025-03-11 09:00", "return", R1),
          ("2025-03-12 09:00", "resubmit", {"id": "c1"}),  # used 7, 10; eight left from 13
          expect=[(2, "lastDay", "2025-03-20"), (4, "lastDay", "2025-03-24")])
    scene("same-correction-twice", pack(), accept, ("2025-03-05 09:00", "return", R1),
          ("2025-03-06 09:00", "return", R1), ("2025-03-06 10:00", "resubmit", {"id": "c9"}),
          ("2025-03-07 09:00", "resubmit", {"id": "c1"}), ("2025-03-07 10:00", "resubmit", {"id": "c1"}),
          expect=[(2, "code", "alreadyReturned"), (3, "code", "notReturned"), (5, "code", "notReturned")])
    scene("correction-asked-for-again-after-resubmission", pack(), accept, ("2025-03-05 09:00", "return", R1),
          ("2025-03-06 09:00", "resubmit", {"id": "c1"}), ("2025-03-07 09:00", "return", R1))
    scene("nothing-but-withdrawal-while-out-for-correction", pack(), accept, ("2025-03-05 09:00", "return", R1),
          ("2025-03-06 09:00", "decide", APPROVE), ("2025-03-06 09:01", "requestExtension", {"days": 3}),
          ("2025-03-06 09:02", "grantExtension", {"days": 3}), ("2025-03-06 09:03", "refuseExtension"),
          ("2025-03-07 09:00", "withdraw"), ("2025-03-08 09:00", "resubmit", {"id": "c1"}),
          expect=[(2, "code", "suspended"), (3, "code", "suspended"), (6, "state", "withdrawn"), (7, "code", "withdrawn")])
    scene("correction-never-answered", pack(), accept, ("2025-03-05 09:00", "return", R1),
          ("2025-12-31 09:00", "probe"), expect=[(2, "state", "suspended")])
    scene("calendar-days-with-correction", pack(30, "calendarDays", silence="overdue"), ("2025-06-03 10:00", "accept"),
          ("2025-06-14 09:00", "return", R1), ("2025-06-20 09:00", "resubmit", {"id": "c1"}),
          expect=[(2, "lastDay", "2025-07-10")])  # used 4-13 June: ten; twenty left
    scene("calendar-days-returned-after-the-count-ran-out", pack(30, "calendarDays", silence="overdue"),
          ("2025-06-06 10:00", "accept"), ("2025-07-07 09:00", "return", R1), ("2025-07-09 09:00", "resubmit", {"id": "c1"}),
          expect=[(2, "lastDay", "2025-07-10")])
    scene("calendar-days-returned-before-the-rest-day-it-ends-on", pack(30, "calendarDays", silence="overdue"),
          ("2025-06-06 10:00", "accept"), ("2025-07-04 09:00", "return", R1), ("2025-07-07 09:00", "resubmit", {"id": "c1"}))

    # -- Extension -------------------------------------------------------------------------------
    ask = ("2025-03-14 09:00", "requestExtension", {"days": 5})  # holds until 2025-03-24
    scene("extension-granted-later-counts-from-the-old-deadline", pack(), accept, ask,
          ("2025-03-20 09:00", "grantExtension", {"days": 5}), ("2025-03-25 09:00", "probe"),
          expect=[(1, "lastDay", "2025-03-24"), (2, "lastDay", "2025-03-24"), (3, "state", "deemedApproved")])
    scene("extension-unanswered", pack(), accept, ask, ("2025-03-24 23:59:59", "probe"), ("2025-03-25 01:00", "probe"),
          expect=[(2, "state", "running"), (3, "state", "deemedApproved"), (3, "extension", "lapsed")])
    edges("decision-at-the-end-of-an-unanswered-request", pack(), [accept, ask], "2025-03-24", "decide", REFUSE,
          (None, "deadlinePassed", "deadlinePassed"))
    edges("grant-at-the-end-of-an-unanswered-request", pack(silence="overdue"), [accept, ask], "2025-03-24",
          "grantExtension", {"days": 5}, (None, "deadlinePassed", "deadlinePassed"))
    scene("extension-refused-before-the-old-deadline", pack(), accept, ask, ("2025-03-17 23:59:59", "refuseExtension"),
          ("2025-03-18 09:00", "probe"), expect=[(2, "lastDay", "2025-03-17"), (3, "state", "deemedApproved")])
    scene("extension-refused-after-the-old-deadline", pack(), accept, ask, ("2025-03-20 09:00", "refuseExtension"),
          ("2025-03-21 23:59:59", "decide", REFUSE), expect=[(2, "lastDay", "2025-03-21"), (3, "state", "refused")])
    scene("extension-refused-at-exactly-the-old-deadline", pack(), accept, ask,
          ("2025-03-18 00:00:00.000", "refuseExtension"), expect=[(2, "lastDay", "2025-03-19")])
    scene("extension-refused-on-the-requested-day", pack(), accept, ask, ("2025-03-24 17:00", "refuseExtension"),
          ("2025-03-25 17:00", "decide", REFUSE), expect=[(2, "lastDay", "2025-03-25"), (3, "state", "refused")])
    scene("grant-of-fewer-days", pack(), accept, ask, ("2025-03-17 09:00", "grantExtension", {"days": 2}),
          expect=[(2, "lastDay", "2025-03-19")])
    scene("grant-of-fewer-days-already-past", pack(), accept, ask, ("2025-03-20 09:00", "grantExtension", {"days": 1}),
          expect=[(2, "lastDay", "2025-03-21")])
    scene("grant-of-more-days", pack(), accept, ask, ("2025-03-17 09:00", "grantExtension", {"days": 6}),
          expect=[(2, "code", "grantExceedsRequest"), (2, "extension", "pending")])
    scene("grant-without-request", pack(), accept, ("2025-03-17 09:00", "grantExtension", {"days": 6}),
          ("2025-03-17 09:01", "refuseExtension"), expect=[(1, "code", "noExtensionPending")])
    scene("request-of-the-longest-length", pack(limit=5), accept, ("2025-03-14 09:00", "requestExtension", {"days": 6}),
          ("2025-03-14 09:01", "requestExtension", {"days": 5}),
          expect=[(1, "code", "extensionTooLong"), (2, "code", None)])
    scene("requests-are-counted-not-grants", pack(max=1), accept, ask, ("2025-03-14 10:00", "refuseExtension"),
          ("2025-03-14 11:00", "requestExtension", {"days": 5}), expect=[(3, "code", "extensionLimit")])
    scene("second-request-while-one-is-pending", pack(max=1), accept, ask,
          ("2025-03-14 11:00", "requestExtension", {"days": 50}), expect=[(2, "code", "extensionPending")])
    scene("limit-before-length", pack(max=0, limit=5), accept, ("2025-03-14 11:00", "requestExtension", {"days": 6}))
    scene("two-extensions-each-of-full-length", pack(max=2, limit=5), accept, ask,
          ("2025-03-14 10:00", "grantExtension", {"days": 5}), ("2025-03-24 17:00", "requestExtension", {"days": 5}),
          ("2025-03-31 09:00", "grantExtension", {"days": 5}), expect=[(2, "lastDay", "2025-03-24"), (4, "lastDay", "2025-03-31")])
    scene("second-request-after-a-late-refusal", pack(max=2), accept, ask, ("2025-03-20 09:00", "refuseExtension"),
          ("2025-03-21 09:00", "requestExtension", {"days": 2}), ("2025-03-25 09:00", "grantExtension", {"days": 2}))
    scene("return-before-the-old-deadline-while-a-request-is-pending", pack(), accept, ask,
          ("2025-03-17 09:00", "return", R1), ("2025-03-19 09:00", "resubmit", {"id": "c1"}),
          ("2025-03-20 09:00", "grantExtension", {"days": 3}))
    scene("return-while-only-a-pending-request-holds-off-silence", pack(), accept, ask,
          ("2025-03-20 09:00", "return", R1), ("2025-03-26 09:00", "resubmit", {"id": "c1"}),
          ("2025-03-27 09:00", "grantExtension", {"days": 5}), expect=[(2, "code", None)])
    scene("return-while-only-a-pending-request-holds-then-refused", pack(), accept, ask,
          ("2025-03-20 09:00", "return", R1), ("2025-03-26 09:00", "resubmit", {"id": "c1"}),
          ("2025-03-27 09:00", "refuseExtension"))
    scene("restart-after-an-extension-plain-budget", pack(correction="restart"), accept, ask,
          ("2025-03-14 10:00", "grantExtension", {"days": 5}), ("2025-03-20 09:00", "return", R1),
          ("2025-03-21 09:00", "resubmit", {"id": "c1"}), expect=[(4, "lastDay", "2025-04-07")])
    scene("restart-while-a-request-is-pending", pack(correction="restart"), accept, ask,
          ("2025-03-17 09:00", "return", R1), ("2025-03-18 09:00", "resubmit", {"id": "c1"}),
          ("2025-03-19 09:00", "refuseExtension"), ("2025-03-20 09:00", "requestExtension", {"days": 1}))
    scene("resume-after-an-extension-keeps-it", pack(), accept, ask, ("2025-03-14 10:00", "grantExtension", {"days": 5}),
          ("2025-03-20 09:00", "return", R1), ("2025-03-26 09:00", "resubmit", {"id": "c1"}),
          expect=[(4, "lastDay", "2025-03-31")])  # 20, 21, 24 were left: 27, 28, 31
    scene("return-on-the-day-of-a-late-refusal", pack(), accept, ask, ("2025-03-20 09:00", "refuseExtension"),
          ("2025-03-20 10:00", "return", R1), ("2025-03-26 09:00", "resubmit", {"id": "c1"}))
    scene("decision-while-a-request-is-pending", pack(), accept, ask, ("2025-03-20 09:00", "decide", APPROVE))
    scene("withdrawal-while-a-request-is-pending", pack(), accept, ask, ("2025-03-20 09:00", "withdraw"))
    scene("overdue-after-an-unanswered-request", pack(silence="overdue"), accept, ask, ("2025-03-25 09:00", "probe"),
          ("2025-03-26 09:00", "grantExtension", {"days": 5}), ("2025-03-27 09:00", "decide", APPROVE),
          expect=[(2, "state", "overdue"), (2, "extension", "lapsed")])
    scene("calendar-days-extension-from-a-moved-deadline", pack(30, "calendarDays", limit=30), ("2025-06-06 10:00", "accept"),
          ("2025-07-01 09:00", "requestExtension", {"days": 5}), ("2025-07-02 09:00", "grantExtension", {"days": 5}))
    scene("extension-days-follow-the-unit-of-the-budget", pack(30, "calendarDays", limit=30), ("2025-06-03 10:00", "accept"),
          ("2025-07-01 09:00", "requestExtension", {"days": 4}), ("2025-07-02 09:00", "grantExtension", {"days": 4}))

    # -- Calendar --------------------------------------------------------------------------------
    scene("calendar-change-moves-a-running-clock", pack(), accept,
          ("2025-03-10 09:00", "calendar", {"changes": [{"date": "2025-03-12", "to": "holiday"}]}),
          ("2025-03-11 09:00", "calendar", {"changes": [{"date": "2025-03-15", "to": "workday"}]}),
          expect=[(1, "lastDay", "2025-03-18"), (2, "lastDay", "2025-03-17")])
    scene("calendar-change-puts-the-deadline-into-the-past", pack(), accept,
          ("2025-03-17 09:00", "calendar", {"changes": [{"date": "2025-03-15", "to": "workday"},
                                                        {"date": "2025-03-16", "to": "workday"}]}),
          ("2025-03-18 23:59:59", "decide", REFUSE),
          expect=[(1, "lastDay", "2025-03-18"), (2, "state", "refused")])
    scene("calendar-change-makes-today-the-last-day", pack(), accept,
          ("2025-03-15 09:00", "calendar", {"changes": [{"date": "2025-03-15", "to": "workday"}]}),
          ("2025-03-16 09:00", "probe"), expect=[(1, "lastDay", "2025-03-15"), (2, "state", "deemedApproved")])
    scene("calendar-change-taken-back-after-a-floor", pack(), accept,
          ("2025-03-17 09:00", "calendar", {"changes": [{"date": "2025-03-08", "to": "workday"}, {"date": "2025-03-09", "to": "workday"}]}),
          ("2025-03-17 10:00", "calendar", {"changes": [{"date": "2025-03-08", "to": "holiday"}, {"date": "2025-03-09", "to": "holiday"}]}))
    scene("calendar-change-while-out-for-correction", pack(), accept, ("2025-03-10 09:00", "return", R1),
          ("2025-03-11 09:00", "calendar", {"changes": [{"date": "2025-03-06", "to": "holiday"}, {"date": "2025-03-20", "to": "holiday"}]}),
          ("2025-03-13 09:00", "resubmit", {"id": "c1"}))
    scene("calendar-change-puts-a-requested-date-into-the-past", pack(), accept, ask,
          ("2025-03-24 09:00", "calendar", {"changes": [{"date": "2025-03-22", "to": "workday"}, {"date": "2025-03-23", "to": "workday"}]}),
          ("2025-03-24 10:00", "grantExtension", {"days": 5}))
    scene("calendar-change-behind-an-overdue-step", pack(silence="overdue"), accept, ("2025-03-18 09:00", "probe"),
          ("2025-03-18 10:00", "calendar", {"changes": [{"date": "2025-03-17", "to": "holiday"}]}),
          ("2025-03-18 11:00", "requestExtension", {"days": 2}),
          expect=[(2, "state", "overdue"), (3, "code", "deadlinePassed")])
    scene("calendar-change-after-deemed-approval", pack(), accept,
          ("2025-03-18 10:00", "calendar", {"changes": [{"date": "2025-03-17", "to": "holiday"}]}),
          expect=[(1, "state", "deemedApproved"), (1, "lastDay", "2025-03-17")])
    scene("calendar-change-before-acceptance", pack(), ("2025-03-01 09:00", "calendar", {"changes": [{"date": "2025-03-04", "to": "holiday"}]}),
          accept, expect=[(1, "lastDay", "2025-03-18")])
    scene("late-december-stays-firm", pack(), ("2026-12-17 09:00", "accept"), ("2027-01-01 09:00", "probe"),
          expect=[(0, "lastDay", "2026-12-31"), (1, "state", "deemedApproved")])
    scene("unknown-year-is-provisional-and-never-fires", pack(), ("2026-12-18 09:00", "accept"),
          ("2027-06-01 09:00", "probe"), ("2027-06-02 09:00", "decide", REFUSE),
          expect=[(0, "provisional", True), (0, "lastDay", None), (1, "state", "running"), (2, "state", "refused")])
    scene("year-published-before-the-deadline", pack(), ("2026-12-18 09:00", "accept"),
          ("2026-12-25 09:00", "publishYear", publish_2027()), ("2027-01-05 09:00", "probe"),
          expect=[(1, "lastDay", "2027-01-04"), (1, "provisional", False), (2, "state", "deemedApproved")])
    scene("year-published-after-the-deadline", pack(), ("2026-12-18 09:00", "accept"),
          ("2027-02-05 09:00", "publishYear", publish_2027()), ("2027-02-12 09:00", "decide", REFUSE),
          expect=[(1, "lastDay", "2027-02-12"), (2, "state", "refused")])
    scene("year-published-on-the-last-day", pack(), ("2026-12-18 09:00", "accept"),
          ("2027-01-04 23:59:59", "publishYear", publish_2027()), ("2027-01-05 09:00", "probe"),
          expect=[(1, "lastDay", "2027-01-04"), (2, "state", "deemedApproved")])
    scene("requested-date-in-an-unknown-year", pack(), ("2026-12-10 09:00", "accept"),
          ("2026-12-24 09:00", "requestExtension", {"days": 10}), ("2027-01-20 09:00", "refuseExtension"),
          ("2027-01-25 09:00", "publishYear", publish_2027()), ("2027-01-27 09:00", "probe"),
          expect=[(0, "lastDay", "2026-12-24"), (1, "provisional", True), (2, "provisional", True), (3, "lastDay", "2027-01-26")])
    scene("correction-into-an-unknown-year", pack(), ("2026-12-10 09:00", "accept"), ("2026-12-24 09:00", "return", R1),
          ("2026-12-31 09:00", "resubmit", {"id": "c1"}), ("2027-01-10 09:00", "withdraw"))
    scene("calendar-days-into-an-unknown-year", pack(30, "calendarDays"), ("2026-12-05 09:00", "accept"),
          ("2026-12-30 09:00", "publishYear", publish_2027()), expect=[(0, "provisional", True), (1, "lastDay", "2027-01-04")])
    scene("notice-moves-a-day-of-the-december-before", pack(), ("2026-12-17 09:00", "accept"),
          ("2026-12-20 09:00", "publishYear", publish_2027(holidays=["2026-12-31", "2027-01-01"], weekends=["2026-12-26"])))
    scene("single-day-in-an-unknown-year", pack(), ("2026-12-18 09:00", "accept"),
          ("2026-12-19 09:00", "calendar", {"changes": [{"date": "2027-01-04", "to": "holiday"}]}),
          ("2026-12-20 09:00", "publishYear", publish_2027()))
    scene("known-year-published-again", pack(), accept,
          ("2025-03-05 09:00", "publishYear", {"year": 2025, "notice": "corrected notice 2025", "holidays": ["2025-01-01", "2025-03-10"],
                                               "workingWeekends": ["2025-03-08", "2025-03-09"]}),
          expect=[(1, "lastDay", "2025-03-14")])  # 4-9 all six, 11-14

    # -- Acts at the wrong time ------------------------------------------------------------------
    scene("nothing-before-acceptance", pack(), ("2025-03-01 09:00", "probe"), ("2025-03-01 09:01", "decide", APPROVE),
          ("2025-03-01 09:02", "return", R1), ("2025-03-01 09:03", "resubmit", {"id": "c1"}),
          ("2025-03-01 09:04", "requestExtension", {"days": 3}), ("2025-03-01 09:05", "withdraw"),
          ("2025-03-01 09:06", "reopen"), accept, ("2025-03-04 10:00", "accept"))
    scene("a-decided-file-is-not-reopened", pack(), accept, ("2025-03-05 09:00", "decide", REFUSE),
          ("2025-03-05 10:00", "reopen"), ("2025-03-05 11:00", "decide", APPROVE), ("2025-03-05 12:00", "withdraw"),
          ("2025-03-05 13:00", "return", R1), ("2025-03-05 14:00", "accept"), ("2025-05-05 14:00", "probe"),
          expect=[(2, "code", "cannotReopen"), (3, "code", "alreadyDecided"), (7, "state", "refused")])
    scene("a-withdrawn-file-takes-nothing", pack(), accept, ("2025-03-05 09:00", "withdraw"), ("2025-03-05 10:00", "withdraw"),
          ("2025-03-05 10:01", "reopen"), ("2025-03-05 11:00", "decide", APPROVE), ("2025-03-05 14:00", "accept"))
    scene("a-deemed-file-takes-nothing", pack(), accept, ("2025-03-19 09:00", "withdraw"), ("2025-03-19 10:00", "reopen"),
          ("2025-03-19 10:01", "return", R1), ("2025-03-19 11:00", "requestExtension", {"days": 1}), ("2025-03-19 14:00", "accept"))
    scene("reopen-while-running", pack(), accept, ("2025-03-05 09:00", "reopen"))


# -- random ------------------------------------------------------------------------------------------

TIMES = ("00:00:00", "08:30:00", "09:00:00", "11:20:00", "14:00:00", "16:45:00", "23:59:59")


def random_pack(rng):
    kinds = {"material": rng.choice(["resume", "restart"]), "scope": rng.choice(["resume", "restart"])}
    return pack(
        unit=(unit := rng.choices(["workingDays", "calendarDays"], [3, 1])[0]),
        budget=rng.choice([1, 2, 3, 5, 5, 7, 10, 10, 15, 20] if unit == "workingDays" else [5, 10, 15, 30, 60]),
        correction=rng.choice(["resume", "restart", kinds]),
        max=rng.choice([0, 1, 1, 2, 3]), limit=rng.choice([3, 5, 10, 15]),
        silence=rng.choice(["consent", "consent", "overdue", "refusal"]))


def random_moment(rng, turn, now):
    """Strictly later than now: often close to, or exactly at, the end of the clock."""
    last, _ = turn.standing()
    if turn.state == "running" and last is not None and rng.random() < 0.25:
        end = instant(last)
        moment = end + rng.choice([timedelta(seconds=-1), timedelta(hours=-10), timedelta(0), timedelta(seconds=1)][:2 if rng.random() < 0.5 else 4])
        if moment > now:
            return moment
    for _ in range(4):  # most jumps stay inside the period, or nothing but its end would be tried
        moment = _jump(rng, now)
        if turn.state != "running" or last is None or moment < instant(last) or rng.random() < 0.15:
            break
    return moment


def _jump(rng, now):
    span = rng.choice([0, 0, 1, 1, 2, 2, 3, 4, 5, 7, 9, 14]) if rng.random() < 0.97 else rng.randrange(15, 60)
    moment = datetime.fromisoformat(f"{now.date() + span * DAY}T{rng.choice(TIMES)}+08:00")
    return moment if moment > now else now + timedelta(minutes=rng.choice([1, 5, 30]))


def random_event(rng, turn, moment, fresh_id, noise):
    out = [i for i, still in turn.ids.items() if still]
    any_kind = rng.choice(["material", "scope"])
    limit = turn.extension_pack["limitDays"]
    request = ("requestExtension", {"days": rng.randint(1, limit) if rng.random() < 0.85 else limit + 1})
    grant = ("grantExtension", {"days": max(1, (turn.requested or 3) - rng.choice([0, 0, 1, 2, -1]))})
    give_back = ("return", {"id": fresh_id, "kind": any_kind})
    decide = ("decide", rng.choice([APPROVE, REFUSE]))
    near = [moment.date() + n * DAY for n in range(-12, 13)]
    day = rng.choice([d for d in near if d.year <= 2026] or [date(2026, 12, 30)])
    change = {"date": day.isoformat(), "to": rng.choice(["workday", "holiday"])}
    calendar = ("calendar", {"changes": [change]})
    if rng.random() < noise:
        return rng.choice([("accept", {}), decide, give_back, request, grant, ("refuseExtension", {}), ("reopen", {}),
                           ("resubmit", {"id": rng.choice(out) if out else "c99"}), ("withdraw", {})])
    if turn.state is None:
        return rng.choices([("accept", {}), calendar], [9, 1])[0]
    if turn.state == "suspended":
        choice = ("resubmit", {"id": rng.choice(out)})
        return rng.choices([choice, give_back, calendar, ("probe", {}), ("return", {"id": rng.choice(out), "kind": any_kind})],
                           [12, 2, 2, 1, 1])[0]
    if turn.state == "overdue":
        return rng.choices([decide, calendar, ("probe", {}), request, give_back], [3, 2, 2, 1, 1])[0]
    if turn.state in FINAL:
        return rng.choice([("probe", {}), decide, calendar, request, ("withdraw", {}), ("reopen", {})])
    if turn.requested is not None:
        return rng.choices([grant, ("refuseExtension", {}), give_back, decide, calendar, ("probe", {}), request],
                           [6, 4, 4, 0.7, 3, 2, 1])[0]
    return rng.choices([give_back, request, calendar, ("probe", {}), decide, ("withdraw", {})], [7, 7, 4, 3, 0.8, 0.2])[0]


def publish_random(rng):
    first = date(2027, 1, 1)
    holidays = [first + n * DAY for n in range(rng.choice([1, 3]))]
    spring = date(2027, 2, 5) + rng.randrange(2) * DAY
    holidays += [spring + n * DAY for n in range(8)]
    weekends = [d for d in (date(2027, 1, 30), date(2027, 2, 14), date(2027, 2, 20)) if d not in holidays and rng.random() < 0.6]
    return publish_2027([d.isoformat() for d in holidays], [d.isoformat() for d in weekends])


def random_scenario(rng, number):
    the_pack = random_pack(rng)
    turn = Turn(the_pack)
    if rng.random() < 0.06:
        start = date(2026, 11, 25) + rng.randrange(36) * DAY
    elif rng.random() < 0.25:  # shortly before the long holidays
        year = rng.randint(2015, 2026)
        start = date(year, 1, 10) + rng.randrange(40) * DAY if rng.random() < 0.5 else date(year, 9, 15) + rng.randrange(24) * DAY
    else:
        start = date(2015, 1, 1) + rng.randrange(12 * 365 - 30) * DAY
    now = datetime.fromisoformat(f"{start}T{rng.choice(TIMES)}+08:00")
    steps, published, noise = [], False, rng.choice([0, 0, 0.1, 0.3])
    for n in range(rng.randint(3, 12)):
        if n:
            now = random_moment(rng, turn, now)
        turn.advance(now)
        event, fields = random_event(rng, turn, now, f"c{n}", noise)
        last, provisional = turn.standing()
        if not published and (now.year >= 2027 or now.month >= 11 and now.year == 2026) and (
                (provisional and rng.random() < 0.25) or rng.random() < 0.05):
            event, fields, published = "publishYear", publish_random(rng), True
        # whether silence has been written down within the first hour is not for random cases to ask (AMBIGUITIES.md, 2)
        settled = last is None or turn.state in ("running", "suspended") or now - instant(last) >= timedelta(hours=1)
        if not settled and event in ("probe", "calendar", "publishYear"):
            now = instant(last) + timedelta(hours=10)
        step = {"at": now.isoformat(), "event": event, **fields}
        steps.append(step)
        turn.step(step)
        if turn.state in FINAL and len(steps) >= 3 and rng.random() < 0.6:
            break
    return {"name": f"random-{number:04d}", "pack": the_pack, "steps": steps}


def write(path, data):
    raw = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(raw)
    size = path.stat().st_size
    assert size < 400_000, f"{path.name} has {size} bytes"
    print(f"{path.name}: {size} bytes")


def main():
    hand_written()
    rng = random.Random(SEED)
    scenarios = HAND + [random_scenario(rng, n) for n in range(1, RANDOM_SCENARIOS + 1)]
    assert len({s["name"] for s in scenarios}) == len(scenarios)
    answers = {s["name"]: play(s) for s in scenarios}
    wrong = [(name, n, field, value, answers[name][n][field]) for name, n, field, value in EXPECTED
             if answers[name][n][field] != value]
    assert not wrong, wrong
    for s in scenarios:
        stamps = [datetime.fromisoformat(step["at"]) for step in s["steps"]]
        assert stamps == sorted(stamps), s["name"]
    write(HERE / "clock-scenarios.json.gz", scenarios)
    write(HERE / "clock-answers.json.gz", answers)
    entries = [a for s in scenarios for a in answers[s["name"]]]
    print(f"{len(HAND)} written by hand ({len(EXPECTED)} values written down by hand), {RANDOM_SCENARIOS} random, {len(entries)} steps")
    print("codes", dict(Counter(a["code"] for a in entries)))
    print("states", dict(Counter(a["state"] for a in entries)))
    print("extension", dict(Counter(a["extension"] for a in entries)), "provisional", sum(bool(a["provisional"]) for a in entries))


if __name__ == "__main__":
    main()
