import { citedArticle, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';
import { treatmentIn } from './law.ts';
import type { ScenarioRow, ScenarioTables } from './tables.ts';

const place = (code: 'required' | 'unknown' | 'notApproved') => ({
  errors: [
    {
      pointer: '/body/contents/scenarioCode',
      code,
      message: {
        required: { zh: '须写明应用场景代码', en: 'Name the scenario by its code' },
        unknown: { zh: '本单位没有此应用场景', en: 'Your body has no such scenario' },
        notApproved: { zh: '该应用场景尚未论证通过', en: 'The scenario is not approved' },
      }[code],
    },
  ],
});

/** A developer's own: proposed by it or for it, or by the operator for whoever develops it (Shuozhou 六（三）). */
const isOwn = (row: ScenarioRow, applicant: string): boolean =>
  row.organisation === applicant ||
  row.developer === applicant ||
  (row.developer === null && row.organisation === row.operator);

const standing = async (
  db: Kysely<ScenarioTables>,
  jurisdiction: string,
  code: string,
): Promise<ScenarioRow[]> =>
  db
    .selectFrom('scenario')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('code', '=', code)
    .orderBy('proposed_at', 'desc')
    .limit(100)
    .execute();

/**
 * Before data is asked for: where the pack has scenarios appraised, an approved one of the applicant's own is named
 * (A0, Shuozhou 六（三）); elsewhere one may be named, and then it is registered. Throws `scenarioNotAppraised` (409)
 * with the article, `scenarioUnknown` (422).
 */
export const mustBeAppraised = async (
  anyDb: Kysely<any>,
  pack: ResolvedPack,
  { scenarioCode: code, applicant }: { scenarioCode: string | undefined; applicant: string },
): Promise<void> => {
  const treatment = treatmentIn(pack);
  if (!treatment) return;
  const cited = citedArticle(pack.rules['scenario']?.['treatment']);
  const db = anyDb as Kysely<ScenarioTables>;
  const appraised = treatment.mode === 'appraised';
  if (code === undefined) {
    if (appraised)
      throw problem('scenarioNotAppraised', { ...cited, params: { state: '—' }, ...place('required') });
    return;
  }
  const rows = await standing(db, pack.jurisdiction, code);
  if (!appraised) {
    if (!rows.some(({ state }) => state === 'collected'))
      throw problem('scenarioUnknown', { ...cited, ...place('unknown') });
    return;
  }
  const own = rows.filter((row) => isOwn(row, applicant));
  if (own.some(({ state }) => state === 'approved')) return;
  const [newest] = own;
  throw problem('scenarioNotAppraised', {
    ...cited,
    params: { state: newest?.state ?? '—' },
    ...place(newest ? 'notApproved' : 'unknown'),
  });
};
