/** Submission: the case's number, its rules, its reviewers, and the intake row, in one transaction (中卫 20, 21). */
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { bodiesOf } from '@gongshu/infra/cases/bodies';
import { nextNumber } from '@gongshu/infra/cases/number';
import type { Submitter } from '@gongshu/infra/cases/submission';
import { type Taken, takeIn } from '@gongshu/infra/intake/take';
import { record } from '@gongshu/infra/record';
import { applicationNo } from '@gongshu/shared/application/ids';
import { applicationRules } from '@gongshu/shared/application/rules';
import type { ApplicationCase, ReviewDemand } from '@gongshu/shared/application/types';
import { businessDateOf, toInstantText, yearOf } from '@gongshu/shared/business-date';
import { citedArticle, type ResolvedPack, ruleOf, whyNoNewCase } from '@gongshu/shared/packs/pack';
import { packWith } from '@gongshu/shared/packs/pack-with';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import { type OpenResource, resourcesForApplication } from '../queries/resource-open.ts';
import { mustLackNoPart } from '@gongshu/infra/cases/contents';
import { jsonHash } from '@gongshu/infra/hash';
import { mustBeEnrolled } from '../merchants/must-be-enrolled.ts';
import { mustStand } from '../move-work.ts';
import { mustBeAppraised } from '../scenarios/must-be-appraised.ts';
import type { Contents } from './contents.ts';
import type { ApplicationDeps } from './deps.ts';
import { fileDocuments } from './filed.ts';
import { writeCase } from './write-case.ts';
import { followsOf, mustMayFollow } from './follow.ts';

export type Submission = {
  resources: string[];
  contents: Contents;
  /** Of an amendment or a renewal, with the grant it changes or prolongs. */
  kind?: 'amendment' | 'renewal' | undefined;
  grant?: string | undefined;
};
const kindWords = {
  sourceDepartment: '数源部门',
  countyAuthority: '县区数据局',
  operator: '运营机构',
} as const;

/** One demand a reviewing body, with the entries it answers for: source department, county authority or operator. */
export const reviewDemands = (resources: readonly OpenResource[]): ReviewDemand[] => {
  const demands = new Map<string, ReviewDemand>();
  for (const resource of resources) {
    const { reviewerOrganisation: organisation, reviewerKind: bodyKind, id } = resource;
    const known = demands.get(organisation);
    if (known) known.resources.push(id);
    else
      demands.set(organisation, {
        organisation,
        bodyKind,
        name:
          bodyKind === 'sourceDepartment' ? resource.providerName : `${kindWords[bodyKind]} ${organisation}`,
        resources: [id],
      });
  }
  return [...demands.values()].sort((a, b) => (a.organisation < b.organisation ? -1 : 1));
};

const mustBeWhole = (pack: ResolvedPack, contents: Contents): void => {
  const rule = ruleOf(pack, 'dataUseApplication', 'applicationContents');
  const missing = rule.value.filter((part) => contents[part] === undefined);
  mustLackNoPart(missing.map((part) => ({ part, rule })));
};

