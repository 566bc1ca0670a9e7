/** The term of an operating agreement and its renewal window, as the pack of its jurisdiction sets them. */
import { type BusinessDate, addDays, endOfDay, toInstantText, yearOf } from '../business-date.ts';
import { articleOf, type ResolvedPack, ruleOf } from '../packs/pack.ts';
import type { OperatingAgreementRules } from '../packs/topics/operating-agreement.ts';
import type {
  RenewalAnswer,
  RenewalOf,
  RenewalStanding,
  RenewalWindow,
  TermAnswer,
  TermOf,
  TermQuestion,
} from './question.ts';

const two = (part: number): string => String(part).padStart(2, '0');

/**
 * The corresponding day so many months later, or earlier when negative; where the month has no such day, its last
 * (Civil Code arts 201, 202). A date of Asia/Shanghai; the year is not bounded here.
 */
export const correspondingDay = (date: BusinessDate, months: number): BusinessDate => {
  const month = yearOf(date) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const firstOf = (m: number): BusinessDate =>
    `${String(Math.floor(m / 12)).padStart(4, '0')}-${two((((m % 12) + 12) % 12) + 1)}-01`;
  const last = addDays(firstOf(month + 1), -1);
  const same = `${firstOf(month).slice(0, 8)}${date.slice(8)}`;
  return same < last ? same : last;
};

/**
 * The last day of a term that begins with signature: the corresponding day itself (Civil Code arts 201, 202). Three
 * years signed on 2026-03-15 end at 24:00 on 2029-03-15.
 */
export const lastDayOfTerm = (signedOn: BusinessDate, months: number): BusinessDate =>
  correspondingDay(signedOn, months);

type Window = OperatingAgreementRules['renewalWindow'];

/** The days within which renewal is asked for, both inclusive; `null` where the pack sets none. */
export const renewalWindow = (expiry: BusinessDate, rule: Window): RenewalWindow | null =>
  rule === 'none'
    ? null
    : {
        from: correspondingDay(expiry, -rule.from.monthsBefore),
        until: correspondingDay(expiry, -rule.until.monthsBefore),
      };

/** Where a day lies. Without a window any day of the term will do; after its last day it is too late. */
export const renewalStanding = (
  window: RenewalWindow | null,
  expiry: BusinessDate,
  submittedOn: BusinessDate,
): RenewalStanding => {
  if (window === null) return submittedOn > expiry ? 'tooLate' : 'noWindow';
  if (submittedOn < window.from) return 'tooEarly';
  return submittedOn > window.until ? 'tooLate' : 'inWindow';
};

/** Why a term of so many months is not signed, if it isn't: over the maximum, and no ground lifts it. */
const refusalOf = (rules: OperatingAgreementRules['term'], longer: boolean, ground: boolean) => {
  if (!longer || (rules.inPrinciple && ground)) return undefined;
  return rules.inPrinciple
    ? {
        code: 'groundMissing',
        message:
          '超过原则上的最长期限须记载理由 · longer than the maximum in principle only on a recorded ground',
      }
    : { code: 'termOverMaximum', message: '超过最长期限 · the term is longer than the maximum' };
};

const termOf = (question: TermOf, pack: ResolvedPack): TermAnswer => {
  const { signedOn, years, months = (years ?? 0) * 12, groundRecorded = false } = question;
  const term = ruleOf(pack, 'operatingAgreement', 'term');
  const window = ruleOf(pack, 'operatingAgreement', 'renewalWindow');
  const { maxYears, inPrinciple } = term.value;
  const longer = months > maxYears * 12;
  const lastDay = lastDayOfTerm(signedOn, months);
  const refused = refusalOf(term.value, longer, groundRecorded);
  const pointer = years === undefined ? '/months' : '/years';
  return {
    lastDay,
    endsAt: toInstantText(endOfDay(lastDay)),
    article: articleOf(ruleOf(pack, 'operatingAgreement', 'termEnds')),
    maximum: {
      years: maxYears,
      inPrinciple,
      lastDay: lastDayOfTerm(signedOn, maxYears * 12),
      article: articleOf(term),
    },
    exceedsMaximum: longer,
    needsGround: longer && inPrinciple,
    window: renewalWindow(lastDay, window.value),
    windowArticle: articleOf(window),
    ...(refused && { refused: [{ ...refused, pointer, article: articleOf(term) }] }),
  };
};

const renewalOf = ({ expiry, submittedOn }: RenewalOf, pack: ResolvedPack): RenewalAnswer => {
  const rule = ruleOf(pack, 'operatingAgreement', 'renewalWindow');
  const window = renewalWindow(expiry, rule.value);
  return { window, standing: renewalStanding(window, expiry, submittedOn), article: articleOf(rule) };
};

/** Answers by the pack's topic `operatingAgreement`. @throws RangeError where the pack doesn't hold it. */
export const termPreview = (question: TermQuestion, pack: ResolvedPack): TermAnswer | RenewalAnswer =>
  'signedOn' in question ? termOf(question, pack) : renewalOf(question, pack);
