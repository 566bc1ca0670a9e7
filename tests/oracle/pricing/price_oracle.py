#!/usr/bin/env python3
"""A second reading of a whole period of prices (F1–F7, M4), written from the texts, 发改价格〔2025〕65号 as the requirements
give it, and the agreed readings of the open points ("Money"), with int and fractions.Fraction alone and without sight
of the product's code.

`python3 price_oracle.py FILE` (a JSON list of periods, plain or .gz, or stdin) prints the answers by id. The answer is
of the oracle's own shape: codes are its own words, lists are maps by id where order means nothing."""
import gzip
import json
import sys
from fractions import Fraction
from math import floor

# What each text names. 65号 stands behind all of them: free purposes, six points, deduction from the next period.
SIXTY_FIVE = ["platformBuild", "platformUpkeep", "dataAcquisition", "transfer", "aggregation", "storage", "governance",
              "labour"]
COST_KINDS = {
    "national": SIXTY_FIVE,  # 65号: platform build and upkeep, acquisition, transfer, aggregation, storage, governance, labour
    "zhongwei": SIXTY_FIVE,  # silent on kinds (art 14: processing, computing, support are sold to merchants)
    # 十（二）: 数据加工、系统建设、安全运维、人力及管理; 十（三）: 数据加工、系统运维、安全保障、管理摊销
    "shuozhou": ["processing", "platformBuild", "platformUpkeep", "security", "labour", "management"],
    # 九（一）, three kinds: 数据产品开发成本（包括从公用企业获取数据的成本）、数据安全管理成本、服务体系建设成本
    "wuhai": ["productDevelopment", "security", "serviceSystem"],
}
FREE = ("publicGovernance", "publicWelfare")  # Zhongwei 24, Wuhai 九（二）, 65号: for whomever, at whatever tariff
MAXIMUM_POINTS = Fraction(6)
LARGEST = 2 ** 53 - 1  # a whole number that JSON readers take without loss
# Shuozhou 十（三）2 favours welfare scenarios and small firms; by how much is silent, a tenth in the pack.
DISCOUNTS = {"shuozhou": {"welfare": Fraction(1, 10), "smallFirm": Fraction(1, 10)}}
EVERYONE = ["government", "operator", "sourceDepartment", "partner", "publicGood"]
PARTIES = {
    "national": EVERYONE,
    "zhongwei": EVERYONE,  # 25: 谁投入、谁贡献、谁受益
    "shuozhou": EVERYONE[:4],  # 十（四）: 政府、运营机构、数源部门和应用合伙人
    "wuhai": EVERYONE[1:3] + EVERYONE[4:],  # 九（三）: 数据提供部门、运营机构; 部分收益用于公共事业或反哺数据来源
}


class Refused(Exception):
    """The whole question is refused, with the oracle's word for why."""


