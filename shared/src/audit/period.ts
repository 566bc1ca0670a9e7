/** The periods that are assessed one after the other, from the first day of a mandate (X5). */
import { addDays, type BusinessDate, startOfDay } from '../business-date.ts';
import { correspondingDay } from '../mandate/term.ts';

export type AuditPeriod = {
  from: BusinessDate;
  until: BusinessDate;
  /** Nine in the morning after its last day, Asia/Shanghai, in milliseconds since the epoch. */
  opensAt: number;
};

/** The period of `months` that a day lies in, counted from `first`; the first one for a day before it. */
export const auditPeriod = (first: BusinessDate, months: number, on: BusinessDate): AuditPeriod => {
  let n = 0;
  while (correspondingDay(first, months * (n + 1)) <= on) n += 1;
  const until = addDays(correspondingDay(first, months * (n + 1)), -1);
  const opensAt = startOfDay(addDays(until, 1)) + 9 * 3_600_000;
  return { from: correspondingDay(first, months * n), until, opensAt };
};

/** What the Schedule of a period asks for. */
export type AuditAsk = {
  jurisdiction: string;
  operator: string;
  audit: string;
  from: BusinessDate;
  until: BusinessDate;
};

export type AuditOpeningActivities = {
  /** Opens the case of a period, once; answers its number, or why there is none to open. */
  openAudit(ask: AuditAsk): Promise<{ opened: string }>;
};
