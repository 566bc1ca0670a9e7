/** No two mandates overlap (O12): asked at drafting, and held from the first signature until the agreement stands. */
import { businessDateOf } from '@gongshu/shared/business-date';
import {
  type Mandate,
  type StandingMandate,
  whyNoMandate,
} from '@gongshu/shared/operating-agreement/overlap';
import { clauseOfRule, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import { sql, type Transaction } from 'kysely';
import type { AgreementTables } from './tables.ts';

type Trx = Transaction<AgreementTables>;
type Asked = { caseNo: string; predecessor: string | null; mandate: Mandate; at: Date };

/** Mandates that run or are being signed, but the case's own and that of the agreement it follows. */
const besides = async (
  trx: Trx,
  jurisdiction: string,
  { caseNo, predecessor, at }: Asked,
): Promise<StandingMandate[]> => {
  // One statement, one look: a claim that becomes a mandate meanwhile is seen as one of them.
  const { rows } = await sql<StandingMandate>`
    select agreement_no as agreement, mode, fields, scenarios from mandate
    where jurisdiction = ${jurisdiction} and state <> 'ended' and until_on >= ${businessDateOf(at.getTime())}
      and agreement_no <> ${caseNo} and agreement_no is distinct from ${predecessor}
    union all
    select case_no, mode, fields, scenarios from mandate_claim
    where jurisdiction = ${jurisdiction} and case_no <> ${caseNo} and case_no is distinct from ${predecessor}
    order by agreement`.execute(trx);
  return rows;
};

/** Throws `mandateModeNotAllowed`, `mandatesOverlap`, `mandatesTooMany`, `mandateModesNotCombined`, with the clause. */
export const mustStandBeside = async (trx: Trx, pack: ResolvedPack, asked: Asked): Promise<void> => {
  const modes = ruleOf(pack, 'mandate', 'modes');
  const law = { ...modes.value, atMost: ruleOf(pack, 'mandate', 'atMost').value };
  const why = whyNoMandate(law, asked.mandate, await besides(trx, pack.jurisdiction, asked));
  if (!why) return;
  const article = clauseOfRule(pack, ruleOf(pack, 'mandate', why.rule));
  throw problem(why.code, { article, params: why.params });
};

/**
 * Holds the extent for the case until it stands or is given up; the same asked of every other signature of the city, one
 * after the other. Throws as `mustStandBeside`.
 */
export const claimMandate = async (trx: Trx, pack: ResolvedPack, asked: Asked): Promise<void> => {
  const { jurisdiction } = pack;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mandates:${jurisdiction}`}, 0))`.execute(trx);
  await mustStandBeside(trx, pack, asked);
  const { caseNo: case_no, mandate, at: claimed_at } = asked;
  const { mode, fields, scenarios } = mandate;
  await trx
    .insertInto('mandate_claim')
    .values({ case_no, jurisdiction, mode, fields, scenarios, claimed_at })
    .onConflict((conflict) => conflict.column('case_no').doUpdateSet({ mode, fields, scenarios }))
    .execute();
};

export const releaseMandate = async (trx: Trx, caseNo: string): Promise<void> => {
  await trx.deleteFrom('mandate_claim').where('case_no', '=', caseNo).execute();
};
