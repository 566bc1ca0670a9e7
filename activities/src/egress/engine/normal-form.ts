/**
 * The normal form of a cell: what two tables mean by one value though they write it differently. In SQL, for DuckDB.
 * Seen through: white space around, full width, case, 1.0 = 01 = +1 = 1,000 / 1000, exponents; dates as 2024-03-01,
 * 2024/3/1, 2024.3.1, 2024年3月1日 and 20240301; a time of midnight; an offset from Beijing time. Not seen through:
 * rounding, other units, days before months, numbers of days as a workbook counts them, translations.
 */
import { literal } from './table.ts';

const fullWidth = Array.from({ length: 94 }, (_, at) => String.fromCodePoint(0xff01 + at)).join('');
const halfWidth = Array.from({ length: 94 }, (_, at) => String.fromCodePoint(0x21 + at)).join('');
const spaces = '\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff';

const number = String.raw`[+-]?[0-9]+(\.[0-9]+)?`;
/** Numbers that stand in their normal form already: most do. */
const shortest = String.raw`0|-?[1-9][0-9]*|-?(0|[1-9][0-9]*)\.[0-9]*[1-9]`;
const grouped = String.raw`[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?`;
const exponent = String.raw`[+-]?[0-9]+(\.[0-9]+)?e[+-]?[0-9]{1,2}`;
const date = String.raw`([0-9]{4})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2}))?[日月]?`;
const time = String.raw`(?:[t ]*([0-9]{1,2})[:时]([0-9]{1,2})[:分]?([0-9]{1,2})?(?:\.([0-9]{1,9}))?[秒分]?)?`;
const zone = String.raw`(?:(z)|([+-])([0-9]{2}):?([0-9]{2}))?`;
const dated = `${date}${time} ?${zone}`;
const dateParts = "['y', 'm', 'd', 'h', 'i', 's', 'f', 'z', 'g', 'zh', 'zi']";

/** A plain decimal number without what does not change its value. */
const plain = (x: string): string => {
  const digits = `ltrim(${x}, '+-')`;
  const short = `ltrim(CASE WHEN contains(${x}, '.') THEN rtrim(rtrim(${digits}, '0'), '.') ELSE ${digits} END, '0')`;
  const whole = `CASE WHEN ${short} = '' THEN '0' WHEN starts_with(${short}, '.') THEN '0' || ${short} ELSE ${short} END`;
  return `CASE WHEN starts_with(${x}, '-') AND ${short} <> '' THEN '-' || ${withNought(short)} ELSE ${whole} END`;
};
const withNought = (short: string): string =>
  `CASE WHEN starts_with(${short}, '.') THEN '0' || ${short} ELSE ${short} END`;

/** A date as its digits, with its time where there is one, in Beijing time; what is no date stays as it was. */
const digitsOfDate = (x: string): string => {
  const two = (part: string) => `lpad(p.${part}, 2, '0')`;
  const day = `p.y || ${two('m')} || CASE WHEN p.d = '' THEN '' ELSE ${two('d')} END`;
  const clock = `${two('h')} || ${two('i')} || CASE WHEN p.s = '' THEN '00' ELSE ${two('s')} END`;
  const offset = `(CASE p.g WHEN '-' THEN -1 ELSE 1 END) * (CASE WHEN p.zh = '' THEN 0 ELSE p.zh::INT * 60 + p.zi::INT END)`;
  const moment = `strptime(${day} || ${clock}, '%Y%m%d%H%M%S')`;
  const shifted = `strftime(${moment} + to_minutes(480 - ${offset}), '%Y%m%d%H%M%S')`;
  const text = `CASE WHEN p.h = '' THEN ${day}
    WHEN p.d <> '' AND (p.z <> '' OR p.g <> '') THEN coalesce(TRY(${shifted}), ${day} || ${clock})
    ELSE ${day} || ${clock} END`;
  const fraction = `CASE WHEN rtrim(p.f, '0') = '' THEN '' ELSE '.' || rtrim(p.f, '0') END`;
  const parts = `regexp_extract(${x}, ${literal(dated)}, ${dateParts})`;
  return `list_transform([${parts}], lambda p: regexp_replace(${text}, '^([0-9]{8})000000$', '\\1') || ${fraction})[1]`;
};

/** First step: half width, lower case, no white space around. `x` is a column. */
export const trimmedSql = (x: string): string =>
  `lower(trim(CASE WHEN strlen(${x}) = length(${x}) OR NOT regexp_matches(${x}, '[！-～${spaces}]') THEN ${x}
    ELSE translate(${x}, ${literal(fullWidth + spaces)}, ${literal(halfWidth + ' '.repeat(spaces.length))}) END, ${literal(' \t\r\n\v\f')}))`;

/** Second step, over the first one's result: one writing for each number and date, NULL for nothing. `x` is a column. */
export const canonicalSql = (x: string): string =>
  `CASE WHEN ${x} = '' THEN NULL
    WHEN NOT regexp_matches(${x}, '^[+-]?[0-9]') OR regexp_full_match(${x}, ${literal(shortest)}) THEN ${x}
    WHEN regexp_full_match(${x}, ${literal(number)}) THEN ${plain(x)}
    WHEN regexp_full_match(${x}, ${literal(dated)}) THEN ${digitsOfDate(x)}
    WHEN regexp_full_match(${x}, ${literal(grouped)}) THEN ${plain(`replace(${x}, ',', '')`)}
    WHEN regexp_full_match(${x}, ${literal(exponent)}) THEN coalesce(${plain(`TRY_CAST(${x} AS DECIMAL(38, 10))::VARCHAR`)}, ${x})
    ELSE ${x} END`;
