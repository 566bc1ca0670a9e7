/** A running grant made on paper (bring-in): what it covers, its documents, and its term from its own days (A7, A8). */
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { competenceArticle, mandatesOf, standsOn } from '@gongshu/infra/mandates/competence';
import { DocumentHash, linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { tellWorkflow } from '@gongshu/infra/intake/take';
import { record } from '@gongshu/infra/record';
import { businessDateOf, endOfDay, startOfDay, toInstantText, yearOf } from '@gongshu/shared/business-date';
import type { GrantTerm } from '@gongshu/shared/grant/types';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem, type ProblemPlace } from '@gongshu/shared/problems';
import { z } from 'zod';
import { ResourceNo } from '../resources/resource-schema.ts';
import { type ActingPerson, type GrantDeps, Purpose, type UseTrx } from './deps.ts';
import { merchantMustStand } from './merchant-stands.ts';
import { nextNo } from './number.ts';
import { toldScope } from './told-scope.ts';

const Day = z.iso.date().refine((day) => day >= '1990-01-01' && day < '2900', '年份超出范围 · out of range');
const Fields = z
  .array(z.string().min(1).max(500))
  .min(1)
  .max(1_000)
  .refine((names) => new Set(names).size === names.length, '字段重复 · a field stands twice');

export const PaperGrant = z
  .strictObject({
    merchant: OrganisationId,
    operator: OrganisationId,
    purpose: Purpose,
    fromOn: Day,
    untilOn: Day.describe('Last day'),
    resources: z
      .array(z.strictObject({ resource: ResourceNo, fields: Fields }))
      .min(1)
      .max(100)
      .refine(
        (all) => new Set(all.map(({ resource }) => resource)).size === all.length,
        '资源重复 · an entry stands twice',
      ),
    documents: z
      .array(DocumentHash)
      .min(1)
      .max(50)
      .describe('The paper, scanned; the first is the agreement'),
  })
  .refine(({ fromOn, untilOn }) => fromOn <= untilOn, '期限的结束早于开始 · the term ends before it begins');
export type PaperGrant = z.output<typeof PaperGrant>;

type Scope = { resource: string; reviewer: string; fields: string[] }[];

/** What the paper covers, as the catalog has it. Throws `agreementFieldUnknown` (422) naming what it does not have. */
const scopeOf = async (trx: UseTrx, jurisdiction: string, { resources }: PaperGrant): Promise<Scope> => {
  const ids = resources.map(({ resource }) => resource);
  const entries = await trx
    .selectFrom('resource')
    .select(['id', 'reviewer_organisation', 'provider_organisation'])
    .where('jurisdiction', '=', jurisdiction)
    .where('id', 'in', ids)
    .execute();
  const fields = await trx
    .selectFrom('resource_field')
    .select(['resource_id', 'name'])
    .where('resource_id', 'in', ids)
    .execute();
  const unknown = (pointer: string): ProblemPlace => ({
    ...{ pointer, code: 'unknown' },
    message: { zh: '目录中没有此资源或字段', en: 'No such entry or field in the catalog' },
  });
  const errors = resources.flatMap(({ resource, fields: names }, at) => {
    const pointer = `/body/resources/${at}`;
    if (!entries.some(({ id }) => id === resource)) return [unknown(`${pointer}/resource`)];
    const known = new Set(fields.filter((one) => one.resource_id === resource).map(({ name }) => name));
    return names.flatMap((name, index) => (known.has(name) ? [] : [unknown(`${pointer}/fields/${index}`)]));
  });
  if (errors.length > 0) throw problem('agreementFieldUnknown', { errors });
  return resources.map(({ resource, fields: names }) => {
    const entry = entries.find(({ id }) => id === resource);
    const reviewer = entry?.reviewer_organisation ?? entry?.provider_organisation ?? '';
    return { resource, reviewer, fields: names };
  });
};

/** Throws `mandateMissing` (409) unless the operator of the paper operates here today. */
const mustOperate = async (trx: UseTrx, pack: ResolvedPack, operator: string, on: string): Promise<void> => {
  const own = (await mandatesOf(trx, pack.jurisdiction)).filter((one) => one.operator === operator);
  if (!own.some((one) => ['inForce', 'suspended'].includes(standsOn(one, on))))
    throw problem('mandateMissing', competenceArticle(pack));
};

