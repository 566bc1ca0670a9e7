#!/usr/bin/env python3
"""Scores of bidders and terms of agreements, a second reading, written from the requirements (O3, O6, O8 and "Open
points that a pack must settle", selection and evaluation) with fractions.Fraction, without the product's code.

Makes law-answers.json.gz: {"scores": [[question, answer]...], "terms": [[question, answer]...]}. The same bytes every
time. `--check` computes again and compares."""
import calendar
import gzip
import json
import random
import sys
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILE = HERE / "law-answers.json.gz"
SEED = 20260315


# -- scores ---------------------------------------------------------------------------------------------------------

def number(value):
    """The decimal that was written, never the float near it."""
    return Fraction(repr(value) if isinstance(value, float) else value)


def half_up(value):
    cents = (value * 100 + Fraction(1, 2)).__floor__()
    return f"{cents // 100}.{cents % 100:02d}"


def score(q):
    """An answer: refused (set of codes), failed (set of codes), or the scores."""
    late = sorted(b["id"] for b in q["bidders"] if b["receivedAt"] >= q["closesAt"])  # one offset in all questions
    valid = [b["id"] for b in q["bidders"] if b["id"] not in late]
    panel = [e["id"] for e in q["experts"] if not e["conflicts"]]  # a conflicted expert leaves the whole panel
    scale = {c["id"]: number(c["max"]) for c in q["criteria"]}
    codes = set()
    seen = {}
    for s in q["scores"]:
        if s["expert"] not in [e["id"] for e in q["experts"]]:
            codes.add("expertUnknown")
        elif s["expert"] not in panel:
            codes.add("expertInConflict")
        if s["bidder"] not in [b["id"] for b in q["bidders"]]:
            codes.add("bidderUnknown")
        if s["criterion"] not in scale:
            codes.add("criterionUnknown")
        elif not 0 <= number(s["score"]) <= scale[s["criterion"]]:
            codes.add("scoreOutOfScale")
        place = (s["expert"], s["bidder"], s["criterion"])
        if place in seen:
            codes.add("scoredTwice")
        seen[place] = number(s["score"])
    if codes:
        return {"refused": sorted(codes)}
    if len(valid) < q["minBids"]:
        codes.add("tooFewValidBids")
    if len(panel) < (3 if q["method"] == "trimmedMean" else 1):
        codes.add("panelTooSmall")
    if codes:
        return {"failed": sorted(codes), "lateBids": late}
    if any((e, b, c) not in seen for e in panel for b in valid for c in scale):
        return {"refused": ["scoreMissing"]}

    weights = sum(number(c["weight"]) for c in q["criteria"])
    totals = {}
    for b in valid:
        sheets = sorted(
            sum(number(c["weight"]) / weights * seen[e, b, c["id"]] / scale[c["id"]] * 100 for c in q["criteria"])
            for e in panel)
        if q["method"] == "trimmedMean":
            sheets = sheets[1:-1]
        totals[b] = sum(sheets) / len(sheets)
    rule = q["tieRule"]
    deciding = [] if isinstance(rule, str) else [rule["criterion"]] if "criterion" in rule else rule["criteria"]
    rank = {b: (totals[b], *(sum(seen[e, b, c] for e in panel) for c in deciding)) for b in valid}
    ranking = [sorted(b for b in valid if rank[b] == value) for value in sorted(set(rank.values()), reverse=True)]
    ties = [group for group in (ranking[:1] if rule == "shared" else ranking) if len(group) > 1]
    return {
        "exact": {b: f"{v.numerator}/{v.denominator}" for b, v in totals.items()},
        "shown": {b: half_up(v) for b, v in totals.items()},
        "ranking": ranking,
        "undecidedTie": ties[0] if ties else None,
        "lateBids": late,
    }


def made_score(r):
    few = r.random() < 0.6  # few values: many ties
    criteria = [{"id": f"c{i}",
                 "weight": r.choice([1, 2, 10, "0.3", 0.1, 0.2, "33.333333", 40]),
                 "max": r.choice([100, 10, 5, "7.5", 30])} for i in range(r.randint(1, 4))]
    bidders = [{"id": f"b{i}", "receivedAt": f"2026-03-0{r.choice([1, 1, 1, 2])}T{r.choice(['08:00:00', '16:59:59.999'])}+08:00"}
               for i in range(r.randint(1, 5))]
    closes = "2026-03-02T16:59:59.999+08:00" if r.random() < 0.3 else "2026-03-02T17:00:00+08:00"
    experts = [{"id": f"e{i}", "conflicts": [r.choice(bidders)["id"]] if r.random() < 0.12 else []}
               for i in range(r.choice([1, 3, 3, 4, 5, 6]))]
    def mark(top):
        top = Fraction(top)
        part = Fraction(r.randint(1, 3) if few else r.randint(0, 10000), 3 if few else 10000)
        thousandths = int(top * part * 1000)
        text = f"{thousandths // 1000}.{thousandths % 1000:03d}"
        return text if r.random() < 0.5 else float(text)
    scores = [{"expert": e["id"], "bidder": b["id"], "criterion": c["id"], "score": mark(str(c["max"]))}
              for e in experts if not e["conflicts"] or r.random() < 0.05 for b in bidders for c in criteria]
    fault = r.random()
    if scores and fault < 0.04:
        scores.pop(r.randrange(len(scores)))
    elif scores and fault < 0.08:
        scores.append(dict(r.choice(scores)))
    elif scores and fault < 0.12:
        one = r.choice(scores)
        one["score"] = r.choice([-1, "-0.000001", 100.001])
    elif scores and fault < 0.15:
        one = r.choice(scores)
        key = r.choice(["expert", "bidder", "criterion"])
        one[key] = "nobody"
    r.shuffle(scores)
    tie = r.choice(["shared", "panelDecides", {"criterion": "c0"}, {"criteria": [c["id"] for c in criteria][::-1]}])
    return {"criteria": criteria, "method": r.choice(["mean", "trimmedMean"]), "minBids": r.randint(1, 3), "tieRule": tie,
            "closesAt": closes, "bidders": bidders, "experts": experts, "scores": scores}


