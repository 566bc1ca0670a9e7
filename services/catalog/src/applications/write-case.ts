/** A case as its rows: application, contents, and the entries with who reviews each. */
import { contentHash } from '@gongshu/infra/cases/contents';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import type { ApplicationCase } from '@gongshu/shared/application/types';
import type { Transaction } from 'kysely';
import type { OpenResource } from '../queries/resource-open.ts';
import type { Contents } from './contents.ts';
import type { Follows } from './follow.ts';

/** Writes a case as it was submitted, at its first stage. */
export const writeCase = async (
  trx: Transaction<ApplicationTables>,
  application: ApplicationCase,
  {
    contents,
    receipt,
    receivedAt,
    by,
    open,
    follows,
  }: {
    contents: Contents;
    receipt: string;
    receivedAt: Date;
    by: { id: string };
    open: OpenResource[];
    follows: Follows | undefined;
  },
): Promise<void> => {
  const { caseNo, jurisdiction, rules } = application;
  await trx
    .insertInto('application')
    .values({
      case_no: caseNo,
      jurisdiction,
      applicant_organisation: application.applicant,
      operator_organisation: application.operator.organisation,
      pack_version: rules.packVersion,
      rules: JSON.stringify(rules) as never,
      calendar_version: application.calendarVersion,
      stage: 'acceptance',
      outcome: null,
      kind: follows?.kind ?? 'new',
      grant_no: follows?.grant ?? null,
      submitted_by: by.id,
      submitted_at: receivedAt,
      accepted_at: null,
      ended_at: null,
    })
    .execute();
  await trx
    .insertInto('application_content')
    .values({
      case_no: caseNo,
      version: 1,
      contents: JSON.stringify(contents) as never,
      content_hash: contentHash(contents),
      changed: [],
      receipt,
      submitted_at: receivedAt,
    })
    .execute();
  await trx
    .insertInto('application_resource')
    .values(
      open.map((resource) => ({
        case_no: caseNo,
        resource_id: resource.id,
        reviewer_kind: resource.reviewerKind,
        reviewer_organisation: resource.reviewerOrganisation,
      })),
    )
    .execute();
};
