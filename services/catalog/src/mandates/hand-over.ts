/** What is open or running under a mandate that ended passes to the one that covers it now (O9, O12). */
import { moveCases } from '@gongshu/infra/cases/succession';
import { covers, type Mandate } from '@gongshu/infra/mandates/competence';
import { mandatesOverlap } from '@gongshu/shared/operating-agreement/overlap';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { sql, type Transaction } from 'kysely';
import type { UseTrx } from '../grants/deps.ts';
import { runAgain } from './grants.ts';

/** Whether anything of the ended mandate can lie within the next. */
export const mayTakeOver = (next: Mandate, ended: Mandate): boolean => mandatesOverlap(next, ended);

type CaseRow = {
  case_no: string;
  outcome: string | null;
  operator_organisation: string;
  field_code: string | null;
  scenario_code: string | null;
};

/** Cases under the ended mandate that are open, approved without a grant yet, or have a running grant. */
const casesUnder = (trx: UseTrx, from: Mandate): Promise<CaseRow[]> =>
  trx
    .selectFrom('application')
    .select(['case_no', 'outcome', 'operator_organisation', 'field_code', 'scenario_code'])
    .where('jurisdiction', '=', from.jurisdiction)
    .where((eb) =>
      eb.or([
        eb('mandate', '=', from.agreement_no),
        eb.and([eb('mandate', 'is', null), eb('operator_organisation', '=', from.operator)]),
      ]),
    )
    .orderBy('case_no')
    .execute();

/** Running grants made on paper before: no application says their codes, so only the whole takes them over. */
const paperUnder = (trx: UseTrx, { jurisdiction, operator }: Mandate): Promise<{ case_no: string }[]> =>
  trx
    .selectFrom('use_grant')
    .select('case_no')
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('brought_in', 'is not', null)
    .where('state', '!=', 'ended')
    .execute();

/**
 * Cases whose codes the next mandate covers become its operator's: open ones are told so, running grants that rested
 * run again. What has ended stays as it was. A second run finds nothing under the ended mandate any more.
 */
export const handOver = async (
  anyTrx: Transaction<any>,
  { from, to }: { from: Mandate; to: Mandate },
  how: { pack: ResolvedPack; at: Date },
): Promise<void> => {
  const trx = anyTrx as UseTrx;
  const cases = (await casesUnder(trx, from)).filter(({ field_code, scenario_code }) =>
    covers(to, { field: field_code ?? undefined, scenario: scenario_code ?? undefined }),
  );
  const paper = covers(to, {}) ? await paperUnder(trx, from) : [];
  if (cases.length + paper.length === 0) return;
  const numbers = [...cases, ...paper].map(({ case_no }) => case_no);
  const open = cases.filter(({ outcome }) => outcome === null).map(({ case_no }) => case_no);
  if (to.operator !== from.operator)
    await moveCases(anyTrx, open, {
      ...{ jurisdiction: from.jurisdiction, from: from.operator, to: to.operator, by: to.agreement_no },
    });
  await sql`
    update application set mandate = ${to.agreement_no}, operator_organisation = ${to.operator}
    where case_no = any(${numbers}::text[])
      and (
        outcome is null
        or exists (
          select from use_grant where use_grant.case_no = application.case_no and state <> 'ended'
        )
        or (
          outcome in ('approved', 'approvedWithDeemedReviews', 'deemedApproved')
          and not exists (select from use_grant where use_grant.case_no = application.case_no)
        )
      )`.execute(trx);
  const { rows } = await sql<{ grant_no: string }>`
    update use_grant set operator = ${to.operator}, version = version + 1
    where case_no = any(${numbers}::text[]) and state <> 'ended'
    returning grant_no`.execute(trx);
  for (const { grant_no } of rows)
    await runAgain(trx, grant_no, ['mandateEnded', 'mandateSuspended'], from, how);
};
