/**
 * Who checks a product (E1; 中卫 二十三, 朔州 六（三）): people of the operator's register, vetted and with all the pack asks on
 * record, none of whom made it, and none related to who did.
 */
import { relatedTo } from '@gongshu/infra/ownership/related';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import { businessDateOf } from '@gongshu/shared/business-date';
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { EgressFacts, EgressState } from '@gongshu/shared/product/types';
import { problem, type ProblemPlace } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';
import { lacking, staffLaw } from '../staff/law.ts';
import type { StaffRow, StaffTables } from '../staff/tables.ts';
import { mustBeSeparated } from './separation.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
type Db = Kysely<any>;

const place = (at: number, code: string, zh: string, en: string): ProblemPlace => ({
  ...{ pointer: `/body/checkers/${at}`, code },
  message: { zh, en },
});

/** Vetted in every city, though not every text names it: whoever sees a product before it leaves must be trusted to. */
const isFit = (pack: ResolvedPack, row: StaffRow | undefined, today: string): row is StaffRow =>
  row?.state === 'active' &&
  row.vetting_result === 'passed' &&
  (row.vetted_on ?? today) <= today &&
  today <= (row.vetted_until ?? today) &&
  lacking(staffLaw(pack), row, today).length === 0;

const peopleOf = async (
  db: Db,
  { jurisdiction, operator }: { jurisdiction: string; operator: string },
  column: 'id' | 'account',
  values: readonly string[],
): Promise<StaffRow[]> =>
  (db as Kysely<StaffTables>)
    .selectFrom('staff')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', operator)
    .where(column, 'in', [...values])
    .execute();

/** The house of a body as people stand in it: by their number in the register, or their account. */
const relatives = (house: ReadonlyMap<string, readonly string[]>, { id, account }: StaffRow) =>
  house.get(id) ?? house.get(account);

/**
 * The accounts of people named by their numbers in the register. Throws `notSeparated`, `checkerUnfit`,
 * `checkerIsAuthor`, `checkerRelated` (422) with each place.
 */
export const fitCheckers = async (
  db: Db,
  pack: ResolvedPack,
  { row, staff, now }: { row: ProcedureRow; staff: readonly string[]; now: Date },
): Promise<string[]> => {
  const { owner, operator } = row.start.facts as EgressFacts;
  const { authors = [] } = row.state as Partial<EgressState>;
  const { jurisdiction } = pack;
  const today = businessDateOf(now.getTime());
  const article = clauseIn(pack, 'productEgress', 'checkers');
  await mustBeSeparated(db, pack, { owner, operator, now });
  const found = await peopleOf(db, { jurisdiction, operator }, 'id', staff);
  const people = staff.map((id) => found.find((one) => one.id === id));
  const wrong = (
    is: (one: StaffRow | undefined) => boolean,
    ...words: [code: string, zh: string, en: string]
  ): ProblemPlace[] => people.flatMap((one, at) => (is(one) ? [place(at, ...words)] : []));

  const unfit = wrong(
    (one) => !isFit(pack, one, today),
    ...(['checkerUnfit', '未登记在册，或未经审查', 'Not on the register, or not vetted'] as const),
  );
  if (unfit.length > 0) throw problem('checkerUnfit', { ...article, errors: unfit });
  const made = wrong(
    (one) => authors.includes(one?.account ?? ''),
    ...(['checkerIsAuthor', '制作了本产品', 'Made the product'] as const),
  );
  if (made.length > 0) throw problem('checkerIsAuthor', { ...article, errors: made });
  if (owner !== operator) {
    const house = await relatedTo(db, { jurisdiction, bodies: [owner], on: today });
    const related = wrong(
      (one) => one !== undefined && relatives(house, one) !== undefined,
      ...(['checkerRelated', '与提交方存在持股或控制关系', 'Holds of, or belongs to, who submits'] as const),
    );
    if (related.length > 0) throw problem('checkerRelated', { ...article, errors: related });
  }
  return people.flatMap((one) => (one ? [one.account] : []));
};

/** Whoever was named is fit still when the vote is given. Throws `checkerUnfit` (422): another is named. */
export const checkerMustBeFit = async (
  db: Db,
  pack: ResolvedPack,
  { row, account, now }: { row: ProcedureRow; account: string; now: Date },
): Promise<void> => {
  const { operator } = row.start.facts as EgressFacts;
  const found = await peopleOf(db, { jurisdiction: pack.jurisdiction, operator }, 'account', [account]);
  const today = businessDateOf(now.getTime());
  if (!found.some((one) => isFit(pack, one, today)))
    throw problem('checkerUnfit', clauseIn(pack, 'productEgress', 'checkers'));
};
