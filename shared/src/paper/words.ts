/** Amounts, dates, rates and clauses as papers and charts write them. Exact: no amount passes through a float. */
import { type BusinessDate, businessDateOf, toInstantText } from '../business-date.ts';
import { citeText, silentText } from '../packs/resting-on.ts';
import type { Ground } from './paper.ts';

/** Fen as yuan with two decimals and groups of three: -1234567 is `-12,345.67`. @throws RangeError unless whole. */
export const yuanText = (fen: number | bigint): string => {
  const digits = String(fen < 0 ? -BigInt(fen) : BigInt(fen)).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}${yuan}.${digits.slice(-2)}`;
};

const numerals = '零壹贰叁肆伍陆柒捌玖'.split('');
const places = ['', '拾', '佰', '仟'];

/** A whole number above 0 in capitals; zeros between digits are said once. */
const capitals = (whole: bigint): string => {
  for (const [unit, name] of [[100_000_000n, '亿'] as const, [10_000n, '万'] as const]) {
    if (whole < unit) continue;
    const rest = whole % unit;
    const gap = rest > 0n && rest < unit / 10n ? '零' : '';
    return `${capitals(whole / unit)}${name}${gap}${rest === 0n ? '' : capitals(rest)}`;
  }
  let text = '';
  let gap = false;
  const digits = String(whole);
  for (const [at, digit] of digits.split('').entries()) {
    if (digit !== '0')
      text += `${gap ? '零' : ''}${numerals[Number(digit)]}${places[digits.length - 1 - at]}`;
    gap = digit === '0';
  }
  return text;
};

/**
 * Fen as the capital numerals of Chinese bookkeeping (正确填写票据和结算凭证的基本规定): 壹佰零伍元伍角整, 玖万元零叁分.
 * @throws RangeError for an amount that is not whole.
 */
export const yuanCapitals = (amount: number | bigint): string => {
  const fen = BigInt(amount);
  if (fen < 0n) return `负${yuanCapitals(-fen)}`;
  if (fen === 0n) return '零元整';
  const whole = fen < 100n ? '' : `${capitals(fen / 100n)}元`;
  const [tenths, hundredths] = [Number((fen / 10n) % 10n), Number(fen % 10n)];
  if (tenths === 0 && hundredths === 0) return `${whole}整`;
  if (hundredths === 0) return `${whole}${numerals[tenths]}角整`;
  const middle = tenths > 0 ? `${numerals[tenths]}角` : whole && '零';
  return `${whole}${middle}${numerals[hundredths]}分`;
};

/**
 * An exact decimal as a percentage: `0.0785` is `7.85%`; a percentage stays one, and `1e-7` is `0.00001%`.
 * @throws RangeError for anything else.
 */
export const percentText = (rate: string): string => {
  const parts = /^(\d+)(?:\.(\d+))?(?:e-(\d{1,2})|(%))?$/.exec(rate);
  if (!parts) throw new RangeError('not a plain decimal');
  const [, whole = '', decimals = '', exponent = '0', percent] = parts;
  const places = Number(exponent) - (percent ? 0 : 2) + decimals.length;
  const digits = `${whole}${decimals}${'0'.repeat(Math.max(0, -places))}`.padStart(places + 1, '0');
  const at = digits.length - Math.max(0, places);
  const tail = digits.slice(at).replace(/0+$/, '');
  return `${digits.slice(0, at).replace(/^0+(?=\d)/, '')}${tail && `.${tail}`}%`;
};

/** What a discount takes off, `减20%`; null of one that takes off nothing. An exact decimal. */
export const discountText = (discount: string): { zh: string; en: string } | null =>
  Number(discount) === 0 ? null : { zh: `减${percentText(discount)}`, en: `less ${percentText(discount)}` };

/** `2026年11月22日`. */
export const dateText = (date: BusinessDate): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};

/** The date in Asia/Shanghai of an instant. */
export const dateOfInstant = (instant: Date | string): string =>
  dateText(businessDateOf(new Date(instant).getTime()));

/** `2026年11月22日 09:30`, in Asia/Shanghai. */
export const momentText = (instant: Date | string): string => {
  const text = toInstantText(new Date(instant).getTime());
  return `${dateText(text.slice(0, 10))} ${text.slice(11, 16)}`;
};

/** 《办法》第二十一条, or that the text is silent and how it is read. */
export const groundText = (ground: Ground): string => {
  if ('reading' in ground) return `${silentText}：${ground.reading}`;
  const { instrument, article, quote } = ground;
  const place =
    article === silentText ? `《${instrument}》（${silentText}）` : citeText({ instrument, article });
  return `${place}${quote === undefined ? '' : `：“${quote}”`}`;
};
