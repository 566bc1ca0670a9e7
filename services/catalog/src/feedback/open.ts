/** What a piece of quality feedback begins with (C6): a published resource, and the department it comes from. */
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { takePart } from '@gongshu/infra/procedures/bodies';
import type { Party } from '@gongshu/shared/packs/values';
import { roleOf } from '@gongshu/shared/procedure/ruled';
import { problem } from '@gongshu/shared/problems';
import type { DataFault, QualityFeedbackFacts } from '@gongshu/shared/quality-feedback/types';
import { isPublished } from '@gongshu/shared/resource';
import type { Kysely, Transaction } from 'kysely';
import { mustStand } from '../move-work.ts';
import { findResource, type ResourceRow } from '../queries/resource.ts';

/** The role a party of the packs gives feedback or asks in, the other way round. */
const rolesOf = (parties: readonly Party[]): string[] => parties.map(roleOf);
export const isAmong = (parties: readonly Party[], role: string): boolean => rolesOf(parties).includes(role);

/** Throws `resourceNotPublished` (409) for none of the city that everyone sees. */
export const publishedResource = async (
  db: Kysely<never> | Transaction<never>,
  jurisdiction: string,
  id: string,
): Promise<ResourceRow> => {
  const row = await findResource(db as never, id);
  if (!row || row.jurisdiction !== jurisdiction || !isPublished(row.state))
    throw problem('resourceNotPublished');
  return row;
};

/** Who answers, as the pack names it: the department the entry comes from, or the authority of its level. */
const answererOf = async (
  trx: Transaction<never>,
  row: ResourceRow,
  party: Party,
): Promise<{ department: string; departmentRole: string }> => {
  if (party === 'sourceDepartment' || party === 'provider') {
    const department = row.provider_organisation;
    if (!department) throw problem('departmentMissing');
    return { department, departmentRole: await roleIn(trx, row.jurisdiction, department) };
  }
  const county = row.level === 'county' ? row.authority_organisation : null;
  if (county !== null) return { department: county, departmentRole: 'countyBureau' };
  return { department: await bureauOf(trx, 'body', row.jurisdiction), departmentRole: 'bureau' };
};

/** A county's bureau provides entries too. */
const roleIn = async (trx: Transaction<never>, jurisdiction: string, body: string): Promise<string> => {
  const found = await (
    trx as unknown as Transaction<{ body: { jurisdiction: string; id: string; kind: string } }>
  )
    .selectFrom('body')
    .select('kind')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', body)
    .executeTakeFirst();
  return found?.kind === 'countyBureau' ? 'countyBureau' : 'sourceDepartment';
};

/** Inside the opening's transaction: the entry as it stands, its department, and who takes part. */
export const beginFeedback = async (
  trx: Transaction<never>,
  { resource: id, fault, sample }: { resource: string; fault: DataFault; sample: string | null },
  of: { caseNo: string; jurisdiction: string; answeredBy: Party; by: { organisation: string; role: string } },
): Promise<QualityFeedbackFacts> => {
  const { caseNo, jurisdiction, answeredBy, by } = of;
  const row = await publishedResource(trx, jurisdiction, id);
  const { department, departmentRole } = await answererOf(trx, row, answeredBy);
  await mustStand(trx, jurisdiction, [department]);
  await takePart(trx, caseNo, [
    { organisation: department, role: 'department' },
    { organisation: by.organisation, role: 'giver' },
  ]);
  return {
    resource: id,
    fault,
    givenBy: by.organisation,
    givenRole: by.role,
    department,
    departmentRole,
    sample,
  };
};
