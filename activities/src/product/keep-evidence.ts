/** The report on an artefact and its numbered findings, kept once: a second run finds the first one's. */
import { jsonHash } from '@gongshu/infra/hash';
import type { ProductTables } from '@gongshu/infra/products/tables';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';
import type { EvidenceAnswer, EvidenceAsk } from '@gongshu/shared/product/evidence';
import { type EvidenceReport, itemsOf, publicItemsOf } from '@gongshu/shared/product/evidence-report';
import type { Kysely } from 'kysely';

type Db = Kysely<ProductTables>;

/** What stands of an artefact's evidence. */
export const standingEvidence = async (
  db: Db,
  { caseNo, attempt }: Pick<EvidenceAsk, 'caseNo' | 'attempt'>,
): Promise<EvidenceAnswer | undefined> => {
  const row = await db
    .selectFrom('egress_evidence')
    .select(['verdict', 'report_hash', 'recorded_at'])
    .where('case_no', '=', caseNo)
    .where('attempt', '=', attempt)
    .executeTakeFirst();
  if (!row) return undefined;
  const items = await db
    .selectFrom('egress_item')
    .select('public_source as publicSource')
    .where('case_no', '=', caseNo)
    .where('attempt', '=', attempt)
    .orderBy('item')
    .execute();
  return {
    ...{ at: row.recorded_at.getTime(), verdict: row.verdict, report: row.report_hash },
    ...{ items: items.length, publicItems: publicItemsOf(items) },
  };
};

export const keepEvidence = async (
  db: Db,
  ask: EvidenceAsk,
  report: EvidenceReport,
  { thresholds, declared, at }: { thresholds: EgressThresholds; declared: boolean; at: number },
): Promise<EvidenceAnswer> => {
  const { caseNo: case_no, attempt } = ask;
  await db.transaction().execute(async (trx) => {
    const kept = await trx
      .insertInto('egress_evidence')
      .values({
        ...{ case_no, attempt, verdict: report.verdict, report_hash: jsonHash(report) },
        report: JSON.stringify(report) as never,
        recorded_at: new Date(at),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('attempt')
      .executeTakeFirst();
    const items = itemsOf(report, { thresholds, declared });
    if (!kept || items.length === 0) return;
    for (let from = 0; from < items.length; from += 1_000)
      await trx
        .insertInto('egress_item')
        .values(
          items.slice(from, from + 1_000).map(({ kind, place, publicSource }, index) => ({
            ...{ case_no, attempt, item: from + index + 1, kind, public_source: publicSource },
            place: JSON.stringify(place) as never,
          })),
        )
        .execute();
  });
  const standing = await standingEvidence(db, ask);
  if (!standing) throw new Error('evidence was kept and is not there');
  return standing;
};
