/** A new case that changes or prolongs a grant: which may, and what it would change (A1, Zhongwei art. 19, 20). */
import { stateAt } from '../grants/standing.ts';
import type { UseDb, UseTrx } from '../grants/deps.ts';
import { type CaseContents, changedParts } from '@gongshu/infra/cases/contents';
import type { ApplicationRow } from '@gongshu/infra/cases/acting';
import type { GrantTables } from '@gongshu/infra/cases/grant-tables';
import { type ProblemPlace, problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { contentParts } from './contents.ts';

export type Follows = { kind: 'amendment' | 'renewal'; grant: string };

const both = (missing: 'kind' | 'grant'): ProblemPlace => ({
  pointer: `/body/${missing}`,
  code: 'required',
  message: {
    zh: '变更或续期须同时写明类别与授权',
    en: 'An amendment or renewal names its kind and its grant',
  },
});

/** What a submission follows; `undefined` for a new use. Throws `invalidRequest` where only one part is given. */
export const followsOf = ({
  kind,
  grant,
}: {
  kind?: Follows['kind'] | undefined;
  grant?: string | undefined;
}): Follows | undefined => {
  if (kind === undefined && grant === undefined) return undefined;
  if (kind === undefined || grant === undefined)
    throw problem('invalidRequest', { errors: [both(kind === undefined ? 'kind' : 'grant')] });
  return { kind, grant };
};

/**
 * Holds the grant until the commit, so that two amendments cannot both be the first. Throws `notFound` for another's
 * grant, `grantEnded`, `grantBeingChanged` while another such case is open.
 */
export const mustMayFollow = async (
  // The case's own transaction knows fewer tables of the same schema.
  anyTrx: Transaction<any>,
  { grant }: Follows,
  { organisation, jurisdiction }: { organisation: string; jurisdiction: string },
  at: Date,
): Promise<void> => {
  const trx = anyTrx as UseTrx;
  const row = await trx
    .selectFrom('use_grant')
    .selectAll()
    .where('grant_no', '=', grant)
    .where('jurisdiction', '=', jurisdiction)
    .where('merchant', '=', organisation)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  if (stateAt(row, at) === 'ended')
    throw problem('grantEnded', { params: { endKind: row.end_kind ?? 'expired' } });
  const open = await trx
    .selectFrom('application')
    .select('case_no')
    .where('grant_no', '=', grant)
    .where('outcome', 'is', null)
    .executeTakeFirst();
  if (open) throw problem('grantBeingChanged', { params: { caseNo: open.case_no } });
};

const Term = z.object({ from: z.string(), until: z.string() });

/** Against the running grant: entries, term, and the parts of the contents that differ. */
export const Difference = z
  .object({
    kind: z.enum(['amendment', 'renewal']),
    grantNo: z.string(),
    resourcesAdded: z.array(z.string()),
    resourcesRemoved: z.array(z.string()),
    term: z.object({ before: Term, after: Term.nullable() }),
    contents: z
      .array(z.object({ part: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }))
      .describe('Words for the handling bodies only'),
  })
  .meta({ id: 'GrantDifference' });
export type Difference = z.infer<typeof Difference>;

const latestContents = async (db: UseDb, caseNo: string): Promise<CaseContents> => {
  const row = await db
    .selectFrom('application_content')
    .select('contents')
    .where('case_no', '=', caseNo)
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow();
  return row.contents;
};

const places: readonly string[] = contentParts;
/** Parts in the order of art. 20, whatever order the database keeps them in. */
const inOrder = (parts: string[]): string[] =>
  parts.toSorted((a, b) => places.indexOf(a) - places.indexOf(b));

/** What an amendment or renewal would change; `null` for a new use. */
export const differenceOf = async (
  anyDb: Kysely<any>,
  { case_no, kind, grant_no }: ApplicationRow,
  words: boolean,
): Promise<Difference | null> => {
  if (kind === 'new' || grant_no === null) return null;
  const db = anyDb as Kysely<GrantTables> as unknown as UseDb;
  const grant = await db
    .selectFrom('use_grant')
    .selectAll()
    .where('grant_no', '=', grant_no)
    .executeTakeFirstOrThrow();
  const [asked, granted, after, before] = await Promise.all([
    db.selectFrom('application_resource').select('resource_id').where('case_no', '=', case_no).execute(),
    db.selectFrom('use_grant_resource').select('resource_id').where('grant_no', '=', grant_no).execute(),
    latestContents(db, case_no),
    latestContents(db, grant.case_no),
  ]);
  const now = new Set(asked.map(({ resource_id }) => resource_id));
  const then = new Set(granted.map(({ resource_id }) => resource_id));
  const term = Term.safeParse(after['term']);
  return {
    kind,
    grantNo: grant_no,
    resourcesAdded: [...now].filter((id) => !then.has(id)).sort(),
    resourcesRemoved: [...then].filter((id) => !now.has(id)).sort(),
    term: {
      before: { from: grant.from_on, until: grant.until_on },
      after: term.success ? { from: term.data.from, until: term.data.until } : null,
    },
    contents: inOrder(changedParts(before, after)).map((part) =>
      words ? { part, before: before[part] ?? null, after: after[part] ?? null } : { part },
    ),
  };
};
