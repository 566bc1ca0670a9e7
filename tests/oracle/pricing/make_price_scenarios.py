#!/usr/bin/env python3
"""Makes pricing-scenarios.json.gz and pricing-answers.json.gz: whole periods of prices with a fixed seed, and what
price_oracle.py answers. The same bytes come out every time; `--check` computes again and compares.

Every period is an ordinary one to which up to four features were added: edges and things that are hostile but valid."""
import gzip
import json
import random
import sys
from fractions import Fraction
from pathlib import Path

from price_oracle import COST_KINDS, DISCOUNTS, LARGEST, PARTIES, answer, exact

HERE = Path(__file__).resolve().parent
FILES = {"scenarios": HERE / "pricing-scenarios.json.gz", "answers": HERE / "pricing-answers.json.gz"}
SEED = 20250116  # the day of 65号
COUNT = 3200
CITIES = ["national", "zhongwei", "shuozhou", "wuhai"]
KINDS = ["platformBuild", "platformUpkeep", "dataAcquisition", "transfer", "aggregation", "storage", "governance",
         "processing", "labour", "security", "serviceSystem", "productDevelopment", "management"]
UNITS = ["item", "call", "hour", "megabyte", "volume"]
CLASSES = ["general", "smallFirm", "welfare", "government"]
PURPOSES = ["publicGovernance", "publicWelfare", "industry"]
KEYS = ["equal", "directCost", "expectedQuantity", "usage", "revenue", "weights"]


def rate(r, top, digits=None):
    """A decimal below `top` with up to 12 digits after the point."""
    digits = r.choice([1, 2, 2, 3, 4]) if digits is None else digits
    units = r.randrange(0, int(Fraction(top) * 10 ** digits) + 1)
    whole, part = divmod(units, 10 ** digits)
    return f"{whole}.{part:0{digits}d}"


def favoured(city, klass):
    return DISCOUNTS.get(city, {}).get(klass)


def discount(r, city, klass):
    """A discount that the pack takes, for most; finer than a fen in a third."""
    least = favoured(city, klass)
    if least is not None:
        return r.choice(["0.1", "0.100", "0.10", rate(r, "1", 3), "1"])
    return r.choice(["0", "0", "0.1", "0.15", "0.2", "0.333", "0.5"])


