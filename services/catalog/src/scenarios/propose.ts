/** A scenario is proposed or collected, its text changed after a return, or withdrawn (A0). */
import { randomUUID } from 'node:crypto';
import { changedParts } from '@gongshu/infra/cases/contents';
import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import { type Change, record } from '@gongshu/infra/record';
import { citedArticle, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { ScenarioRules } from '@gongshu/shared/packs/topics/scenario';
import { problem } from '@gongshu/shared/problems';
import type { Acting } from '../resources/resource-law.ts';
import { treatmentOf } from './law.ts';
import { operatorOf } from './operator.ts';
import { heldScenario, type ScenarioDb, type ScenarioTrx } from './queries.ts';
import type { ScenarioContents, ScenarioDraft } from './schema.ts';
import type { ScenarioRow } from './tables.ts';

/** An event of the scenario as it stands after the change. */
export const scenarioChange = (
  row: ScenarioRow,
  name: string,
  { actor, at }: Acting,
  pack: ResolvedPack,
  { key = `v${row.version}`, ...more }: { key?: string; [datum: string]: unknown } = {},
): Change =>
  ({
    key: `${row.id}/${name}/${key}`,
    type: `scenario.${name}.v1`,
    subject: row.id,
    jurisdiction: row.jurisdiction,
    at,
    actor,
    data: {
      ...{ scenario: row.id, code: row.code, organisation: row.organisation, version: row.version },
      ...restsOn(pack, 'scenario', 'treatment'),
      ...more,
    },
  }) as Change;

/** Throws `scenarioStepNotReached` (409) unless the scenario stands at one of these. */
export const mustStandAt = (row: ScenarioRow, ...states: ScenarioRow['state'][]): void => {
  if (!states.includes(row.state)) throw problem('scenarioStepNotReached', { params: { state: row.state } });
};

const mustBeBody = async (
  trx: ScenarioTrx,
  jurisdiction: string,
  id: string | undefined,
  kinds: readonly string[] | undefined,
  refusal: 'industryDepartmentUnknown' | 'scenarioBodyUnknown',
  part: string,
): Promise<void> => {
  if (id === undefined) return;
  const row = await trx
    .selectFrom('body')
    .select('kind')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row && (!kinds || kinds.includes(row.kind))) return;
  throw problem(refusal, {
    errors: [
      {
        pointer: `/body/${part}`,
        code: 'unknown',
        message: { zh: '本市没有登记此主体', en: 'No such body is registered in the city' },
      },
    ],
  });
};

/** Scenarios come from the operator and whoever the pack has it collect them from (Zhongwei art. 16). */
const mustBring = (treatment: ScenarioRules['treatment'], pack: ResolvedPack, role: string): void => {
  if (treatment.mode !== 'reported') return;
  // A county bureau compiles and needs as the source department of its level (Zhongwei art. 8).
  const as = role === 'countyBureau' ? 'sourceDepartment' : role;
  if (as === treatment.by || treatment.collectedFrom.some((one) => one === as)) return;
  throw problem('scenarioByOther', {
    ...citedArticle(pack.rules['scenario']?.['treatment']),
    params: { from: treatment.collectedFrom.join(', ') },
  });
};

const writeVersion = async (
  trx: ScenarioTrx,
  row: ScenarioRow,
  { contents, changed }: { contents: ScenarioContents; changed: string[] },
  { actor, at }: Acting,
): Promise<string> => {
  const { documents } = contents;
  const by = actor.organisation;
  const cited = documents.map((hash, index) => ({ hash, pointer: `/body/contents/documents/${index}` }));
  await mustAllBeStored(trx, { cited, organisation: by, jurisdiction: row.jurisdiction });
  const hash = jsonHash(contents);
  await trx
    .insertInto('scenario_version')
    .values({
      ...{ scenario: row.id, version: row.version, contents: JSON.stringify(contents) },
      ...{ content_hash: hash, changed, given_by: actor.id, given_at: at },
    })
    .execute();
  for (const one of documents)
    await linkDocument(trx, {
      ...{ hash: one, jurisdiction: row.jurisdiction, caseNo: row.id, role: 'scenario' },
      ...{ by: by ?? actor.id, at },
    });
  return hash;
};

const mustBeFree = async (trx: ScenarioTrx, jurisdiction: string, code: string): Promise<void> => {
  const taken = await trx
    .selectFrom('scenario')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('code', '=', code)
    .where('state', 'not in', ['refused', 'withdrawn'])
    .executeTakeFirst();
  if (taken) throw problem('scenarioCodeTaken');
};

