/** Looks whether the trace of accesses is as it was written (D2). */
import { sql } from 'kysely';
import type { AccessDb } from './facts.ts';
import type { AccessViewKind } from './judge.ts';
import { type Access, batchHash, chainStart, type Shown, shownOf } from './trace.ts';

type Stored = Omit<Access, 'at' | 'answeredAt' | keyof Shown> & {
  at: string;
  answeredAt: string;
  person: string | null;
  view: AccessViewKind | null;
};
type Batch = {
  chain: string;
  link: number;
  previous: string;
  hash: string;
  accesses: number;
  rows: Stored[] | null;
};

export type Broken = { chain: string; link: number; reason: 'rows' | 'chain' | 'gap' | 'noBatch' };

const batchesAtOnce = 500;

const batchesAfter = async (
  db: AccessDb,
  after: { chain: string; link: number } | undefined,
): Promise<Batch[]> => {
  const { chain = '00000000-0000-0000-0000-000000000000', link = 0 } = after ?? {};
  const { rows } = await sql<Batch>`
    select b.chain, b.link, b.previous, b.hash, b.accesses, (
      select json_agg(json_build_object(
        'id', a.id, 'grantNo', a.grant_no, 'jurisdiction', a.jurisdiction, 'asker', a.asker, 'key', a.key,
        'requestHash', a.request_hash, 'fields', a.fields, 'purpose', a.purpose, 'by', a.used_by, 'at', a.at,
        'answeredAt', a.answered_at, 'permitted', a.permitted, 'code', a.code, 'article', a.article,
        'beyond', a.beyond, 'person', a.person, 'view', a.view
      ) order by a.place)
      from access as a
      where a.chain = b.chain and a.link = b.link
    ) as rows
    from access_batch as b
    where (b.chain, b.link) > (${chain}::uuid, ${link}::integer)
    order by b.chain, b.link
    limit ${batchesAtOnce}`.execute(db);
  return rows;
};

const rowsOf = ({ rows }: Batch): Access[] =>
  (rows ?? []).map(({ person, view, ...row }) => ({
    ...row,
    ...shownOf({ person, view }),
    ...{ at: Date.parse(row.at), answeredAt: Date.parse(row.answeredAt) },
  }));

const strays = async (db: AccessDb): Promise<Broken[]> => {
  const { rows } = await sql<{ chain: string; link: number }>`
    select distinct a.chain, a.link from access as a
    where not exists (select from access_batch as b where b.chain = a.chain and b.link = a.link)
    order by 1, 2`.execute(db);
  return rows.map((row) => ({ ...row, reason: 'noBatch' as const }));
};

/**
 * Reads the whole trace: every batch's rows against its hash, every chain link by link. Empty where nothing was
 * changed, removed or put in between; a chain cut off at its end shows only to who holds a later answer's `trace`.
 */
export const verifyAccesses = async (db: AccessDb): Promise<{ accesses: number; broken: Broken[] }> => {
  const broken: Broken[] = [];
  let accesses = 0;
  let last: Batch | undefined;
  for (;;) {
    const batches = await batchesAfter(db, last);
    if (batches.length === 0) return { accesses, broken: [...broken, ...(await strays(db))] };
    for (const batch of batches) {
      const { chain, link, previous, hash } = batch;
      const before = last?.chain === chain ? last : undefined;
      const rows = rowsOf(batch);
      accesses += rows.length;
      if (link !== (before?.link ?? 0) + 1) broken.push({ chain, link, reason: 'gap' });
      else if (previous !== (before?.hash ?? chainStart)) broken.push({ chain, link, reason: 'chain' });
      if (rows.length !== batch.accesses || batchHash({ chain, link, previous }, rows) !== hash)
        broken.push({ chain, link, reason: 'rows' });
      last = batch;
    }
  }
};