def ordinary(r):
    city = r.choice(CITIES)
    scale = r.choice([100, 10_000, 1_000_000, 100_000_000])
    products = [{"id": f"p{i}", "unit": r.choice(UNITS), "ceilingFen": r.randint(1, 900) * r.choice([1, 10, 100]),
                 "expectedQty": r.randint(0, 500)} for i in range(1, r.choice([1, 2, 2, 3, 4]) + 1)]
    named = COST_KINDS[city]
    costs = [{"id": f"c{i}", "kind": r.choice(named) if r.random() < 0.85 else r.choice(KINDS),
              "product": r.choice([None, None, *(p["id"] for p in products)]),
              "fen": r.randint(1, scale), "related": r.random() < 0.92} for i in range(r.randint(1, 5))]
    tariffs, taken = [], set()
    for p in products:
        for _ in range(r.choice([1, 1, 2])):
            key = (p["id"], r.choice(["general", "general", *CLASSES]), r.choice(["industry", "industry", *PURPOSES]))
            if key not in taken:
                taken.add(key)
                free = key[2] != "industry"
                tariffs.append({"product": key[0], "class": key[1], "purpose": key[2],
                                "fen": 0 if free else r.randint(p["ceilingFen"] // 2, p["ceilingFen"]),
                                "discount": "0" if free else discount(r, city, key[1])})
    usage = []
    for i in range(r.randint(0, 6)):
        t = r.choice(tariffs)
        if r.random() < 0.85:
            place = (t["product"], t["class"], t["purpose"])
        else:
            place = (t["product"], r.choice(CLASSES), r.choice(PURPOSES))
        usage.append({"id": f"u{i}", "product": place[0], "qty": r.randint(1, 400), "merchant": f"m{r.randint(1, 3)}",
                      "class": place[1], "purpose": place[2]})
    key = r.choice(KEYS)
    parties = r.sample(PARTIES[city], r.randint(1, len(PARTIES[city])))
    cost = sum(c["fen"] for c in costs)
    return {
        "jurisdiction": city,
        "costs": costs,
        "subsidyFen": r.choice([0, 0, r.randint(0, cost)]),
        "allocationKey": {"weights": {p["id"]: r.randint(1, 9) for p in products}} if key == "weights" else key,
        "bondYield": r.choice(["0.0185", "1.85%", "0.02", rate(r, "0.05")]),
        "points": r.choice(["6", "0", "3", "4.5", rate(r, "6")]),
        "tax": r.choice([{"mode": "amount", "fen": r.randint(0, scale // 10)}, {"mode": "rate", "rate": r.choice(["0.06", "0.13", "0", rate(r, "0.3")])}]),
        "previousExcessFen": r.choice([0, 0, r.randint(0, scale)]),
        "products": products,
        "tariffs": tariffs,
        "usage": usage,
        "sharing": {
            "resourceFeeRate": r.choice(["0", "0.03", "0.1", rate(r, "0.2")]),
            "poolFen": r.choice([None, None, r.randint(0, scale)]),
            "factors": {party: str(r.randint(1, 9)) for party in parties},
            "parties": parties,
        },
    }


# -- features -------------------------------------------------------------------------------------------------------

def zero_costs(q, r):
    for cost in r.sample(q["costs"], r.randint(1, len(q["costs"]))):
        cost["fen"] = 0


def subsidy_above_cost(q, r):
    q["subsidyFen"] = sum(c["fen"] for c in q["costs"]) + r.choice([0, 1, r.randint(1, 10 ** 6)])


def overrun_over_cap(q, r):
    q["previousExcessFen"] = sum(c["fen"] for c in q["costs"]) * r.randint(1, 4) + r.randint(0, 99)


def overrun_at_the_cap(q, r):
    """To the fen, one less and one more."""
    q["previousExcessFen"] = 0
    cap = answer(q).get("permittedRevenue", 0)
    q["previousExcessFen"] = max(0, cap + r.choice([-1, 0, 1]))


def ties(q, r):
    most = PARTIES[q["jurisdiction"]]
    parties = r.sample(most, r.randint(3, len(most)))
    q["sharing"]["parties"] = parties
    q["sharing"]["factors"] = {party: "1" for party in parties}
    q["sharing"]["poolFen"] = r.randint(0, 50)
    q["allocationKey"] = r.choice(["equal", {"weights": {p["id"]: 2 for p in q["products"]}}])


def zero_factors(q, r):
    parties = q["sharing"]["parties"]
    for party in r.sample(parties, r.randint(0, len(parties) - 1)):
        q["sharing"]["factors"][party] = "0"


def uneven_factors(q, r):
    q["sharing"]["factors"] = {party: rate(r, "2", r.choice([1, 6, 12])) for party in q["sharing"]["parties"]}
    q["sharing"]["factors"][q["sharing"]["parties"][0]] = r.choice(["0.000000000001", "0.333333333333", "9999"])


def free_with_a_charge(q, r):
    p = r.choice(q["products"])
    place = (p["id"], r.choice(CLASSES), r.choice(PURPOSES[:2]))
    clear(q, place)
    q["tariffs"].append(tariff(place, r.choice([1, p["ceilingFen"], p["ceilingFen"] + 1]), r.choice(["0", "0.5", "1"])))
    use(q, r, place)


def free_without_tariff(q, r):
    place = (r.choice(q["products"])["id"], r.choice(CLASSES), r.choice(PURPOSES[:2]))
    clear(q, place)
    use(q, r, place)


def at_the_ceiling(q, r):
    """At it, a fen over it, a fen under it."""
    p = r.choice(q["products"])
    place = (p["id"], "general", "industry")
    clear(q, place)
    q["tariffs"].append(tariff(place, max(0, p["ceilingFen"] + r.choice([-1, 0, 0, 1, 1])), r.choice(["0", "0.000000000001", "0.5"])))
    use(q, r, place)


def repeated_ids(q, r):
    for one in r.sample(q["usage"], min(len(q["usage"]), r.randint(1, 3))):
        q["usage"].insert(r.randint(0, len(q["usage"])), dict(one))


def conflicting_ids(q, r):
    if q["usage"]:
        first = r.choice(q["usage"])
        again = {**first, **r.choice([{"qty": 1 + int(first["qty"])}, {"merchant": "m9"}, {"class": "government"}])}
        if again != first:
            at = max(i for i, u in enumerate(q["usage"]) if u["id"] == first["id"])
            q["usage"].insert(r.randint(at + 1, len(q["usage"])), again)


def unknown_product(q, r):
    place = ("p9", "general", "industry")
    if r.random() < 0.7:
        q["tariffs"].append(tariff(place, r.randint(0, 100), "0"))
    use(q, r, place)


def unrated(q, r):
    place = (r.choice(q["products"])["id"], r.choice(CLASSES), "industry")
    clear(q, place)
    use(q, r, place)


def fractions(q, r):
    for t in q["tariffs"]:
        if t["purpose"] == "industry":
            t["discount"] = rate(r, "1", r.choice([3, 6, 12]))
    for u in q["usage"]:
        u["qty"] = r.choice([3, 7, 11, 13])


def too_small_discount(q, r):
    place = (r.choice(q["products"])["id"], r.choice(["smallFirm", "welfare"]), "industry")
    clear(q, place)
    least = favoured(q["jurisdiction"], place[1])
    ceiling = next(p["ceilingFen"] for p in q["products"] if p["id"] == place[0])
    under = "0" if least is None else "%.12f" % max(0, float(least) - 1e-12)
    q["tariffs"].append(tariff(place, ceiling, r.choice([under, "0", "0.1"])))
    use(q, r, place)


def fine_rates(q, r):
    q["bondYield"] = rate(r, "0.05", 12)
    q["points"] = rate(r, "6", 12)
    q["tax"] = {"mode": "rate", "rate": rate(r, "0.2", 12)}
    q["sharing"]["resourceFeeRate"] = rate(r, "0.3", 12)


def extreme_rates(q, r):
    q["bondYield"] = r.choice(["0", "0.299999999999", "29%", "0.000000000001"])
    q["points"] = r.choice(["6", "6.000000000000", "5.999999999999", "0"])
    q["sharing"]["resourceFeeRate"] = r.choice(["1", "0", "0.999999999999", "0.000000000001"])
    q["tax"] = r.choice([{"mode": "rate", "rate": "1"}, {"mode": "amount", "fen": 0}])


def huge(q, r):
    """Costs and subsidies near 2^53, what is left of them within it."""
    q["subsidyFen"] = r.choice([0, LARGEST, LARGEST - r.randint(0, 999)])
    q["costs"] = [{"id": f"h{i}", "kind": r.choice(COST_KINDS[q["jurisdiction"]]), "product": r.choice([None, q["products"][0]["id"]]),
                   "fen": r.randint(10 ** 14, LARGEST // 4), "related": True} for i in range(r.choice([1, 2, 2]))]
    q["costs"][0]["fen"] |= 1
    q["tax"] = {"mode": "rate", "rate": r.choice(["0.06", "0.130000000001"])}
    q["previousExcessFen"] = r.choice([0, LARGEST, LARGEST // 3, r.randint(0, LARGEST)])
    q["sharing"]["poolFen"] = r.choice([None, LARGEST, LARGEST - r.randint(0, 99)])


def huge_usage(q, r):
    """A quantity and a tariff whose product goes past what a double counts, less the discount within it."""
    p = q["products"][0]
    p["ceilingFen"] = r.randint(10 ** 8, 10 ** 9)
    p["expectedQty"] = r.randint(10 ** 3, 10 ** 6)
    place = (p["id"], "general", "industry")
    clear(q, place)
    q["tariffs"].append(tariff(place, p["ceilingFen"] - r.randint(0, 3), r.choice(["0.333333333333", "0.999999999999", "0.1"])))
    for i in range(r.randint(1, 2)):
        q["usage"].append({"id": f"big{i}", "product": place[0], "qty": r.randint(10 ** 5, 10 ** 6) | 1, "merchant": "m1", "class": place[1],
                           "purpose": place[2]})


def own_kinds(q, r):
    q["costKinds"] = r.sample(KINDS, r.randint(1, len(KINDS)))


def nothing_used(q, r):
    q["usage"] = []


def all_refused(q, r):
    for cost in q["costs"]:
        cost["related"] = False


def shared_only(q, r):
    for cost in q["costs"]:
        cost["product"] = None
    q["allocationKey"] = r.choice(["equal", "expectedQuantity", {"weights": {p["id"]: r.randint(0, 2) for p in q["products"]} | {"p1": 1}}])


def big_revenue(q, r):
    """Revenue over the cap, and so an excess."""
    p = q["products"][0]
    place = (p["id"], "general", "industry")
    clear(q, place)
    q["tariffs"].append(tariff(place, p["ceilingFen"], "0"))
    cost = sum(c["fen"] for c in q["costs"])
    q["usage"].append({"id": "much", "product": p["id"], "qty": min(10 ** 9, cost * r.randint(1, 3) // p["ceilingFen"] + 1), "merchant": "m2",
                       "class": "general", "purpose": "industry"})


def near_the_cap(q, r):
    """Revenue at the cap, a fen under and over it: a product sold by the fen fills what is left."""
    q["products"] = [p for p in q["products"] if p["id"] != "p1"] + [{"id": "p1", "unit": "call", "ceilingFen": 1, "expectedQty": 1}]
    place = ("p1", "general", "industry")
    clear(q, place)
    q["usage"] = [u for u in q["usage"] if u["product"] != "p1"]
    q["tariffs"] = [t for t in q["tariffs"] if t["product"] != "p1"] + [tariff(place, 1, "0")]
    sofar = answer(q)
    if "refused" not in sofar:
        room = sofar["permittedRevenue"] - sofar["revenueFen"] + r.choice([-1, 0, 1])
        if 0 < room <= 10 ** 9:
            q["usage"].append({"id": "fill", "product": "p1", "qty": room, "merchant": "m1", "class": "general", "purpose": "industry"})


def forecast_at_the_cap(q, r):
    """To the fen, one less and one more: a product sold by the fen is expected as often as is left."""
    p = q["products"][-1]
    p["ceilingFen"], p["expectedQty"] = 1, 0
    q["tariffs"] = [t for t in q["tariffs"] if t["product"] != p["id"]]
    for one in q["products"]:
        one["expectedQty"] = min(one["expectedQty"], 5)
    now = answer(q)
    if "refused" not in now:
        p["expectedQty"] = min(10 ** 12, max(0, now["permittedRevenue"] - now["forecastFen"] + r.choice([-1, 0, 0, 1])))


def profitable(q, r):
    """Costs a little under the revenue, nothing to deduct: a surplus within the cap."""
    p = q["products"][0]
    place = (p["id"], "general", "industry")
    clear(q, place)
    q["tariffs"].append(tariff(place, p["ceilingFen"], r.choice(["0", "0.05"])))
    q["usage"].append({"id": "well", "product": p["id"], "qty": r.randint(500, 90_000), "merchant": "m1", "class": "general", "purpose": "industry"})
    revenue = answer(q).get("revenueFen", 0)
    q["previousExcessFen"] = r.choice([0, 0, revenue // 100])
    q["subsidyFen"] = 0
    q["costs"] = [{"id": "s1", "kind": r.choice(COST_KINDS[q["jurisdiction"]]), "product": None, "fen": max(1, revenue * r.randint(70, 99) // 100),
                   "related": True}] + [{**c, "id": f"n{i}", "related": False} for i, c in enumerate(q["costs"][:2])]
    q.pop("costKinds", None)
    q["sharing"]["poolFen"] = r.choice([None, None, None, revenue // 50])
    q["sharing"]["resourceFeeRate"] = r.choice(["0", "0.01", "0.03"])
    q["tax"] = r.choice([{"mode": "amount", "fen": revenue // 100}, {"mode": "rate", "rate": "0.03"}, {"mode": "rate", "rate": "0"}])


def two_tariffs(q, r):
    """For one product, class and purpose: the same twice, one that is good, or two that differ."""
    t = r.choice(q["tariffs"] or [tariff(("p1", "general", "industry"), 0, "0")])
    other = r.choice([{}, {"discount": t["discount"] + ("0" if "." in t["discount"] else ".0")}, {"fen": t["fen"] // 2}, {"fen": 10 ** 9}, {"discount": "0.75"}])
    q["tariffs"].insert(r.randint(0, len(q["tariffs"])), {**t, **other})


def fine_quantities(q, r):
    """Hours and volumes with six decimals, as text or as numbers."""
    for one, key in [(u, "qty") for u in q["usage"]] + [(p, "expectedQty") for p in q["products"]]:
        one[key] = r.choice([rate(r, "40", 6), rate(r, "40", 1), r.randint(0, 4000) / 8, "0", "0.000001"])


def json_numbers(q, r):
    """Rates as JSON numbers mean what was written."""
    q["bondYield"], q["points"] = r.choice([0.0185, 0.017, 0.1, 0]), r.choice([6, 0, 3.3, 5.99])
    q["tax"] = {"mode": "rate", "rate": r.choice([0.06, 0.1, 0.13, 1])}
    q["sharing"]["resourceFeeRate"] = r.choice([0.03, 0.29, 0.57, 0])
    q["sharing"]["factors"] = {party: r.choice([1, 0.1, 0.2, 0.3, 0.7]) for party in q["sharing"]["parties"]}
    for t in q["tariffs"]:
        t["discount"] = r.choice([0.1, 0.3, 0.58, 1, 0.15])


def no_ceiling(q, r):
    """None is set yet: nothing may be charged."""
    r.choice(q["products"])["ceilingFen"] = None


def left_out(q, r):
    """What need not be said."""
    for key in r.sample(["subsidyFen", "previousExcessFen", "tax", "allocationKey", "sharing", "usage", "tariffs"], r.randint(1, 4)):
        q.pop(key, None)
    for t in q.get("tariffs", []):
        if exact(t["discount"]) == 0:
            del t["discount"]
    for c in q["costs"]:
        if c["product"] is None and r.random() < 0.5:
            del c["product"]
    if "sharing" in q and q["sharing"]["poolFen"] is None:
        del q["sharing"]["poolFen"]


def points_over(q, r):
    q["points"] = r.choice(["6.000000000001", "6.5", "7", "100"])


def bond_in_percent(q, r):
    q["bondYield"] = r.choice(["1.85", "0.3", "2", "0.300000000000"])


FEATURES = [zero_costs, subsidy_above_cost, overrun_over_cap, overrun_at_the_cap, ties, zero_factors, uneven_factors, free_with_a_charge,
            free_without_tariff, at_the_ceiling, repeated_ids, conflicting_ids, unknown_product, unrated, fractions, too_small_discount,
            fine_rates, extreme_rates, huge, huge_usage, own_kinds, nothing_used, all_refused, shared_only, big_revenue, near_the_cap, profitable, profitable,
            forecast_at_the_cap, two_tariffs, fine_quantities, json_numbers]
RARE = [points_over, bond_in_percent, no_ceiling, no_ceiling, no_ceiling, left_out, left_out, left_out, left_out]


def tariff(place, fen, off):
    return {"product": place[0], "class": place[1], "purpose": place[2], "fen": fen, "discount": off}


def clear(q, place):
    """At most one tariff for one product, class and purpose: no text says which of two would hold."""
    q["tariffs"] = [t for t in q["tariffs"] if (t["product"], t["class"], t["purpose"]) != place]


def use(q, r, place):
    q["usage"].append({"id": f"x{len(q['usage'])}", "product": place[0], "qty": r.randint(1, 50), "merchant": f"m{r.randint(1, 3)}",
                       "class": place[1], "purpose": place[2]})


def made():
    r = random.Random(SEED)
    periods = []
    while len(periods) < COUNT:
        q = ordinary(r)
        chosen = r.sample(FEATURES, r.choice([0, 1, 2, 3, 4]))
        features = [f for f in FEATURES if f in chosen]
        if r.random() < 0.1:
            features.append(r.choice(RARE))
        for feature in features:
            feature(q, r)
        names = [feature.__name__ for feature in features]
        a = answer(q)
        if a.get("refused") in ("allocation", "factors", "never"):
            continue
        periods.append(({"id": f"{len(periods) + 1}", "features": names, "period": q}, a))
    return periods


def main():
    periods = made()
    texts = {"scenarios": json.dumps([s for s, _ in periods], separators=(",", ":")),
             "answers": json.dumps({s["id"]: a for s, a in periods}, separators=(",", ":"))}
    if "--check" in sys.argv:
        same = all(gzip.decompress(FILES[name].read_bytes()).decode() == text for name, text in texts.items())
        print("same" if same else "differs")
        sys.exit(0 if same else 1)
    for name, text in texts.items():
        FILES[name].write_bytes(gzip.compress(text.encode(), mtime=0))
        print(name, len(text), FILES[name].stat().st_size)
    counts = {}
    for s, a in periods:
        for name in s["features"]:
            counts[name] = counts.get(name, 0) + 1
        for name, holds in (("=excess", a.get("excessFen", 0) > 0), ("=surplus", a.get("surplusFen", 0) > 0), ("=carried", a.get("carriedToNextPeriodFen", 0) > 0),
                            ("=forecastOver", a.get("forecastOverCap", False)), ("=refused", "refused" in a),
                            ("=forecastAtCap", a.get("forecastFen") == a.get("permittedRevenue") and a.get("forecastFen", 0) > 0)):
            counts[name] = counts.get(name, 0) + holds
    print(len(periods), counts)


if __name__ == "__main__":
    main()