/**
 * Takes a scenario in: to be appraised, or collected at once. Throws `lifecycleNotInPack`, `scenarioCodeTaken` (409),
 * `scenarioByOther` (403), `industryDepartmentUnknown`, `scenarioBodyUnknown`, `documentUnknown` (422).
 */
export const proposeScenario = async (
  db: ScenarioDb,
  pack: ResolvedPack,
  draft: ScenarioDraft,
  organisation: string,
  acting: Acting,
): Promise<ScenarioRow> => {
  const { jurisdiction } = pack;
  const treatment = treatmentOf(pack);
  mustBring(treatment, pack, acting.actor.role);
  const appraised = treatment.mode === 'appraised';
  const { code, contents, developer, collectedFrom, industryDepartment } = draft;
  const operator = await operatorOf(db, { jurisdiction, field: contents.field, code }, acting);
  const wanted = appraised && treatment.appraisedBy.includes('industryDepartment');
  if (wanted && industryDepartment === undefined)
    throw problem('industryDepartmentUnknown', {
      ...citedArticle(pack.rules['scenario']?.['treatment']),
      errors: [
        {
          pointer: '/body/industryDepartment',
          code: 'required',
          message: { zh: '须写明参加论证的行业主管部门', en: 'Name the department that appraises it' },
        },
      ],
    });
  return db.transaction().execute(async (trx) => {
    const departments = ['sourceDepartment', 'countyBureau'];
    const place = [trx, jurisdiction] as const;
    await mustBeBody(
      ...place,
      industryDepartment,
      departments,
      'industryDepartmentUnknown',
      'industryDepartment',
    );
    await mustBeBody(...place, developer, undefined, 'scenarioBodyUnknown', 'developer');
    await mustBeBody(...place, collectedFrom, undefined, 'scenarioBodyUnknown', 'collectedFrom');
    await mustBeFree(trx, jurisdiction, code);
    const row = await trx
      .insertInto('scenario')
      .values({
        ...{
          id: `CJ-${randomUUID()}`,
          jurisdiction,
          code,
          treatment: treatment.mode,
          organisation,
          operator,
        },
        collected_from: collectedFrom ?? null,
        developer: developer ?? null,
        industry_department: appraised ? (industryDepartment ?? null) : null,
        state: appraised ? 'proposed' : 'collected',
        ...{ title: contents.title, proposed_by: acting.actor.id, proposed_at: acting.at, decided_at: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) throw problem('scenarioCodeTaken');
    const contentHash = await writeVersion(trx, row, { contents, changed: [] }, acting);
    const name = appraised ? 'proposed' : 'collected';
    await record(trx, 'catalog', scenarioChange(row, name, acting, pack, { contentHash }));
    return row;
  });
};

/**
 * Another version of the text: after a return, or while it is collected and stands in no report's way. Throws
 * `scenarioStepNotReached` (409); the same text changes nothing.
 */
export const reviseScenario = (
  db: ScenarioDb,
  pack: ResolvedPack,
  { id, version }: Pick<ScenarioRow, 'id' | 'version'>,
  contents: ScenarioContents,
  acting: Acting,
  stale: (version: number) => Error,
): Promise<ScenarioRow> =>
  db.transaction().execute(async (trx) => {
    const row = await heldScenario(trx, id);
    if (row.version !== version) throw stale(row.version);
    mustStandAt(row, 'returned', 'collected');
    const before = await trx
      .selectFrom('scenario_version')
      .select('contents')
      .where('scenario', '=', id)
      .where('version', '=', row.version)
      .executeTakeFirst();
    const changed = changedParts(before?.contents ?? {}, contents);
    if (changed.length === 0) return row;
    const next = await trx
      .updateTable('scenario')
      .set({
        version: row.version + 1,
        title: contents.title,
        state: row.state === 'returned' ? 'proposed' : row.state,
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const contentHash = await writeVersion(trx, next, { contents, changed }, acting);
    await record(trx, 'catalog', scenarioChange(next, 'revised', acting, pack, { contentHash, changed }));
    return next;
  });

/** Taken back by who proposed it, before it is decided. Throws `scenarioStepNotReached` (409). */
export const withdrawScenario = (
  db: ScenarioDb,
  pack: ResolvedPack,
  id: string,
  acting: Acting,
): Promise<ScenarioRow> =>
  db.transaction().execute(async (trx) => {
    const row = await heldScenario(trx, id);
    mustStandAt(row, 'proposed', 'firstReviewed', 'returned', 'collected');
    const next = await trx
      .updateTable('scenario')
      .set({ state: 'withdrawn', decided_at: acting.at })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'catalog', scenarioChange(next, 'withdrawn', acting, pack));
    return next;
  });
