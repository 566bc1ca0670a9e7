/** The draw of the committee (O3): a seed committed before the pool is looked at, told at the opening. */
import { jsonHash } from '@gongshu/infra/hash';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import { problem } from '@gongshu/shared/problems';
import { type Candidate, drawCommittee, type Member, seedCommitment } from '@gongshu/shared/selection/draw';
import type { Transaction } from 'kysely';
import { randomBytes } from 'node:crypto';
import { caseOf, clauseOf, type RegistrySelectionTables, type SelectionDeps } from './deps.ts';

const aboutSeed = (caseNo: string): string => `seed ${caseNo}`;

/** A seed of 256 bits for a case, sealed; its hash is what is told. */
export const newSeed = ({ sealing }: Pick<SelectionDeps, 'sealing'>, caseNo: string) => {
  const seed = randomBytes(32).toString('hex');
  return { case_no: caseNo, seed_hash: seedCommitment(seed), sealed: sealing.seal(seed, aboutSeed(caseNo)) };
};

/** The seed that was committed. Throws `seedNotCommitted` (409), `seedDiffers` (409) for one that cannot be unsealed. */
export const seedOf = async ({ db, sealing, packs }: SelectionDeps, row: ProcedureRow): Promise<string> => {
  const article = clauseOf(packs.resolve(row.jurisdiction), 'committee');
  const { seedHash } = caseOf(row).state;
  if (seedHash === null || seedHash === undefined) throw problem('seedNotCommitted', article);
  const kept = await db
    .selectFrom('selection_seed')
    .select('sealed')
    .where('case_no', '=', row.case_no)
    .where('seed_hash', '=', seedHash)
    .executeTakeFirst();
  const seed = kept && sealing.unseal(kept.sealed, aboutSeed(row.case_no));
  if (seed === undefined || seedCommitment(seed) !== seedHash) throw problem('seedDiffers', article);
  return seed;
};

type Person = Candidate & { account: string; kind: 'outside' | 'department' };
export type Drawn = { members: Member[]; substitutes: Member[]; pool: Person[]; poolHash: string };

/** The committee of the case from the pool as it stands. Throws `committeeCannotBeDrawn` (422) saying what is missing. */
export const drawnFor = async (deps: SelectionDeps, row: ProcedureRow): Promise<Drawn> => {
  const { rules } = caseOf(row);
  const seed = await seedOf(deps, row);
  const pool: Person[] = await deps.db
    .selectFrom('expert')
    .select(['id', 'organisation', 'account', 'kind'])
    .where('jurisdiction', '=', row.jurisdiction)
    .where('state', '=', 'standing')
    .orderBy('id')
    .execute();
  const { size, odd, expertsAtLeast } = rules.committee;
  const drawn = drawCommittee({
    ...{ seed, size, odd, expertsAtLeast, excluded: [] },
    pool: pool.filter(({ kind }) => kind === 'outside'),
    departments: rules.assessment.committee.includes('departments')
      ? pool.filter(({ kind }) => kind === 'department')
      : null,
  });
  if ('missing' in drawn)
    throw problem('committeeCannotBeDrawn', {
      errors: drawn.missing.map(({ code, needed, found }) => ({
        ...{ pointer: '', code },
        message: { zh: `需要 ${needed}，现有 ${found}`, en: `${needed} needed, ${found} found` },
      })),
      ...clauseOf(deps.packs.resolve(row.jurisdiction), 'committee'),
    });
  return {
    members: [...drawn.members],
    substitutes: [...drawn.substitutes],
    pool,
    poolHash: jsonHash(pool.map(({ id, organisation, kind }) => ({ id, organisation, kind }))),
  };
};

/** Who was drawn, and how each signs in; who sits, the state says. */
export const keepDrawn = async (
  trx: Transaction<RegistrySelectionTables>,
  caseNo: string,
  { members, substitutes, pool, poolHash }: Drawn,
): Promise<void> => {
  const accounts = new Map(pool.map(({ id, account }) => [id, account]));
  for (const { id, organisation, seat } of [...members, ...substitutes])
    await trx
      .insertInto('selection_member')
      .values({
        ...{ case_no: caseNo, pool_hash: poolHash, member: id, organisation, seat },
        account: accounts.get(id) ?? id,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
};

/** The member an account is, of the draw that stands; whether it sits, and whether it has left by conflict. */
export const memberOf = async (
  { db }: Pick<SelectionDeps, 'db'>,
  row: ProcedureRow,
  account: string,
): Promise<{ id: string; sits: boolean; left: boolean } | undefined> => {
  const { state } = caseOf(row);
  const found = await db
    .selectFrom('selection_member')
    .select('member')
    .where('case_no', '=', row.case_no)
    .where('pool_hash', '=', state.poolHash ?? '')
    .where('account', '=', account)
    .executeTakeFirst();
  if (!found) return undefined;
  const id = found.member;
  const sits = state.panel.some((one) => one.id === id);
  return { id, sits, left: !sits && !state.substitutes.some((one) => one.id === id) };
};
