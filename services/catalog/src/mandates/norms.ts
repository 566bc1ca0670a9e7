/** Norms as the registry tells of them (M2), and the acts here that wait for one. */
import { predecessorsOf } from '@gongshu/infra/cases/succession';
import { clauseOfRule, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { NormsRules } from '@gongshu/shared/packs/topics/norms';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';

export type NormProjection = {
  norm: {
    id: string;
    jurisdiction: string;
    kind: string;
    organisation: string;
    version: number;
    state: 'approved' | 'deposited' | 'issued' | 'replaced';
  };
};

const stateOf = {
  'norm.approved.v1': 'approved',
  'norm.deposited.v1': 'deposited',
  'norm.issued.v1': 'issued',
  'norm.replaced.v1': 'replaced',
} as const;
type Told = keyof typeof stateOf;
export type NormTold = { norm: string; kind: string; version: number; organisation?: string | null };

export const isNormEvent = (type: string | undefined): type is Told => type !== undefined && type in stateOf;

/** Writes how a norm stands. One told before events named the body that submitted it binds nobody here. */
export const followNorm = async (
  trx: Transaction<any>,
  jurisdiction: string,
  type: Told,
  { norm: id, kind, version, organisation }: NormTold,
): Promise<void> => {
  if (!organisation) return;
  const state = stateOf[type];
  await (trx as Transaction<NormProjection>)
    .insertInto('norm')
    .values({ id, jurisdiction, kind, organisation, version, state })
    // A norm's own events come in order; it is replaced once, and stays so.
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ state }))
    .execute();
};

/**
 * Asked before an act that a norm must stand for. `operator`: whose norm it is, its own or that of a body that went
 * into it. Throws `normNotApproved` (409), with the article, where the pack wants it approved and none is.
 */
export const mustHaveNorm = async (
  db: Kysely<any>,
  pack: ResolvedPack,
  kind: NormsRules['approved'][number],
  operator: string,
): Promise<void> => {
  const rule = pack.rules['norms']?.['approved'];
  if (!rule || !(rule.value as NormsRules['approved']).includes(kind)) return;
  const { jurisdiction } = pack;
  const found = await (db as Kysely<NormProjection>)
    .selectFrom('norm')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', kind)
    .where('organisation', 'in', [operator, ...(await predecessorsOf(db, 'body', jurisdiction, operator))])
    .where('state', '=', 'approved')
    .executeTakeFirst();
  if (!found) throw problem('normNotApproved', { params: { kind }, article: clauseOfRule(pack, rule) });
};
