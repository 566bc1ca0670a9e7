"""How an identifier hides in a cell: each disguise keeps every digit. Two numbers apart by class name in the expected list."""

import base64
import json

import standards as s

WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(33, 127)})
wide = lambda value: value.translate(WIDE)
b64 = lambda value: base64.b64encode(value.encode()).decode()
url64 = lambda value: base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")


def grouped(value, sizes, by):
    parts, at = [], 0
    for size in sizes:
        parts.append(value[at : at + size])
        at += size
    return by.join(part for part in parts + [value[at:]] if part)


def scientific(value, letter="E", sign=""):
    return f"{value[0]}.{value[1:].rstrip('0') or '0'}{letter}{sign}{len(value) - 1}"


def numeric(make):
    """Only values of digits alone can be written as numbers."""

    def digits(rnd):
        value = make(rnd)
        return value if value.isdigit() else digits(rnd)

    return digits


def dms(value):
    degrees = int(float(value))
    minutes = int((float(value) - degrees) * 60)
    return degrees, minutes, ((float(value) - degrees) * 60 - minutes) * 60


def by_separator(sizes):
    separators = {"space": " ", "hyphen": "-", "wideHyphen": "－", "noBreakSpace": "\u00a0", "zeroWidth": "\u200b", "wideSpace": "\u3000", "dot": "."}
    return {name: (lambda v, sep=sep: grouped(v, sizes, sep)) for name, sep in separators.items()}


COMMON = {"plain": str, "wide": wide, "base64": b64, "base64Json": lambda v: b64(json.dumps({"v": v})), "base64Url": url64}
NUMBER = {"scientific": scientific, "scientificSmall": lambda v: scientific(v, "e", "+"), "float": lambda v: v + ".0", "apostrophe": lambda v: "'" + v}
BRACKETS = {"brackets": lambda v: f"（{v}）", "quoted": lambda v: f'"{v}"', "padded": lambda v: f"  {v}\t"}

CELLS = {
    "residentId": (s.resident_id, {**COMMON, **BRACKETS, **by_separator([6, 8]), "small": str.lower, "wideSmall": lambda v: wide(v.lower())}),
    "residentIdDigits": (numeric(s.resident_id), NUMBER),
    "uscc": (s.uscc, {**COMMON, **BRACKETS, **by_separator([2, 6, 9]), "small": str.lower, "byFour": lambda v: grouped(v, [4, 4, 4, 4], " ")}),
    "mobile": (
        s.mobile,
        {
            **COMMON, **NUMBER, **BRACKETS, **by_separator([3, 4]),
            "plus86": lambda v: "+86" + v, "plus86Space": lambda v: "+86 " + v, "plus86Hyphen": lambda v: "+86-" + grouped(v, [3, 4], "-"),
            "double0": lambda v: "0086" + v, "bracket86": lambda v: "(86)" + v, "widePlus": lambda v: wide("+86 " + v).replace("　", " "),
        },
    ),
    "landline": (
        s.landline,
        {
            "plain": str, "wide": wide, "base64": b64,
            "brackets": lambda v: "({}){}".format(*v.split("-")), "wideBrackets": lambda v: "（{}）{}".format(*v.split("-")),
            "space": lambda v: v.replace("-", " "), "plus86": lambda v: "+86-" + v[1:], "plus86Space": lambda v: "+86 " + v[1:].replace("-", " "),
            "extension": lambda v: v + "-801", "extensionWord": lambda v: v + "转8012", "dash": lambda v: v.replace("-", "—"),
        },
    ),
    "bankCard": (s.bank_card, {**COMMON, **NUMBER, **BRACKETS, **by_separator([4, 4, 4, 4])}),
    "plate": (
        s.plate,
        {
            "plain": str, "wide": wide, "base64": b64, "dot": lambda v: v[:2] + "·" + v[2:], "bullet": lambda v: v[:2] + "•" + v[2:],
            "space": lambda v: v[:2] + " " + v[2:], "hyphen": lambda v: v[:2] + "-" + v[2:], "small": str.lower, **BRACKETS,
        },
    ),
    "email": (s.email, {**COMMON, **BRACKETS, "capital": str.upper, "wideAt": lambda v: v.replace("@", "＠"), "angled": lambda v: f"<{v}>", "mailto": lambda v: "mailto:" + v}),
    "coordinates": (
        s.coordinates,
        {
            "comma": ",".join, "commaSpace": ", ".join, "space": " ".join, "latitudeFirst": lambda v: f"{v[1]},{v[0]}", "semicolon": ";".join,
            "brackets": lambda v: "({}, {})".format(*v), "square": lambda v: "[{},{}]".format(*v), "point": lambda v: "POINT({} {})".format(*v),
            "words": lambda v: "东经{}°，北纬{}°".format(*v), "letters": lambda v: "E{},N{}".format(*v), "wide": lambda v: wide(",".join(v)), "base64": lambda v: b64(",".join(v)),
            "degrees": lambda v: "{}°{}′{:.2f}″E {}°{}′{:.2f}″N".format(*dms(v[0]), *dms(v[1])),
        },
    ),
}

# Forms without a checksum count where the column or the words beside them say what they are.
TOLD = {
    "护照号": ("passport", s.passport, {"plain": str, "wide": wide, "small": str.lower, "space": lambda v: v[0] + " " + v[1:], "base64": b64}),
    "电话": ("landline", s.landline, {"joined": lambda v: v.replace("-", ""), "plain": str, "space": lambda v: v.replace("-", " ")}),
    "车牌号": ("plate", s.plate, {"plain": str, "dot": lambda v: v[:2] + "·" + v[2:]}),
}

TEXTS = {
    "residentId": ["身份证号{}，请核对", "持证人证件{}已核验", "证件号码:{}（二代）", "公民身份号码{}，与户籍一致", "凭{}领取"],
    "uscc": ["统一社会信用代码{}，存续", "企业（{}）已年报", "供应商代码:{};合格"],
    "mobile": ["联系电话{}，随时可接", "手机{}（微信同号）", "拨打{}无人接听", "机主{}欠费停机", "短信发至{}。"],
    "landline": ["值班电话{}，二十四小时", "请致电{}咨询", "传真：{}"],
    "bankCard": ["卡号{}，开户行城东支行", "退款至{}账户", "补贴打入{}，已到账"],
    "passport": ["护照{}，有效期十年", "持护照号{}入境", "Passport No. {}"],
    "plate": ["车牌{}违停", "号牌为{}的小型客车", "{}于北门驶入", "货车{}超限"],
    "email": ["邮箱{}，请查收", "发送到{}即可", "E-mail:{};备用"],
    "coordinates": ["定位{}，误差五米", "坐标({})处发现渗漏", "打卡位置：{}"],
}
# Where in a JSON value, and whether the value stands there as a number.
SHAPES = [
    (lambda v, key: {key: v}, "/{key}"),
    (lambda v, key: {"data": {"list": [{"id": 7}, {key: v}]}}, "/data/list/1/{key}"),
    (lambda v, key: [1, {"a/b": {key: v}}], "/1/a~1b/{key}"),
    (lambda v, key: {"items": ["x", v]}, "/items/1"),
    (lambda v, key: {"备注": f"见{v}。", "n": 1}, "/备注"),
]
KEYS = {
    "residentId": ["idNo", "证件", "v"], "uscc": ["code", "信用代码", "v"], "mobile": ["phone", "手机", "v"], "landline": ["tel", "电话"],
    "bankCard": ["card", "账号", "v"], "passport": ["passport", "护照号"], "plate": ["plate", "车牌", "v"], "email": ["mail", "v"], "coordinates": ["location", "坐标"],
}