/**
 * Makes the grant of the paper, marked, and starts the watch of its term. Throws `broughtInFuture`, `broughtInExpired`
 * (422), the refusals of scope and documents, and of a merchant that does not stand. Its receipt is to be delivered.
 */
export const bringInGrant = async (
  deps: Pick<GrantDeps, 'packs'>,
  trx: UseTrx,
  paper: PaperGrant,
  { pack, at, actor }: { pack: ResolvedPack; at: Date; actor: ActingPerson },
): Promise<{ grantNo: string; receipt: string }> => {
  const { jurisdiction } = pack;
  const { merchant, operator, purpose, fromOn, untilOn, documents } = paper;
  if (!pack.rules['dataUse']) throw problem('lifecycleNotInPack', { params: { jurisdiction } });
  if (fromOn > businessDateOf(at.getTime())) throw problem('broughtInFuture', { params: { on: fromOn } });
  const endsAt = endOfDay(untilOn);
  if (endsAt <= at.getTime()) throw problem('broughtInExpired', { params: { until: untilOn } });
  await merchantMustStand(deps, trx, { jurisdiction, merchant });
  const authority = await bureauOf(trx, 'body', jurisdiction);
  await mustOperate(trx, pack, operator, businessDateOf(at.getTime()));
  const scope = await scopeOf(trx, jurisdiction, paper);
  await mustAllBeStored(trx, {
    cited: documents.map((hash, index) => ({ hash, pointer: `/body/documents/${index}` })),
    ...{ organisation: actor.organisation, jurisdiction },
  });
  const year = yearOf(businessDateOf(at.getTime()));
  const grantNo = await nextNo(trx, 'grant', { jurisdiction, areaCode: pack.areaCode, year });
  await trx
    .insertInto('use_grant')
    .values({
      ...{ grant_no: grantNo, case_no: grantNo, agreement_no: grantNo, brought_in: documents },
      ...{ jurisdiction, merchant, operator, authority, purpose, kind: 'new', replaces: null },
      conditions: JSON.stringify([]) as never,
      ...{ from_on: fromOn, until_on: untilOn },
      ...{ starts_at: new Date(startOfDay(fromOn)), ends_at: new Date(endsAt) },
      ...{ end_kind: null, ended_at: null, ended_by: null, ended_reasons: null },
      ...{ wake_at: at, wake_kind: 'opening', granted_at: at },
      warning_days: [...ruleOf(pack, 'dataUse', 'expiryWarnings').value.calendarDaysBefore],
    })
    .execute();
  await trx
    .insertInto('use_grant_resource')
    .values(
      scope.map(({ resource, reviewer, fields }) => ({
        ...{ grant_no: grantNo, resource_id: resource, reviewer_organisation: reviewer, fields, masked: [] },
      })),
    )
    .execute();
  for (const hash of documents)
    await linkDocument(trx, {
      ...{ hash, jurisdiction, caseNo: grantNo, role: 'broughtIn', by: actor.organisation ?? actor.id, at },
    });
  const rests = restsOn(pack, 'dataUse', 'agreementContents');
  const term: GrantTerm = {
    ...{ grantNo, caseNo: grantNo, jurisdictionTitle: pack.title, merchant, endsAt },
    rests: { warning: restsOn(pack, 'dataUse', 'expiryWarnings'), expiry: rests },
  };
  const receipt = await tellWorkflow(
    trx,
    { act: 'openGrant', jurisdiction, caseNo: grantNo, workflowId: grantNo, payload: { term }, actor },
    at,
  );
  await record(trx, 'catalog', {
    ...{ key: `${grantNo}/granted`, type: 'grant.granted.v1', subject: grantNo, jurisdiction, at, actor },
    data: {
      ...{ grantNo, caseNo: grantNo, merchant, operator, authority },
      reviewers: [...new Set(scope.map(({ reviewer }) => reviewer))].sort(),
      ...{ agreementNo: grantNo, agreementHash: documents[0], kind: 'new', replaces: null, broughtIn: true },
      resources: scope.map(({ resource }) => resource),
      scope: await toldScope(trx, scope),
      ...{ purpose, fromOn, untilOn, ...rests },
    },
    audit: { startsAt: toInstantText(startOfDay(fromOn)), endsAt: toInstantText(endsAt), documents },
  });
  return { grantNo, receipt };
};
