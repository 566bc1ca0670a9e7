"""k, l and t by PyPI `pycanon` 1.3.6, on adult.csv and on random tables; the product's code is not used.

    anonymity_oracle.py            writes anonymity-tables.json.gz and anonymity-answers.json
    anonymity_oracle.py --check [N]    computes them again and compares; exit code 1 where they differ;
                                       with N only the first N tables, without adult.csv
"""

import gzip
import io
import itertools
import json
import pathlib
import random
import sys
import warnings

import pandas as pd
from pycanon import anonymity

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent
EMPTY = "\u0000empty"  # stands for an empty cell where pycanon cannot take one
SEARCHED = 80  # for so many tables the smallest sets are sought by brute force
LIMITS = {"k": 3, "l": 2, "t": 0.6}

# --- tables -------------------------------------------------------------------------------------------------------


def column(rng, rows, kind, values, skew, nulls):
    """One column of cells as text; None where empty."""
    if kind == "text":
        pool = [f"v{i}" for i in range(values)]
    elif kind == "whole":
        pool = [str(n) for n in rng.sample(range(-500, 2000), values)]
    elif kind == "decimal":
        pool = [f"{rng.uniform(-50, 5000):.{rng.choice([1, 2, 4])}f}" for _ in range(values)]
    else:  # numbers written in several ways, some of them equal
        pool = [rng.choice([f"{n}", f"{n}.0", f"{n}.50", f"{n}e1"]) for n in range(values)]
    weights = [1 / (i + 1) ** skew for i in range(len(pool))]
    cells = rng.choices(pool, weights, k=rows)
    return [None if rng.random() < nulls else cell for cell in cells]


def table(seed):
    rng = random.Random(seed)
    rows = rng.choice([1, 2, 3, 5, 8, 20, 40, 80, 120, 200])
    qi = []
    for i in range(rng.randint(1, 5)):
        values = 1 if rng.random() < 0.08 else rng.choice([2, 2, 3, 4, 6, 12, 40])
        nulls = rng.choice([0, 0, 0, 0.03, 0.2])
        # a quasi-identifier is what stands in the cell, so its numbers are written one way
        qi.append(column(rng, rows, rng.choice(["text", "whole", "decimal"]), values, rng.choice([0, 0.5, 1.5, 3]), nulls))
    sensitive = []
    for i in range(rng.randint(1, 3)):
        values = 1 if rng.random() < 0.08 else rng.choice([2, 3, 5, 9, 30])
        nulls = rng.choice([0, 0, 0.05, 0.3])
        kind = rng.choice(["text", "text", "whole", "decimal", "mixed"])
        sensitive.append(column(rng, rows, kind, values, rng.choice([0, 1, 3]), nulls))
    names = [f"q{i}" for i in range(len(qi))] + [f"s{i}" for i in range(len(sensitive))]
    return {
        "name": f"random {seed}",
        "columns": names,
        "rows": [list(row) for row in zip(*qi, *sensitive)],
    }


def by_hand():
    same = [["a", "b", "x", "5"]] * 7
    one = [["a", "b", "x", "5"]]
    return [
        {"name": "one row", "columns": ["q0", "q1", "s0", "s1"], "rows": one},
        {"name": "all rows equal", "columns": ["q0", "q1", "s0", "s1"], "rows": same},
        {
            "name": "one row aside",
            "columns": ["q0", "q1", "s0", "s1"],
            "rows": same * 30 + [["z", "b", "y", "900"]],
        },
    ]


def frame(given):
    """Reads a table as pandas reads a CSV: a column of numbers becomes numbers, an empty cell nothing."""
    text = io.StringIO()
    pd.DataFrame(given["rows"], columns=given["columns"]).to_csv(text, index=False)
    text.seek(0)
    return pd.read_csv(text, keep_default_na=False, na_values=[""], skip_blank_lines=False)


# --- answers ------------------------------------------------------------------------------------------------------


def numeric(data, name):
    return pd.api.types.is_numeric_dtype(data[name]) and data[name].notna().any()


def sound(data, qi, sensitive):
    """What pycanon cannot take or drops: an empty text is a value; with one quasi-identifier an empty cell is one too."""
    data = data.copy()
    for name in qi if len(qi) == 1 else []:
        if data[name].isna().any():
            data[name] = data[name].astype(object).where(data[name].notna(), EMPTY)
    for name in sensitive:
        if not numeric(data, name):
            data[name] = data[name].astype(object).where(data[name].notna(), EMPTY).astype(str)
    return data