# -- terms ----------------------------------------------------------------------------------------------------------

# Rows O6 and O8: years at most, "in principle", renewal window in months before expiry.
CITIES = {
    "national": (5, True, None),
    "zhongwei": (5, True, None),
    "shuozhou": (3, True, (6, 3)),
    "wuhai": (5, False, None),
}


def later(day, months):
    """The corresponding day; where there is none, the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def window(city, expiry):
    months = CITIES[city][2]
    return months and {"from": later(expiry, -months[0]).isoformat(), "until": later(expiry, -months[1]).isoformat()}


def term(q):
    city = q["jurisdiction"]
    if "expiry" in q:
        days, expiry = window(city, date.fromisoformat(q["expiry"])), q["expiry"]
        on = q["submittedOn"]
        if days is None:
            return {"window": None, "standing": "tooLate" if on > expiry else "noWindow"}
        standing = "tooEarly" if on < days["from"] else "tooLate" if on > days["until"] else "inWindow"
        return {"window": days, "standing": standing}
    most, in_principle, _ = CITIES[city]
    months = q.get("months", q.get("years", 0) * 12)
    last = later(date.fromisoformat(q["signedOn"]), months)
    longer = months > most * 12
    refused = longer and not (in_principle and q.get("groundRecorded", False))
    return {
        "lastDay": last.isoformat(),
        "endsAt": f"{(last + timedelta(days=1)).isoformat()}T00:00:00+08:00",
        "exceedsMaximum": longer,
        "needsGround": longer and in_principle,
        "window": window(city, last),
        "refused": ["groundMissing" if in_principle else "termOverMaximum"] if refused else None,
    }


def made_terms(r):
    edges = [date(2026, 3, 15), date(2024, 2, 29), date(2024, 8, 31), date(2025, 12, 31), date(2023, 1, 30), date(2100, 2, 28)]
    days = edges + [date(2000, 1, 1) + timedelta(days=r.randrange(40_000)) for _ in range(150)]
    for day in days:
        for city in CITIES:
            length = r.choice([{"years": r.randint(1, 7)}, {"months": r.choice([1, 6, 35, 36, 37, 59, 60, 61, r.randint(1, 120)])}])
            ground = {"groundRecorded": r.random() < 0.5} if r.random() < 0.5 else {}
            yield {"jurisdiction": city, "signedOn": day.isoformat(), **length, **ground}
            around = window(city, day)
            near = ([date.fromisoformat(around[side]) + timedelta(days=step) for side in around for step in (-1, 0, 1)]
                    if around else [day + timedelta(days=step) for step in (-400, 0, 1)])
            for on in near:
                yield {"jurisdiction": city, "expiry": day.isoformat(), "submittedOn": on.isoformat()}


# Written down by hand before any run.
BY_HAND = [
    ({"jurisdiction": "shuozhou", "signedOn": "2026-03-15", "years": 3}, {"lastDay": "2029-03-15", "endsAt": "2029-03-16T00:00:00+08:00"}),
    ({"jurisdiction": "wuhai", "signedOn": "2024-02-29", "years": 5}, {"lastDay": "2029-02-28", "exceedsMaximum": False}),
    ({"jurisdiction": "wuhai", "signedOn": "2024-08-31", "months": 61}, {"lastDay": "2029-09-30", "refused": ["termOverMaximum"]}),
    ({"jurisdiction": "shuozhou", "expiry": "2029-03-15", "submittedOn": "2028-09-14"}, {"standing": "tooEarly"}),
    ({"jurisdiction": "shuozhou", "expiry": "2029-03-15", "submittedOn": "2028-09-15"}, {"standing": "inWindow"}),
    ({"jurisdiction": "shuozhou", "expiry": "2029-03-15", "submittedOn": "2028-12-15"}, {"standing": "inWindow"}),
    ({"jurisdiction": "shuozhou", "expiry": "2029-03-15", "submittedOn": "2028-12-16"}, {"standing": "tooLate"}),
]


def made():
    r = random.Random(SEED)
    scores = [made_score(r) for _ in range(800)]
    terms = [q for q, _ in BY_HAND] + list(made_terms(r))
    for question, expected in BY_HAND:
        answer = term(question)
        assert all(answer[key] == value for key, value in expected.items()), (question, answer)
    text = json.dumps({"scores": [[q, score(q)] for q in scores], "terms": [[q, term(q)] for q in terms]},
                      separators=(",", ":"))
    return text


def main():
    text = made()
    if "--check" in sys.argv:
        same = gzip.decompress(FILE.read_bytes()).decode() == text
        print("same" if same else "differs")
        sys.exit(0 if same else 1)
    FILE.write_bytes(gzip.compress(text.encode(), mtime=0))
    kinds = {}
    for _, a in json.loads(text)["scores"]:
        kind = next((f"{k}: {','.join(a[k])}" for k in ("refused", "failed") if k in a), "tie" if a.get("undecidedTie") else "scored")
        kinds[kind] = kinds.get(kind, 0) + 1
    print(kinds, len(json.loads(text)["terms"]), FILE.stat().st_size)


if __name__ == "__main__":
    main()
