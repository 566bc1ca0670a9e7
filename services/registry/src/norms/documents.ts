/** Who reads a norm's document: the body that submitted it, and once it has stood, those it binds (M2). */
import type { Actor, ActObject, Role } from '@gongshu/shared/may';
import type { Kysely } from 'kysely';
import type { NormKind } from './in-force.ts';
import type { NormTables } from './tables.ts';

const everybody: readonly Role[] = ['merchant', 'operator', 'sourceDepartment', 'countyBureau'];
const parties: readonly Role[] = ['merchant', 'operator'];

/** Whom a norm binds, by kind. */
const bound: Record<NormKind, readonly Role[]> = {
  catalogTechnicalStandard: ['sourceDepartment', 'countyBureau', 'operator'],
  onboardingNorm: parties,
  standardAgreement: parties,
  applicationCheckNorm: parties,
  egressCheckNorm: parties,
  platformNorms: everybody,
  managementRules: everybody,
  reviewNorm: ['sourceDepartment', 'countyBureau', 'operator'],
};

/** What `may()` asks about a norm, for the actor that asks; versions before stay readable to those they bound. */
export const normObject =
  (db: Kysely<NormTables>) =>
  async (id: string, actor: Actor): Promise<ActObject | undefined> => {
    if (!id.startsWith('GF-')) return undefined;
    const norm = await db
      .selectFrom('norm')
      .select(['jurisdiction', 'kind', 'state', 'organisation'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!norm) return undefined;
    const stood = norm.state !== 'submitted' && norm.state !== 'refused';
    const binds =
      stood && bound[norm.kind as NormKind]?.some((role) => actor.roles.includes(role))
        ? actor.organisation
        : null;
    const handlers = [norm.organisation, binds].filter((one) => one !== null);
    return { jurisdiction: norm.jurisdiction, owner: binds ?? norm.organisation, handlers };
  };
