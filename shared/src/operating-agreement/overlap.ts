/** Mandates beside one another (O12): which stand together, and why one does not. Pure. */
import type { MandateMode } from '../packs/topics/mandate.ts';

/** What is handed over to an operator: codes of fields and scenarios; the whole names none. */
export type Mandate = { mode: MandateMode; fields: string[]; scenarios: string[] };
/** One that runs, or is being signed. */
export type StandingMandate = Mandate & { agreement: string };

export type MandateLaw = { allowed: MandateMode[]; combined: boolean; atMost: number | 'none' };
export type WhyNoMandate = {
  code: 'mandateModeNotAllowed' | 'mandatesOverlap' | 'mandatesTooMany' | 'mandateModesNotCombined';
  /** The rule it breaks. */
  rule: 'modes' | 'atMost' | 'overlap';
  params: Record<string, string | number>;
};

const meet = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.includes(one));

/** The whole overlaps everything; else one field or one scenario in both is enough. */
export const mandatesOverlap = (a: Mandate, b: Mandate): boolean =>
  a.mode === 'whole' || b.mode === 'whole' || meet(a.fields, b.fields) || meet(a.scenarios, b.scenarios);

/** Why a mandate cannot stand beside the others; undefined where it can. */
export const whyNoMandate = (
  { allowed, combined, atMost }: MandateLaw,
  mandate: Mandate,
  others: readonly StandingMandate[],
): WhyNoMandate | undefined => {
  if (!allowed.includes(mandate.mode))
    return { code: 'mandateModeNotAllowed', rule: 'modes', params: { mode: mandate.mode } };
  const hit = others.find((other) => mandatesOverlap(mandate, other));
  if (hit) return { code: 'mandatesOverlap', rule: 'overlap', params: { agreement: hit.agreement } };
  if (atMost !== 'none' && others.length >= atMost)
    return { code: 'mandatesTooMany', rule: 'atMost', params: { atMost } };
  return !combined && others.some(({ mode }) => mode !== mandate.mode)
    ? { code: 'mandateModesNotCombined', rule: 'modes', params: { mode: mandate.mode } }
    : undefined;
};