def judge(data, qi, sensitive):
    data = sound(data, qi, sensitive)
    t = 0.0
    for name in sensitive:
        if data[name].nunique(dropna=False) > 1:  # pycanon divides by zero where numbers are all equal
            t = max(t, float(anonymity.t_closeness(data, qi, [name])))
    return {
        "k": int(anonymity.k_anonymity(data, qi)),
        "l": int(anonymity.l_diversity(data, qi, sensitive)),
        "t": min(1.0, t),  # empty cells among numbers weigh twice with pycanon: more than 1 may come out
    }


def beyond(figures):
    return figures["k"] < LIMITS["k"] or figures["l"] < LIMITS["l"] or figures["t"] > LIMITS["t"] + 1e-12


def smallest(data, candidates, sensitive):
    """All smallest sets of at most three columns that go beyond the limits.

    Columns of one value count for nothing, save where all rows together are too few.
    """
    few = len(data) < LIMITS["k"]
    candidates = [name for name in candidates if few or data[name].nunique(dropna=False) > 1]
    found = []
    for size in (1, 2, 3):
        for qi in itertools.combinations(candidates, size):
            if not any(set(one) <= set(qi) for one in found) and beyond(judge(data, list(qi), sensitive)):
                found.append(qi)
    return [list(one) for one in found]


def questions(given, searched):
    data = frame(given)
    qis = [name for name in given["columns"] if name.startswith("q")]
    sensitive = [name for name in given["columns"] if name.startswith("s")]
    asked = [qis] + ([qis[:1]] if len(qis) > 1 else [])
    answers = []
    for qi in asked:
        each = [[name] for name in sensitive] + ([sensitive] if len(sensitive) > 1 else [])
        for fields in each:
            answers.append({"qi": qi, "sensitive": fields, **judge(data, qi, fields)})
    return {
        "name": given["name"],
        "answers": answers,
        "smallest": smallest(data, qis, sensitive) if searched else None,
    }


ADULT = [
    (["sex"], ["salary-class"]),
    (["sex", "race"], ["salary-class", "age"]),
    (["age"], ["salary-class"]),
    (["sex", "age", "race"], ["salary-class"]),
    (["sex", "race", "marital-status"], ["age"]),
    (["education", "workclass"], ["age", "occupation"]),
    (["sex", "age", "race", "native-country"], ["occupation", "salary-class"]),
    (["education", "occupation", "marital-status", "native-country"], ["age"]),
]


def adult():
    data = pd.read_csv(here.parent / "adult.csv", sep=";")
    answers = []
    for qi, sensitive in ADULT:
        for fields in [[name] for name in sensitive] + ([sensitive] if len(sensitive) > 1 else []):
            answers.append({"qi": qi, "sensitive": fields, **judge(data, qi, fields)})
    return {"name": "adult", "answers": answers}


def told(same):
    print("the same answers" if same else "other answers than those committed")
    return 0 if same else 1


def main():
    tables = by_hand() + [table(seed) for seed in range(1, 241)]
    kept_tables, kept_answers = here / "anonymity-tables.json.gz", here / "anonymity-answers.json"
    if sys.argv[1:2] == ["--check"] and len(sys.argv) > 2:
        some = int(sys.argv[2])
        kept = json.loads(kept_answers.read_text())["tables"][:some]
        return told(
            json.loads(gzip.decompress(kept_tables.read_bytes())) == tables
            and kept == [questions(one, at < SEARCHED) for at, one in enumerate(tables[:some])]
        )
    answers = {
        "oracle": "pycanon 1.3.6",
        "limits": LIMITS,
        "adult": adult(),
        "tables": [questions(one, at < SEARCHED) for at, one in enumerate(tables)],
    }
    packed = gzip.compress(json.dumps(tables, separators=(",", ":")).encode(), mtime=0)
    text = json.dumps(answers, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n"
    if "--check" in sys.argv:
        return told(
            json.loads(gzip.decompress(kept_tables.read_bytes())) == tables
            and json.loads(kept_answers.read_text()) == json.loads(text)
        )
    kept_tables.write_bytes(packed)
    kept_answers.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
