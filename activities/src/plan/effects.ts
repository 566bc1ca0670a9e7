/** Versions of the implementation plan (P2): in force one at a time, published, filed; the one before stays on record. */
import { answerFiling, fileOut } from '@gongshu/infra/filings/file-out';
import { publish, withdrawAllOf } from '@gongshu/infra/publications/publish';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { PlanFacts, PlanState } from '@gongshu/shared/plan/machine';
import { sql, type Transaction } from 'kysely';
import type { EffectOf, Effects } from '../procedure/effects.ts';

type Trx = Transaction<ProcedureTables>;
type Contents = { title: string; items: Record<string, { documents: string[] }> };

const contentsOf = async (trx: Trx, caseNo: string, hash: string): Promise<Contents> => {
  const { contents } = await trx
    .selectFrom('plan_content')
    .select('contents')
    .where('case_no', '=', caseNo)
    .where('content_hash', '=', hash)
    .executeTakeFirstOrThrow();
  return contents as Contents;
};

const kind = 'implementationPlan';

/** The lock: two versions that come into force at the same moment do so one after the other. */
const comeIntoForce = async (trx: Trx, { start, entry, actor }: EffectOf): Promise<void> => {
  const { caseNo, jurisdiction } = start;
  const at = new Date(entry.at);
  const [version, hash] = [Number(entry.data['version']), String(entry.data['contentHash'])];
  await sql`select pg_advisory_xact_lock(hashtextextended(${`plan ${jurisdiction}`}, 0))`.execute(trx);
  const replaced = await trx
    .updateTable('plan')
    .set({ replaced_at: at, replaced_by: caseNo })
    .where('jurisdiction', '=', jurisdiction)
    .where('replaced_at', 'is', null)
    .returning('case_no')
    .execute();
  await trx
    .insertInto('plan')
    .values({
      ...{ case_no: caseNo, jurisdiction, in_force_at: at, replaced_at: null, replaced_by: null },
      ...{ version, content_hash: hash },
    })
    .execute();
  for (const { case_no: subject } of replaced)
    await withdrawAllOf(trx, { subject, kind, reason: { code: 'replaced' }, actor, at });
  const contents = await contentsOf(trx, caseNo, hash);
  await publish(trx, {
    ...{ jurisdiction, kind, subject: caseNo, actor, at, rests: entry.rests },
    title: { zh: contents.title, en: `Implementation plan, version ${version}` },
    content: { version, replaces: (start.facts as PlanFacts).replaces, contents },
    from: businessDateOf(entry.at),
  });
};

/** Goes along: the contents that were decided on, the decisions, and their documents. */
const fileVersion = async (trx: Trx, { start, state, entry }: EffectOf): Promise<void> => {
  const { caseNo, jurisdiction } = start;
  const { version, replaces } = start.facts as PlanFacts;
  const contents = await contentsOf(trx, caseNo, (state as PlanState).contentHash);
  const steps = await trx
    .selectFrom('procedure_entry')
    .select(['kind', 'data'])
    .distinctOn('kind')
    .where('case_no', '=', caseNo)
    .where('kind', 'in', ['deliberated', 'approved'])
    .orderBy('kind')
    .orderBy('position', 'desc')
    .execute();
  const decisions = Object.fromEntries(steps.map((step) => [step.kind, step.data]));
  await fileOut(trx, {
    ...{ filing: String(entry.data['filing']), caseNo, jurisdiction, to: entry.data['to'] as string | null },
    content: { version, replaces, contents, decisions },
    documents: [
      ...Object.values(contents.items).flatMap(({ documents }) => documents),
      ...steps.flatMap(({ data }) => [data['minutes'], data['document']]),
    ].filter((hash): hash is string => typeof hash === 'string'),
    at: new Date(entry.at),
  });
};

const answer = async (trx: Trx, { entry: { data, receipt, at, kind: what } }: EffectOf): Promise<void> => {
  const words = await trx
    .selectFrom('intake_text')
    .select('body')
    .where('receipt', '=', receipt ?? '')
    .executeTakeFirst();
  await answerFiling(trx, {
    ...{ filing: String(data['filing']), on: String(data['on']), document: String(data['document']) },
    state: what === 'filingReceipted' ? 'receipted' : 'returned',
    number: words?.body.filingNumber ?? null,
    reasonCodes: (data['reasonCodes'] as string[] | undefined) ?? [],
    at: new Date(at),
  });
};

const does: Readonly<Record<string, (trx: Trx, of: EffectOf) => Promise<void>>> = {
  inForce: comeIntoForce,
  filed: fileVersion,
  filingReceipted: answer,
  filingReturned: answer,
};

export const planEffects: Effects = async (trx, of) => {
  await does[of.entry.kind]?.(trx, of);
};
