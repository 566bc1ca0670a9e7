"""Makes identifiers/: checksum-true identifiers in every format, and the list of what must be found where.

Needs PyPI pyarrow 26.0.1 and openpyxl 3.1.5. Fixed seed. Values are random; one may by chance belong to somebody, none was looked up.
"""

import csv
import datetime
import gzip
import io
import json
import random
import re
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

import disguises as d
import standards as s

SEED = 20261123
OUT = Path(__file__).parent / "identifiers"
COLUMNS = ["序号", "内容", "备注", "附加", "护照号", "电话", "车牌号", "经度", "纬度"]
EACH = 5
MAKERS = {**{kind: make for kind, (make, _) in d.CELLS.items() if kind != "residentIdDigits"}, "passport": s.passport}


def plain(kind, rnd):
    value = MAKERS[kind](rnd)
    return ",".join(value) if kind == "coordinates" else value


class Table:
    def __init__(self):
        self.rows = []
        self.expected = []

    def add(self, cells, found):
        """`found`: (columns any of which may be named, type, path or None, class)."""
        self.rows.append(cells)
        self.expected += [[len(self.rows), *one] for one in found]


def told(rnd, kind):
    """A passport in a JSON value needs its word; the shape that is a list has none."""
    return rnd.choice(d.SHAPES[:3] if kind in ("passport", "landline", "coordinates") else d.SHAPES)


def extras(rnd):
    """A sentence and a JSON value, each with an identifier, and where they are found."""
    kind = rnd.choice(list(d.TEXTS))
    sentence = rnd.choice(d.TEXTS[kind]).format(plain(kind, rnd))
    found = [["备注", kind, None, f"{kind}.text"]]
    if rnd.random() < 0.3:
        other = rnd.choice([k for k in d.TEXTS if k != kind])
        sentence += " " + rnd.choice(d.TEXTS[other]).format(plain(other, rnd))
        found.append(["备注", other, None, f"{other}.textTwo"])
    kind = rnd.choice(list(d.KEYS))
    key = rnd.choice(d.KEYS[kind])
    value = plain(kind, rnd)
    shape, path = told(rnd, kind)
    number = kind in ("mobile", "bankCard") and len(value) < 17 and shape is not d.SHAPES[4][0] and rnd.random() < 0.4
    tag = "jsonNumber" if number else "json"
    found.append(["附加", kind, path.format(key=key), f"{kind}.{tag}"])
    return sentence, shape(int(value) if number else value, key), found


def table():
    rnd = random.Random(SEED)
    result = Table()
    plans = []
    for kind, (make, ways) in d.CELLS.items():
        shown = "residentId" if kind == "residentIdDigits" else kind
        plans += [("内容", shown, make, way, hide) for way, hide in ways.items() for _ in range(EACH)]
    for column, (kind, make, ways) in d.TOLD.items():
        plans += [(column, kind, make, "told." + way, hide) for way, hide in ways.items() for _ in range(EACH)]
    plans += [("经度|纬度", "coordinates", None, "columns", None)] * 20
    rnd.shuffle(plans)
    for column, kind, make, way, hide in plans:
        sentence, value, found = extras(rnd)
        cells = {"序号": str(len(result.rows) + 1), "备注": sentence, "附加": value}
        if make is None:
            cells["经度"], cells["纬度"] = s.coordinates(rnd)
        else:
            cells[column] = hide(make(rnd))
        result.add(cells, [[column, kind, None, f"{kind}.{way}"], *found])
    return result


def pack(name, data):
    with open(OUT / name, "wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as file:
        file.write(data)


def as_text(rows, rnd):
    """JSON values as text; every third escapes what is not ASCII."""
    return [{**row, "附加": json.dumps(row["附加"], ensure_ascii=at % 3 == 0)} for at, row in enumerate(rows)]


def csv_text(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def json_lines(rows):
    return "".join(json.dumps({column: row.get(column) for column in COLUMNS}, ensure_ascii=at % 5 == 0) + "\n" for at, row in enumerate(rows))


def numbers(rnd, count):
    """Identifiers kept as numbers, and the expected of each."""
    return {
        "手机数": [int(s.mobile(rnd)) for _ in range(count)],
        "卡数": [int(s.bank_card(rnd)) for _ in range(count)],
        "证数": [int(d.numeric(s.resident_id)(rnd)) for _ in range(count)],
        "手机小数": [float(s.mobile(rnd)) for _ in range(count)],
        "经纬": [[float(part) for part in s.coordinates(rnd)] for _ in range(count)],
        "组": [{"tel": s.mobile(rnd), "mail": s.email(rnd)} for _ in range(count)],
    }


def parquet(rows, rnd):
    count = len(rows)
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in COLUMNS}
    columns["序号"] = pa.array(range(1, count + 1), pa.int32())
    columns["内容"] = columns["内容"].dictionary_encode()
    for name in ("经度", "纬度"):
        columns[name] = pa.array([float(row[name]) if name in row else None for row in rows], pa.float64())
    columns |= {name: pa.array(values) for name, values in numbers(rnd, count).items()}
    pq.write_table(pa.table(columns), OUT / "table.parquet", compression="zstd", row_group_size=200)
    kinds = [("手机数", "mobile"), ("卡数", "bankCard"), ("证数", "residentId"), ("手机小数", "mobile"), ("经纬", "coordinates"), ("组", "mobile"), ("组", "email")]
    return [[row, column, kind, None, f"{kind}.parquet"] for row in range(1, count + 1) for column, kind in kinds]


def still(path):
    """The same bytes each time: no moment of making in the archive or the document's properties."""
    with zipfile.ZipFile(path) as old:
        members = [(info.filename, old.read(info)) for info in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name, data in members:
            data = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>2024-01-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def xlsx(rows, rnd):
    book = openpyxl.Workbook()
    first = book.active
    first.title = "主表"
    first.append(COLUMNS)
    for row in rows:
        first.append([float(row[c]) if c in ("经度", "纬度") and c in row else row.get(c) for c in COLUMNS])
    second = book.create_sheet("附表 2")
    second.append(["编号", "联系方式", "账户", "日期"])
    expected = []
    for at in range(1, 61):
        card = next(card for card in iter(lambda: s.bank_card(rnd), None) if len(card) == 16)
        second.append([at, int(s.mobile(rnd)), int(card), datetime.date(2024, 1, 1) + datetime.timedelta(days=at)])
        expected += [["附表 2", at, "联系方式", "mobile", None, "mobile.xlsxNumber"], ["附表 2", at, "账户", "bankCard", None, "bankCard.xlsxNumber"]]
    hidden = book.create_sheet("隐藏")
    hidden.sheet_state = "hidden"
    hidden.append(["值"])
    for at in range(1, 21):
        hidden.append([s.resident_id(rnd)])
        expected.append(["隐藏", at, "值", "residentId", None, "residentId.xlsxHidden"])
    book.save(OUT / "table.xlsx")
    still(OUT / "table.xlsx")
    return expected


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    made = table()
    rnd = random.Random(SEED + 1)
    texts = as_text(made.rows, rnd)
    pack("table.csv.gz", csv_text(texts).encode())
    pack("table-gb18030.csv.gz", csv_text(texts).encode("gb18030"))
    pack("table.jsonl.gz", json_lines(made.rows).encode())
    expected = {"table": made.expected, "parquet": parquet(texts, rnd), "xlsx": xlsx(texts, rnd)}
    pack("expected.json.gz", json.dumps(expected, ensure_ascii=False, separators=(",", ":")).encode())
