/** A case as its rows: application, contents, and the entries with who reviews each. */
import { openCase } from '@gongshu/infra/cases/open-case';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import type { Asked } from '@gongshu/infra/mandates/competence';
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
    by,
    open,
    follows,
    competence,
  }: {
    contents: Contents;
    receipt: string;
    by: { id: string };
    open: OpenResource[];
    follows: Follows | undefined;
    competence: Asked;
  },
): Promise<void> => {
  const { caseNo } = application;
  await openCase(
    trx,
    { ...application, lifecycle: 'application', follows },
    { contents, receipt, by: by.id, competence },
  );
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
