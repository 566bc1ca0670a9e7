import type { Lifecycle } from '@gongshu/shared/lifecycle';
import type { CaseStart } from '@gongshu/shared/application/types';
import type { Transaction } from 'kysely';
import { jsonHash } from '../hash.ts';
import type { Asked } from '../mandates/competence.ts';
import type { CaseContents } from './contents.ts';
import type { ApplicationTables } from './tables.ts';

/** Writes a case as it was submitted, at its first stage, with the first version of its contents. */
export const openCase = async (
  trx: Transaction<ApplicationTables>,
  {
    lifecycle,
    follows,
    ...start
  }: CaseStart & {
    lifecycle: Lifecycle;
    /** The grant that is changed or prolonged. */
    follows?: { kind: 'amendment' | 'renewal'; grant: string } | undefined;
  },
  {
    contents,
    receipt,
    by,
    competence = {},
  }: {
    contents: CaseContents;
    receipt: string;
    by: string;
    /** The mandate it belongs to, by its agreement, and the codes that decided so. */
    competence?: Asked;
  },
): Promise<void> => {
  const submittedAt = new Date(start.submittedAt);
  await trx
    .insertInto('application')
    .values({
      case_no: start.caseNo,
      jurisdiction: start.jurisdiction,
      lifecycle,
      applicant_organisation: start.applicant,
      operator_organisation: start.operator.organisation,
      mandate: competence.mandate ?? null,
      field_code: competence.field ?? null,
      scenario_code: competence.scenario ?? null,
      pack_version: start.rules.packVersion,
      rules: JSON.stringify(start.rules) as never,
      calendar_version: start.calendarVersion,
      stage: 'acceptance',
      outcome: null,
      kind: follows?.kind ?? 'new',
      grant_no: follows?.grant ?? null,
      submitted_by: by,
      submitted_at: submittedAt,
      accepted_at: null,
      ended_at: null,
    })
    .execute();
  await trx
    .insertInto('application_content')
    .values({
      case_no: start.caseNo,
      version: 1,
      contents: JSON.stringify(contents) as never,
      content_hash: jsonHash(contents),
      changed: [],
      receipt,
      submitted_at: submittedAt,
    })
    .execute();
};