/** Takes an application in. Throws problems for what is missing, not open, or not reviewable under the pack. */
export const submitApplication = async (
  deps: ApplicationDeps,
  { resources: wanted, contents, ...following }: Submission,
  by: Submitter,
  {
    lawNow,
    receipt,
    also,
  }: {
    lawNow: Date;
    receipt: string;
    /** What is written with the case, all or none. */
    also?: (trx: Transaction<ApplicationTables>, taken: Taken & { caseNo: string }) => Promise<void>;
  },
): Promise<Taken & { caseNo: string }> => {
  const { jurisdiction } = by;
  const follows = followsOf(following);
  const pack = packWith(deps.packs, jurisdiction, 'dataUseApplication');
  const closed = whyNoNewCase(pack, businessDateOf(lawNow.getTime()));
  if (closed) throw problem(closed, { params: { from: pack.from ?? '', until: pack.until ?? '' } });
  mustBeWhole(pack, contents);
  if (contents.term && contents.term.until < businessDateOf(lawNow.getTime()))
    throw problem('termPast', {
      errors: [
        {
          pointer: '/body/contents/term/until',
          code: 'past',
          message: { zh: '使用期限已过', en: 'The term has ended already' },
        },
      ],
    });
  const asked = { field: contents.fieldCode, scenario: contents.scenarioCode };
  const today = businessDateOf(lawNow.getTime());
  const { mandate, operator, authority } = await bodiesOf(deps.db, 'body', pack, asked, today);
  const { open: found, notOpen } = await resourcesForApplication(deps.db as never, jurisdiction, wanted);
  if (notOpen.length > 0)
    throw problem('resourceNotOpen', {
      // The clause that makes entries public, where the pack holds the catalog's flow.
      ...citedArticle(pack.rules['catalog']?.['flow']),
      errors: notOpen.map((id) => ({
        pointer: `/body/resources/${wanted.indexOf(id)}`,
        code: 'resourceNotOpen',
        message: { zh: '该目录条目未开放申请', en: 'This entry is not open to application' },
      })),
    });
  // Where the operator reviews, it is the one whose mandate covers the application.
  const open = found.map((one) =>
    one.reviewerKind === 'operator' ? { ...one, reviewerOrganisation: operator } : one,
  );
  const reviewers = ruleOf(pack, 'dataUseApplication', 'reviewers').value;
  const reviews = reviewDemands(open);
  if (reviews.some(({ bodyKind }) => !reviewers.includes(bodyKind))) throw problem('reviewerNotAllowed');
  const rules = applicationRules(pack);
  const calendarVersion = await deps.calendarVersion(jurisdiction);
  return takeIn(
    deps.db as never,
    null,
    async (trx, { receivedAt }) => {
      await mustStand(trx, jurisdiction, [operator, authority, ...reviews.map((one) => one.organisation)]);
      if (follows) await mustMayFollow(trx, follows, by, receivedAt);
      await mustBeEnrolled(trx as never, pack, by.organisation);
      await mustBeAppraised(trx, pack, {
        scenarioCode: contents.scenarioCode,
        applicant: by.organisation,
      });
      const year = yearOf(businessDateOf(receivedAt.getTime()));
      const caseNo = applicationNo(
        pack.areaCode,
        year,
        await nextNumber(trx, 'application_number', { jurisdiction, year }),
      );
      const application: ApplicationCase = {
        caseNo,
        jurisdiction,
        jurisdictionTitle: pack.title,
        applicant: by.organisation,
        authority,
        operator: { organisation: operator, name: `运营机构 ${operator}` },
        submittedAt: receivedAt.getTime(),
        calendarVersion,
        rules,
        reviews,
      };
      await writeCase(trx, application, {
        ...{ contents, receipt, by, open, follows },
        competence: { ...asked, mandate },
      });
      const { organisation } = by;
      await fileDocuments(trx, contents, { caseNo, jurisdiction, organisation, at: receivedAt });
      await also?.(trx, { caseNo, receipt, receivedAt });
      await record(trx, 'catalog', {
        key: `${caseNo}/submitted`,
        type: 'application.submitted.v1',
        subject: caseNo,
        jurisdiction,
        at: receivedAt,
        actor: { id: by.id, role: by.role, organisation: by.organisation },
        data: {
          caseNo,
          packVersion: pack.version,
          applicant: by.organisation,
          resources: open.map(({ id }) => id),
          receivedAt: toInstantText(receivedAt.getTime()),
          contentHash: jsonHash(contents),
        },
        audit: { receipt },
      });
      return {
        act: 'submitApplication',
        jurisdiction,
        caseNo,
        turnId: null,
        workflowId: caseNo,
        payload: { application },
        actor: { id: by.id, role: by.role, organisation: by.organisation },
      };
    },
    { receipt },
  );
};
