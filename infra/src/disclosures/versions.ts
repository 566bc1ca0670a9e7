/** Versions of a disclosure or bulletin: what an act offered becomes the next, its figures open to their cases (S1–S3). */
import { businessDateOf, toInstantText, yearOf } from '@gongshu/shared/business-date';
import type { ArticleRef } from '@gongshu/shared/problems';
import { clauseWords } from '@gongshu/shared/packs/resting-on';
import { type Selectable, sql, type Transaction } from 'kysely';
import type { AuditActor } from '../audit.ts';
import { sha256 } from '../hash.ts';
import { record } from '../record.ts';
import { inEvent } from './in-event.ts';
import type { DisclosureCaseTables } from './tables.ts';

type Trx = Transaction<DisclosureCaseTables>;
export type VersionRow = Selectable<DisclosureCaseTables['version']>;

/** The draft of an act as the case's next version, with the cases behind its figures; an entry makes it once. */
export const makeVersion = async (
  trx: Trx,
  { caseNo, receipt, at }: { caseNo: string; receipt: string; at: number },
): Promise<VersionRow> => {
  const draft = await trx
    .selectFrom('draft')
    .select(['content', 'hash', 'cases'])
    .where('receipt', '=', receipt)
    .executeTakeFirstOrThrow();
  const before = await trx
    .selectFrom('version')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('case_no', '=', caseNo)
    .executeTakeFirst();
  const version = (before?.version ?? 0) + 1;
  const { content, hash } = draft;
  await sql`
    insert into figure_case (case_no, version, figure, body, about)
    select ${caseNo}, ${version}, one ->> 'figure', one ->> 'body', about
    from jsonb_array_elements(${JSON.stringify(draft.cases)}::jsonb) as one,
      jsonb_array_elements_text(one -> 'cases') as about
    on conflict do nothing`.execute(trx);
  await trx.deleteFrom('draft').where('receipt', '=', receipt).execute();
  return trx
    .insertInto('version')
    .values({
      ...{ case_no: caseNo, version, document: `${caseNo}-V${version}` },
      ...{ content, hash, at: new Date(at) },
    })
    .returningAll()
    .executeTakeFirstOrThrow();
};

const restsIn = (rests: ArticleRef | undefined) =>
  rests && { article: clauseWords(rests.article, rests.instrument), articleInstrument: rests.instrument };

export type Disclose = {
  jurisdiction: string;
  version: VersionRow;
  kind: string;
  title: { zh: string; en: string };
  issuer: string;
  year: number;
  until: string | null;
  rests?: ArticleRef | undefined;
  actor: AuditActor;
  at: number;
};

/** Tells the public what was published, by the event alone (decision 0027). */
export const disclose = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
  trx: Transaction<any>,
  { jurisdiction, version, kind, title, issuer, year, until, rests, actor, at }: Disclose,
): Promise<void> => {
  const content = inEvent(version.content);
  await record(trx, 'disclosure', {
    ...{ key: `${version.document}/disclosed`, type: 'disclosed.published.v1', subject: version.document },
    ...{ jurisdiction, at: new Date(at), actor },
    data: {
      ...{ document: version.document, kind, subject: version.case_no, hash: sha256(content) },
      ...{ at: toInstantText(at), title, content, issuer, year, from: businessDateOf(at), until },
      ...restsIn(rests),
    },
  });
};

/**
 * Tells the public that the version before is replaced by this one: it stays to be read, marked, and names what stands in
 * its place. Nothing for a first version.
 */
export const replaceBefore = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the transaction's schema holds
  trx: Transaction<any>,
  {
    jurisdiction,
    version,
    kind,
    rests,
    actor,
    at,
  }: Pick<Disclose, 'jurisdiction' | 'version' | 'kind' | 'rests' | 'actor' | 'at'>,
): Promise<void> => {
  const before = await (trx as Trx)
    .selectFrom('version')
    .select(['document', 'content'])
    .where('case_no', '=', version.case_no)
    .where('version', '=', version.version - 1)
    .executeTakeFirst();
  if (!before) return;
  const { document, content } = before;
  await record(trx, 'disclosure', {
    ...{ key: `${document}/withdrawn`, type: 'disclosed.withdrawn.v1', subject: document },
    ...{ jurisdiction, at: new Date(at), actor },
    data: {
      ...{ document, kind, subject: version.case_no, hash: sha256(inEvent(content)) },
      ...{ at: toInstantText(at), reasonCode: 'replaced', by: version.document },
      ...restsIn(rests),
    },
  });
};

export const yearOfInstant = (at: number): number => yearOf(businessDateOf(at));
