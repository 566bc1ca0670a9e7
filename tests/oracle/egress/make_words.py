"""Makes negatives/package-words.json: words of columns that hold no identifier, from PyPI Faker and mimesis and npm china-division."""

import csv
import json
import random
import sys
from pathlib import Path

import mimesis
from faker import Faker

HERE = Path(__file__).parent
SEED = 20261124


def main(folder: Path):
    rnd = random.Random(SEED)
    fake = Faker("zh_CN")
    fake.seed_instance(SEED)
    data = lambda name: json.loads((Path(mimesis.__file__).parent / "datasets" / "zh" / f"{name}.json").read_text(encoding="utf-8"))
    rows = lambda name: list(csv.DictReader((folder / "dist" / f"{name}.csv").open(encoding="utf-8")))
    some = lambda values, count: sorted(rnd.sample(sorted(set(values)), count))
    clean = lambda values: [value.strip() for value in values]
    villages = [row["name"] for row in rows("villages")]
    food, text, person, address = data("food"), data("text"), data("person"), data("address")
    words = {
        "companies": sorted({fake.company() for _ in range(300)}),
        "jobs": sorted({fake.job() for _ in range(300)}),
        "dishes": food["dishes"], "drinks": food["drinks"], "fruits": food["fruits"], "spices": food["spices"], "vegetables": food["vegetables"],
        "colours": text["color"], "policyWords": sorted(set(text["words"])), "sentences": [line for line in text["text"] if not any(who in line for who in ("王", "商鞅", "秦开", "主父"))],
        "languages": person["language"], "nationalities": person["nationality"], "occupations": person["occupation"],
        "universities": some(person["university"], 400),
        "degrees": person["academic_degree"], "countries": address["country"]["name"], "continents": address["continent"],
        "streetNames": [name + rnd.choice(["路", "街", "大道", "巷"]) for name in clean(address["street"]["name"])],
        "provinces": [row["name"] for row in rows("provinces")],
        "cities": [row["name"] for row in rows("cities") if row["name"].endswith(("市", "州", "地区", "盟"))],
        "counties": some([row["name"] for row in rows("areas")], 600),
        "towns": some([row["name"] for row in rows("streets")], 600),
        "villages": some([name for name in villages if name.endswith("村委会")], 400),
        "communities": some([name for name in villages if "社区" in name], 300),
        "divisionCodes": some([row["code"] for row in rows("areas")], 500),
        "townCodes": some([row["code"] for row in rows("streets")], 500),
        "villageCodes": some([row["code"] for row in rows("villages")], 500),
    }
    out = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"')
    (HERE / "negatives" / "package-words.json").write_text(out + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
