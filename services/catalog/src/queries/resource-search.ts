import { foldChinese } from '@gongshu/shared/chinese-text';
import type { Actor } from '@gongshu/shared/may';
import { reaches } from '@gongshu/shared/may';
import {
  publishedStates,
  type ResourceLevel,
  type ResourceState,
  type UpdateFrequency,
} from '@gongshu/shared/resource';
import type { ExpressionBuilder, ExpressionWrapper, Kysely, SqlBool } from 'kysely';
import type { ResourceTables } from '../tables/resource.ts';
import { type ResourceRow, withFields } from './resource.ts';

export type ResourceFilter = {
  q?: string | undefined;
  jurisdiction?: string | undefined;
  provider?: string | undefined;
  level?: ResourceLevel | undefined;
  frequency?: UpdateFrequency | undefined;
  grade?: string | undefined;
  state?: ResourceState | undefined;
};

type Where = ExpressionBuilder<ResourceTables, 'resource'>;

/** What this actor may see: what is published, and of its own city its own entries, or all (bureau, auditor). */
export const visibleTo =
  (actor: Actor) =>
  (eb: Where): ExpressionWrapper<ResourceTables, 'resource', SqlBool> => {
    const reach = new Set(reaches(actor, 'readResources'));
    const own = (condition: ExpressionWrapper<ResourceTables, 'resource', SqlBool>) =>
      eb.and([eb('jurisdiction', '=', actor.jurisdiction), condition]);
    const { organisation } = actor;
    return eb.or([
      ...(reach.has('everywhere') ? [eb.lit(true)] : []),
      eb('state', 'in', publishedStates),
      ...(reach.has('jurisdiction') ? [eb('jurisdiction', '=', actor.jurisdiction)] : []),
      ...(organisation !== null && (reach.has('owner') || reach.has('handler'))
        ? [own(eb('provider_organisation', '=', organisation))]
        : []),
      ...(organisation !== null && reach.has('handler')
        ? [own(eb('authority_organisation', '=', organisation))]
        : []),
    ]);
  };

/** The text folded as the search column is, its `%`, `_` and `\` meaning themselves. */
const pattern = (q: string): string => `%${foldChinese(q.trim()).replace(/[\\%_]/g, '\\$&')}%`;

/**
 * Entries the actor may see, by number, after `after`: simplified or traditional text of one character or more in
 * title, abstract or field names, and the filters. At most `limit` rows.
 */
export const searchResources = async (
  db: Kysely<ResourceTables>,
  actor: Actor,
  { q, jurisdiction, provider, level, frequency, grade, state }: ResourceFilter,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<ResourceRow[]> => {
  let query = db.selectFrom('resource').selectAll().where(visibleTo(actor));
  if (q !== undefined && q.trim() !== '') query = query.where('search_text', 'like', pattern(q));
  if (jurisdiction !== undefined) query = query.where('jurisdiction', '=', jurisdiction);
  if (provider !== undefined)
    query = query.where((eb) =>
      eb.or([eb('provider_organisation', '=', provider), eb('provider_code', '=', provider)]),
    );
  if (level !== undefined) query = query.where('level', '=', level);
  if (frequency !== undefined) query = query.where('update_frequency', '=', frequency);
  if (grade !== undefined) query = query.where('grade', '=', grade);
  if (state !== undefined) query = query.where('state', '=', state);
  if (after !== undefined) query = query.where('id', '>', after);
  return withFields(db, await query.orderBy('id').limit(limit).execute());
};
