"""Identifiers that are true to their standards, written from the standards: GB 11643, GB 32100, ISO/IEC 7812 (Luhn), GA 36 and others."""

import datetime
import string

AREAS = "110101 130102 140602 140621 150302 150303 150304 310104 330106 370202 420111 440305 510107 520201 520221 610113 640502 640521 640522 650102 810000 820000 830000".split()
WEIGHTS_ID = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS_USCC = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
WEIGHTS_ORG = [3, 7, 9, 10, 5, 8, 4, 2]
MOBILE = (
    "130 131 132 133 134 135 136 137 138 139 145 147 148 149 150 151 152 153 155 156 157 158 159 165 166 167 170 171 172 173 174 175 176 177 "
    "178 180 181 182 183 184 185 186 187 188 189 190 191 192 193 195 196 197 198 199"
).split()
# Area code and whether subscriber numbers there have eight digits.
LANDLINE = {"010": 8, "021": 8, "022": 8, "0351": 7, "0349": 7, "0473": 7, "0571": 8, "0755": 8, "0858": 7, "028": 8, "029": 8, "0951": 7, "0955": 7, "0991": 7}
# Issuer identification numbers of UnionPay and the length of their cards.
BINS = {
    "622202": 19, "621226": 19, "621700": 19, "622700": 19, "622848": 19, "621661": 19, "601382": 19, "622260": 19, "621799": 19,
    "625955": 16, "622588": 16, "621485": 16, "622568": 19, "622908": 18, "621288": 19, "623052": 19, "622622": 16, "621098": 19,
}
PLATE_CITIES = {"宁": "ABCDE", "蒙": "ABCDEFGHJKLM", "晋": "ABCDEFHJKLM", "贵": "ABCDEFGHJ", "京": "ACEFGHJKLMNPQY", "粤": "ABCDEFGHJKLMNPQRSTUVWX", "沪": "ABCDEF", "新": "ABCDEFGHJKLMNPQR"}
PLATE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def resident_id(rnd):
    born = datetime.date(1935, 1, 1) + datetime.timedelta(days=rnd.randrange(31_000))
    body = rnd.choice(AREAS) + born.strftime("%Y%m%d") + f"{rnd.randrange(1, 1000):03d}"
    rest = sum(int(c) * w for c, w in zip(body, WEIGHTS_ID)) % 11
    return body + "10X98765432"[rest]


def organisation_code(rnd):
    body = "".join(rnd.choice(string.digits + "AGKMX") for _ in range(8))
    value = lambda c: int(c) if c.isdigit() else ord(c) - 55
    rest = 11 - sum(value(c) * w for c, w in zip(body, WEIGHTS_ORG)) % 11
    return body + {10: "X", 11: "0"}.get(rest, str(rest))


def uscc(rnd):
    body = rnd.choice(["91", "92", "93", "11", "12", "51", "52", "53", "N1", "Y1", "54"]) + rnd.choice(AREAS[:20]) + organisation_code(rnd)
    rest = sum(USCC_ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS_USCC)) % 31
    return body + USCC_ALPHABET[(31 - rest) % 31]


def mobile(rnd):
    return rnd.choice(MOBILE) + f"{rnd.randrange(10**8):08d}"


def landline(rnd):
    area = rnd.choice(list(LANDLINE))
    return area + "-" + rnd.choice("2345678") + "".join(rnd.choice(string.digits) for _ in range(LANDLINE[area] - 1))


def bank_card(rnd):
    prefix = rnd.choice(list(BINS))
    body = prefix + "".join(rnd.choice(string.digits) for _ in range(BINS[prefix] - 7))
    total = sum(sum(divmod(int(c) * (2 if at % 2 == 0 else 1), 10)) for at, c in enumerate(reversed(body)))
    return body + str(-total % 10)


def passport(rnd):
    if rnd.random() < 0.3:
        return "E" + rnd.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") + f"{rnd.randrange(10**7):07d}"
    return rnd.choice("EEEGDSP") + f"{rnd.randrange(10**8):08d}"


def plate(rnd):
    province = rnd.choice(list(PLATE_CITIES))
    city = rnd.choice(PLATE_CITIES[province])
    serial = lambda n: "".join(rnd.choice(string.digits) for _ in range(n))
    kind = rnd.random()
    if kind < 0.2:  # small new-energy car: D or F first, then five
        return province + city + rnd.choice("DF") + rnd.choice(PLATE_ALPHABET + string.digits) + serial(4)
    if kind < 0.3:  # large new-energy vehicle: five digits, then D or F
        return province + city + serial(5) + rnd.choice("DF")
    if kind < 0.4:
        return province + city + serial(4) + rnd.choice("学警挂")
    five = list(serial(3) + rnd.choice(PLATE_ALPHABET) + rnd.choice(PLATE_ALPHABET + string.digits))
    rnd.shuffle(five)
    return province + city + "".join(five)


def email(rnd):
    word = lambda n: "".join(rnd.choice(string.ascii_lowercase) for _ in range(n))
    local = rnd.choice([word(6), word(4) + "." + word(5), word(3) + str(rnd.randrange(1980, 2010)), str(rnd.randrange(10**8, 10**9)), word(5) + "_" + word(2) + "+t"])
    return local + "@" + rnd.choice(["example.com", "mail.example.cn", "city.example.gov.cn", "example.org", "qq.example.com", "a-b.example.net"])


def coordinates(rnd):
    places = rnd.choice([4, 5, 6, 6, 7])
    part = lambda low, high: f"{rnd.uniform(low, high):.{places - 1}f}{rnd.randint(1, 9)}"  # no nought at the end for a number to lose
    return part(98, 122), part(24, 44)