def exact(value):
    """The decimal that was written; `1.85%` is a hundredth of its number."""
    text = repr(value) if isinstance(value, float) else str(value)
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def decimal(value):
    """An exact decimal, shortest form."""
    digits = 0
    while (value * 10 ** digits).denominator != 1:
        digits += 1
    whole = str(value.numerator * 10 ** digits // value.denominator).rjust(digits + 1, "0")
    return f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole


def split(total, weights):
    """Largest remainder: everyone the whole fen of his part, the fen that are left to the largest remainders, ties in
    the order given. Sums to `total`."""
    whole = sum(weights)
    if whole == 0:
        return None
    parts = [total * weight / whole for weight in map(Fraction, weights)]
    given = [floor(part) for part in parts]
    order = sorted(range(len(parts)), key=lambda i: (given[i] - parts[i], i))
    for i in order[:total - sum(given)]:
        given[i] += 1
    return given


def accounts(q, kinds):
    """The costs that count, and why the others do not."""
    accepted, refused = [], {}
    for cost in q["costs"]:
        why = [word for word, wrong in (("kind", cost["kind"] not in kinds), ("unrelated", not cost["related"])) if wrong]
        if why:
            refused[cost["id"]] = why
        else:
            accepted.append(cost)
    return accepted, refused


def place(one):
    return one["product"], one["class"], one["purpose"]


def off(tariff):
    return exact(tariff.get("discount", "0"))


def judged(q, products):
    """Per tariff all reasons against it; none: accepted. Of two that differ, each good by itself, neither holds."""
    results = []
    for tariff in q["tariffs"]:
        product = products.get(tariff["product"])
        fen = tariff["fen"]
        least = DISCOUNTS.get(q["jurisdiction"], {}).get(tariff["class"], Fraction(0))
        results.append([word for word, wrong in (
            ("unknownProduct", product is None),
            ("noCeiling", product is not None and product["ceilingFen"] is None and fen > 0),
            ("overCeiling", product is not None and product["ceilingFen"] is not None and fen > product["ceilingFen"]),
            ("freePurpose", tariff["purpose"] in FREE and fen > 0),
            ("discount", tariff["purpose"] not in FREE and fen > 0 and off(tariff) < least),
        ) if wrong])
    good = {}
    for tariff, wrong in zip(q["tariffs"], results):
        if not wrong:
            good.setdefault(place(tariff), set()).add((tariff["fen"], off(tariff)))
    for tariff, wrong in zip(q["tariffs"], results):
        if not wrong and len(good[place(tariff)]) > 1:
            wrong.append("ambiguous")
    return results


def same_use(one, other):
    return {**one, "qty": exact(one["qty"])} == {**other, "qty": exact(other["qty"])}


def metered(q, products, results):
    """Lines by usage id, what is unrated, what is refused for being two things under one id."""
    tariffs = {}
    for tariff, wrong in zip(q["tariffs"], results):
        if not wrong:
            tariffs[place(tariff)] = tariff
    seen, lines, unrated, conflicting = {}, [], [], []
    for use in q["usage"]:
        if use["id"] in seen:
            if not same_use(seen[use["id"]], use) and use["id"] not in conflicting:
                conflicting.append(use["id"])
            continue
        seen[use["id"]] = use
        tariff = tariffs.get(place(use))
        if use["product"] not in products:
            unrated.append(use["id"])
        elif use["purpose"] in FREE:
            lines.append((use, 0))
        elif tariff is None:
            unrated.append(use["id"])
        else:
            lines.append((use, floor(exact(use["qty"]) * tariff["fen"] * (1 - off(tariff)))))
    return lines, unrated, conflicting, list(seen.values())


def allocation(q, accepted, lines, uses):
    """How heavy each product is, by the key."""
    key = q["allocationKey"]
    name = key if isinstance(key, str) else next(iter(key))
    ids = [product["id"] for product in q["products"]]
    if name == "equal":
        return [Fraction(1)] * len(ids)
    if name == "directCost":
        return [Fraction(sum(c["fen"] for c in accepted if c.get("product") == i)) for i in ids]
    if name == "expectedQuantity":
        return [exact(product["expectedQty"]) for product in q["products"]]
    if name == "usage":
        return [sum((exact(u["qty"]) for u in uses if u["product"] == i), Fraction(0)) for i in ids]
    if name == "revenue":
        return [Fraction(sum(fen for use, fen in lines if use["product"] == i)) for i in ids]
    return [exact(key[name].get(i, "0")) for i in ids]


def answer(q):
    try:
        return answered(q)
    except Refused as why:
        return {"refused": str(why)}


def answered(given):
    q = {"costs": [], "subsidyFen": 0, "allocationKey": "equal", "previousExcessFen": 0, "products": [], "tariffs": [], "usage": [],
         "tax": {"mode": "amount", "fen": 0}, **given}
    kinds = q.get("costKinds") or COST_KINDS[q["jurisdiction"]]
    points, bond = exact(q["points"]), exact(q["bondYield"])
    if points > MAXIMUM_POINTS:
        raise Refused("points")
    if not str(q["bondYield"]).endswith("%") and bond >= Fraction(3, 10):
        raise Refused("bondYield")
    products = {product["id"]: product for product in q["products"]}

    accepted, refused = accounts(q, kinds)
    cost = sum(c["fen"] for c in accepted)
    net = max(0, cost - q["subsidyFen"])
    rate = bond + points / 100
    with_profit = net * (1 + rate)
    tax = exact(q["tax"]["rate"]) * with_profit if q["tax"]["mode"] == "rate" else Fraction(q["tax"]["fen"])
    cap_before = floor(with_profit + tax)  # the only rounding, down to the fen
    permitted = max(0, cap_before - q["previousExcessFen"])
    unconsumed = q["previousExcessFen"] - (cap_before - permitted)

    forecast = sum(((p["ceilingFen"] or 0) * exact(p["expectedQty"]) for p in q["products"]), Fraction(0))
    results = judged(q, products)
    lines, unrated, conflicting, uses = metered(q, products, results)
    revenue = sum(fen for _, fen in lines)
    bills = {}
    for use, fen in lines:
        bill = bills.setdefault(use["merchant"], {"totalFen": 0, "lines": {}})
        bill["totalFen"] += fen
        bill["lines"][use["id"]] = fen
    excess = max(0, revenue - permitted)

    shared = sum(c["fen"] for c in accepted if c.get("product") not in products)
    heavy = allocation(q, accepted, lines, uses)
    laid = split(shared, heavy) if products else []
    if laid is None:
        raise Refused("allocation") if shared else Refused("never")

    sharing = q.get("sharing", {"resourceFeeRate": "0", "parties": [], "factors": {}})
    fee = floor(revenue * exact(sharing["resourceFeeRate"]))
    surplus = max(0, floor(min(revenue, permitted) - net - fee - tax))
    pool = surplus if sharing.get("poolFen") is None else sharing["poolFen"]
    shares = split(pool, [exact(sharing["factors"].get(party, "0")) for party in sharing["parties"]])
    if shares is None and sharing["parties"]:
        raise Refused("factors")
    if max(cost, cap_before, forecast, revenue, excess + unconsumed) > LARGEST:
        raise Refused("tooLarge")
    return {
        "refusedCosts": refused,
        "netCostFen": net,
        "permittedRate": decimal(rate),
        "permittedRevenue": permitted,
        "forecastFen": floor(forecast),
        "forecastOverCap": forecast > permitted,
        "tariffResults": results,
        "bills": bills,
        "unrated": unrated,
        "conflicting": conflicting,
        "revenueFen": revenue,
        "excessFen": excess,
        "carriedToNextPeriodFen": excess + unconsumed,
        "sharedCostByProduct": dict(zip(products, laid)),
        "resourceFeeFen": fee,
        "surplusFen": surplus,
        "poolOverSurplus": pool > surplus,
        "shares": dict(zip(sharing["parties"], shares or [])),
    }


def main():
    data = open(sys.argv[1], "rb").read() if len(sys.argv) > 1 else sys.stdin.buffer.read()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    json.dump({q["id"]: answer(q["period"]) for q in json.loads(data)}, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
