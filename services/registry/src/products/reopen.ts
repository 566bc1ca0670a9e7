/**
 * A link of ownership that comes to light later (O10; 国家 六): cases it concerns are checked anew by others, and what was
 * listed is off the list until then. It concerns a case where, with this link, submitter and operator are of one house,
 * or one of its checkers is of the submitter's.
 */
import { relatedTo } from '@gongshu/infra/ownership/related';
import { tellProcedure } from '@gongshu/infra/procedures/tell';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { EgressFacts, EgressState } from '@gongshu/shared/product/types';
import type { Transaction } from 'kysely';
import type { StaffTables } from '../staff/tables.ts';
import type { LinkBy, LinkRow } from '../ownership/links.ts';
import { chainBetween } from './separation.ts';

type Trx = Transaction<ProcedureTables & StaffTables>;
type Case = { caseNo: string; owner: string; operator: string; people: string[] };

/** Cases that run, with whoever checks them as links may name a person: by account, or number in the register. */
const runningCases = async (trx: Trx, jurisdiction: string): Promise<Case[]> => {
  const rows = await trx
    .selectFrom('procedure')
    .select(['case_no', 'start', 'state'])
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', 'productEgress')
    .where('outcome', 'is', null)
    .orderBy('case_no')
    .execute();
  const staff = await trx
    .selectFrom('staff')
    .select(['id', 'account', 'organisation'])
    .where('jurisdiction', '=', jurisdiction)
    .execute();
  return rows.map(({ case_no: caseNo, start, state }) => {
    const { owner, operator } = start.facts as EgressFacts;
    const { checkers = [] } = state as Partial<EgressState>;
    const people = staff.flatMap(({ id, account, organisation }) =>
      organisation === operator && checkers.includes(account) ? [id, account] : [],
    );
    return { caseNo, owner, operator, people };
  });
};

/**
 * Tells the cases a freshly confirmed link concerns, in its transaction; answers their receipts, to be handed on after
 * the commit.
 */
export const reopenConcerned = async (
  untyped: unknown,
  pack: ResolvedPack,
  { id: link }: LinkRow,
  { at, ...actor }: LinkBy,
): Promise<string[]> => {
  if (!pack.rules['productEgress']) return [];
  const trx = untyped as Trx;
  const { jurisdiction } = pack;
  const receipts: string[] = [];
  for (const { caseNo, owner, operator, people } of await runningCases(trx, jurisdiction)) {
    if (owner === operator) continue;
    const between = await chainBetween(trx, pack, { owner, operator, now: at });
    const house =
      people.length === 0
        ? new Map<string, readonly string[]>()
        : await relatedTo(trx, { jurisdiction, bodies: [owner], on: businessDateOf(at.getTime()) });
    const concerned = [between, ...people.map((one) => house.get(one))].some((chain) =>
      chain?.includes(link),
    );
    if (!concerned) continue;
    const act = { kind: 'reopenForLink', link };
    receipts.push(await tellProcedure(trx, { jurisdiction, caseNo, act }, actor, at));
  }
  return receipts;
};
