/** Use beyond scope, purpose or term: reported by the department, decided with reasons (Zhongwei art. 22). */
import { randomUUID } from 'node:crypto';
import { jsonHash } from '@gongshu/infra/hash';
import { grantFacts } from '@gongshu/infra/cases/grant-facts';
import type { OverreachReportTable } from '@gongshu/infra/cases/grant-tables';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { recordAll } from '@gongshu/infra/record';
import type { ActObject } from '@gongshu/shared/may';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { Selectable } from 'kysely';
import {
  type ActingPerson,
  type GrantDeps,
  type Reason,
  suspensionRests,
  type UseTrx,
  useArticle,
} from './deps.ts';
import { type GrantRow, suspending } from './standing.ts';

export type ReportRow = Selectable<OverreachReportTable>;
type Acting = { at: Date; actor: ActingPerson };

/** Who reads what a report is filed with: who decides it and who made it, not the merchant it is about. */
export const reportObject =
  ({ db }: Pick<GrantDeps, 'db'>) =>
  async (id: string): Promise<ActObject | undefined> => {
    const row = await db
      .selectFrom('overreach_report')
      .innerJoin('use_grant', 'use_grant.grant_no', 'overreach_report.grant_no')
      .select(['use_grant.jurisdiction', 'use_grant.operator', 'overreach_report.organisation'])
      .where('overreach_report.id', '=', id)
      .executeTakeFirst();
    return row && { jurisdiction: row.jurisdiction, handlers: [row.operator, row.organisation] };
  };

/**
 * Records a report of the body that reviews the entries it names, or whose data they are: an entry that the county or
 * the operator reviews has its source department still. Throws `resourceNotInGrant` (422) with each place,
 * `documentUnknown` (422).
 */
export const reportOverreach = async (
  deps: Pick<GrantDeps, 'packs'>,
  trx: UseTrx,
  grant: GrantRow,
  { facts, resources, document }: { facts: string; resources: string[]; document?: string | undefined },
  { at, actor }: Acting,
): Promise<string> => {
  const organisation = actor.organisation ?? '';
  const own = await trx
    .selectFrom('use_grant_resource')
    .leftJoin('resource', 'resource.id', 'use_grant_resource.resource_id')
    .select('use_grant_resource.resource_id')
    .where('grant_no', '=', grant.grant_no)
    .where((eb) =>
      eb.or([
        eb('use_grant_resource.reviewer_organisation', '=', organisation),
        eb('resource.provider_organisation', '=', organisation),
      ]),
    )
    .execute();
  const theirs = new Set(own.map(({ resource_id }) => resource_id));
  const strange = resources.filter((resource) => !theirs.has(resource));
  if (strange.length > 0)
    throw problem('resourceNotInGrant', {
      ...useArticle(deps.packs, grant.jurisdiction, 'overreachReportedBy'),
      errors: strange.map((resource) => ({
        pointer: `/body/resources/${resources.indexOf(resource)}`,
        code: 'resourceNotInGrant',
        message: {
          zh: '不属于本单位提供或审核的授权资源',
          en: 'Not an entry of this grant that you provide or review',
        },
      })),
    });
  const id = `BG-${randomUUID()}`;
  if (document !== undefined) {
    await mustBeStored(trx, {
      hash: document,
      organisation,
      jurisdiction: grant.jurisdiction,
      pointer: '/body/document',
    });
    await linkDocument(trx, {
      hash: document,
      jurisdiction: grant.jurisdiction,
      caseNo: id,
      role: 'overreachReport',
      by: organisation,
      at,
    });
  }
  const stored = { text: facts, resources };
  await trx
    .insertInto('overreach_report')
    .values({
      id,
      grant_no: grant.grant_no,
      jurisdiction: grant.jurisdiction,
      reported_by: actor.id,
      organisation,
      facts: JSON.stringify(stored) as never,
      document: document ?? null,
      reported_at: at,
      outcome: null,
      reasons: null,
      decided_by: null,
      decided_at: null,
    })
    .execute();
  await recordAll(trx, 'catalog', [
    {
      key: `${grant.grant_no}/report/${id}`,
      type: 'grant.overreachReported.v1',
      subject: grant.grant_no,
      jurisdiction: grant.jurisdiction,
      at,
      actor,
      data: {
        ...(await grantFacts(trx as never, grant)),
        report: id,
        reportedBy: organisation,
        resources,
        factsHash: jsonHash(stored),
        documentHash: document ?? null,
        ...restsOn(deps.packs.resolve(grant.jurisdiction), 'dataUse', 'overreachReportedBy'),
      },
    },
  ]);
  return id;
};

/**
 * Decides a report once: the grant is suspended on its ground, or it is dismissed. Answers with the receipts of words
 * to the workflow. Throws `overreachDecided`, `grantEnded`.
 */
export const decideOverreach = async (
  deps: Pick<GrantDeps, 'packs'>,
  trx: UseTrx,
  grant: GrantRow,
  report: ReportRow,
  { outcome, reasons }: { outcome: 'suspended' | 'dismissed'; reasons: Reason[] },
  { at, actor }: Acting,
): Promise<string[]> => {
  const pack = deps.packs.resolve(grant.jurisdiction);
  const decided = await trx
    .updateTable('overreach_report')
    .set({ outcome, reasons: JSON.stringify(reasons) as never, decided_by: actor.id, decided_at: at })
    .where('id', '=', report.id)
    .where('outcome', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!decided) throw problem('overreachDecided');
  // What the bureau directs, the bureau alone lifts.
  const cause = actor.role === 'bureau' ? 'direction' : 'overreach';
  const suspended =
    outcome === 'suspended'
      ? await suspending(trx, {
          grantNo: grant.grant_no,
          cause,
          subject: report.id,
          reasons,
          rests: suspensionRests(pack, cause),
          at,
          actor,
        })
      : undefined;
  if (outcome === 'suspended' && !suspended)
    throw problem('grantEnded', { params: { endKind: grant.end_kind ?? 'expired' } });
  await recordAll(trx, 'catalog', [
    {
      key: `${grant.grant_no}/report/${report.id}/decided`,
      type: 'grant.overreachDecided.v1',
      subject: grant.grant_no,
      jurisdiction: grant.jurisdiction,
      at,
      actor,
      data: {
        ...(await grantFacts(trx as never, grant)),
        report: report.id,
        reportedBy: report.organisation,
        outcome,
        reasonCodes: reasons.map(({ code }) => code),
        ...restsOn(pack, 'dataUse', 'refusedUse'),
      },
    },
    ...(suspended?.changes ?? []),
  ]);
  return suspended ? [suspended.receipt] : [];
};
