/** Whom a complaint is put to, and in which words (S4): never who complained. */
import { problem } from '@gongshu/shared/problems';
import { type InquiryRole, inquiryRoles } from '@gongshu/shared/complaint/types';
import type { Kysely, Transaction } from 'kysely';
import type { ComplaintTables } from './tables.ts';

/** The role in which a body of the city is asked. Throws `departmentUnknown` (422) for none that may be. */
export const inquiryRoleOf = async (
  db: Kysely<ComplaintTables>,
  jurisdiction: string,
  body: string,
): Promise<InquiryRole> => {
  const found = await db
    .selectFrom('body')
    .select('kind')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', body)
    .where('successor', 'is', null)
    .executeTakeFirst();
  const role = inquiryRoles.find((one) => one === found?.kind);
  if (role) return role;
  throw problem('departmentUnknown', {
    errors: [
      {
        ...{ pointer: '/body/body', code: 'departmentUnknown' },
        message: { zh: '不是本市可协查的在册单位', en: 'No registered body of the city that may be asked' },
      },
    ],
  });
};

/** The complainant's own words, as they came. */
export const ownWordsOf = async (
  trx: Transaction<ComplaintTables> | Kysely<ComplaintTables>,
  caseNo: string,
) => {
  const row = await trx
    .selectFrom('procedure_entry')
    .innerJoin('intake_text', 'intake_text.receipt', 'procedure_entry.receipt')
    .select('intake_text.body')
    .where('case_no', '=', caseNo)
    .where('kind', '=', 'opened')
    .executeTakeFirst();
  return row?.body.reason ?? '';
};
