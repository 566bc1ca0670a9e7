/** Bodies that an act on a risk assessment or audit names, each with the role it has in the city (X5). */
import type { AuditTables } from '@gongshu/infra/audits/tables';
import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';

export type AuditDb = Kysely<AuditTables>;

/** Their roles by id. Throws `auditParticipantUnknown` (422) at the place of each that is not of the city. */
export const rolesOfBodies = async (
  db: AuditDb,
  jurisdiction: string,
  named: readonly { organisation: string; pointer: string }[],
): Promise<Map<string, string>> => {
  if (named.length === 0) return new Map();
  const rows = await db
    .selectFrom('body')
    .select(['id', 'kind'])
    .where('jurisdiction', '=', jurisdiction)
    .where('successor', 'is', null)
    .where(
      'id',
      'in',
      named.map(({ organisation }) => organisation),
    )
    .execute();
  const roles = new Map(rows.map(({ id, kind }) => [id, kind]));
  const unknown = named.filter(({ organisation }) => !roles.has(organisation));
  if (unknown.length > 0)
    throw problem('auditParticipantUnknown', {
      errors: unknown.map(({ pointer }) => ({
        ...{ pointer, code: 'unknown' },
        message: { zh: '本市未登记此单位', en: 'No body of this city' },
      })),
    });
  return roles;
};
