/** Opening a risk assessment or audit (X5): by its Schedule, or by who carries it out; once for a period. */
import type { AuditFacts } from '@gongshu/shared/audit/types';
import { auditKindsOf, type AuditRules, auditRules, restsOfAudit } from '@gongshu/shared/audit/rules';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { AuditKind } from '@gongshu/shared/packs/topics/audit';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import { bureauOf } from '../cases/bodies.ts';
import { takePart } from '../procedures/bodies.ts';
import type { ProcedureDeps } from '../procedures/deps.ts';
import type { Opening } from '../procedures/open.ts';
import { settleAudit } from './due.ts';
import type { AuditTables } from './tables.ts';

const at = (pointer: string, code: string, zh: string, en: string) => [
  { pointer: `/body/${pointer}`, code, message: { zh, en } },
];

/** Throws `auditKindUnknown`, `auditPeriodUnsound` (422). */
const mustBeSound = (pack: ResolvedPack, { audit, from, until }: AuditFacts, lawNow: Date): void => {
  const kinds = auditKindsOf(pack);
  if (!kinds.includes(audit))
    throw problem('auditKindUnknown', {
      params: { kinds: kinds.join(', ') || '—' },
      errors: at('audit', 'unknown', '政策包未列此类', 'The pack does not list this kind'),
    });
  const today = businessDateOf(lawNow.getTime());
  if (until < from || until > today)
    throw problem('auditPeriodUnsound', {
      params: { today },
      errors: at('until', 'periodUnsound', '期间不成立', 'Not a period that is over'),
    });
};

/** One case a period. Throws `auditPeriodTaken` (409). */
const begin = async (
  trx: Transaction<AuditTables>,
  pack: ResolvedPack,
  facts: AuditFacts,
  caseNo: string,
): Promise<AuditFacts> => {
  const { jurisdiction } = pack;
  const { audit, operator, from, until } = facts;
  const period = { jurisdiction, operator, audit, from_on: from, until_on: until };
  const written = await trx
    .insertInto('audit_case')
    .values({ case_no: caseNo, ...period })
    .onConflict((conflict) => conflict.doNothing())
    .returning('case_no')
    .executeTakeFirst();
  if (!written) {
    const before = await trx
      .selectFrom('audit_case')
      .select('case_no')
      .where('jurisdiction', '=', jurisdiction)
      .where('operator', '=', operator)
      .where('audit', '=', audit)
      .where('from_on', '=', from)
      .where('until_on', '=', until)
      .where('withdrawn', '=', false)
      .executeTakeFirst();
    throw problem('auditPeriodTaken', { params: { caseNo: before?.case_no ?? '' } });
  }
  await takePart(trx, caseNo, [{ organisation: operator, role: 'assessed' }]);
  await settleAudit(trx, { jurisdiction, operator, audit, from }, 'opened');
  return facts;
};

/** What an opening needs beside who opens it, and when. Throws what makes it unsound, `lifecycleNotInPack` (409). */
export const auditOpening = async (
  db: ProcedureDeps['db'],
  pack: ResolvedPack,
  facts: AuditFacts,
  lawNow: Date,
): Promise<Omit<Opening<AuditRules, AuditFacts>, 'by' | 'calendarVersion' | 'lawNow'>> => {
  const { jurisdiction } = pack;
  if (!pack.rules['audit']) throw problem('lifecycleNotInPack', { params: { jurisdiction } });
  mustBeSound(pack, facts, lawNow);
  return {
    ...{ kind: 'audit', pack, rules: auditRules(pack) },
    authority: await bureauOf(db, 'body', jurisdiction),
    facts: (trx, { caseNo }) => begin(trx as unknown as Transaction<AuditTables>, pack, facts, caseNo),
  };
};

/** The article a refusal of the case rests on. */
export const auditArticle = (rules: unknown, audit: string) =>
  restsOfAudit(rules as AuditRules, audit as AuditKind);
