// P2: one version of the plan is in force at a time, however two come into force at the same moment.
import { planEffects } from '@gongshu/activities/plan/effects';
import { jsonHash } from '@gongshu/infra/hash';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import { entryOf, type ProcedureStart } from '@gongshu/shared/procedure/machine';
import { keepContents } from '@gongshu/service-registry/plans/contents';
import { factsFor } from '@gongshu/service-registry/plans/versions';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { up as orderByGiven } from '../../services/registry/migrations/2026-11-28-2-plan-content-given.ts';
import { startRegistry } from '../support/registry.ts';

let registry: Awaited<ReturnType<typeof startRegistry>>;
let db: Kysely<ProcedureTables>;
beforeAll(async () => {
  registry = await startRegistry();
  db = registry.db as unknown as Kysely<ProcedureTables>;
}, 60_000);
afterAll(() => registry?.stop());

const caseOf = (n: number): string => `640500-FA-2024-${String(n).padStart(6, '0')}`;
const contentsOf = (n: number) => ({ title: `第${n}版`, items: {}, feasibility: {} });
const open = async (trx: Kysely<ProcedureTables>, caseNo: string, city: string): Promise<void> => {
  await sql`
    insert into procedure
      (case_no, kind, jurisdiction, authority, pack_version, start, stage, state, calendar_version, opened_by, opened_at)
    values (${caseNo}, 'plan', ${city}, 'city-bureau', 'sha256:1', '{}', 'governmentApproval', '{}', 'none', 'b',
      ${registry.clock.now})`.execute(trx);
};
const write = async (n: number): Promise<void> => {
  await open(db, caseOf(n), 'zhongwei');
  await sql`
    insert into plan_content (case_no, content_hash, contents, given_at)
    values (${caseOf(n)}, ${jsonHash(contentsOf(n))}, ${JSON.stringify(contentsOf(n))}, ${registry.clock.now})`.execute(
    db,
  );
};
/** The effect of a version's coming into force; `before` runs inside its transaction. */
const comesIntoForce = (n: number, before: () => Promise<void> = async () => {}) =>
  db.transaction().execute(async (trx) => {
    await before();
    const contentHash = jsonHash(contentsOf(n));
    const at = registry.clock.now.getTime();
    await planEffects(trx, {
      start: {
        ...{ caseNo: caseOf(n), jurisdiction: 'zhongwei' },
        facts: { version: n, replaces: null, contentHash },
      } as unknown as ProcedureStart,
      state: { contentHash },
      entry: entryOf('inForce', { at, receipt: null }, { version: n, replaces: null, contentHash }),
      position: 3,
      readings: {},
      actor: { id: 'time', role: 'system', organisation: null },
    });
  });

it('the one that comes second replaces the first; both stand on record, one publication is current', async () => {
  for (const n of [1, 2, 3]) await write(n);
  let both = 0;
  const together = async (): Promise<void> => {
    both += 1;
    while (both < 3) await new Promise((resume) => setTimeout(resume, 5));
  };
  await Promise.all([1, 2, 3].map((n) => comesIntoForce(n, together)));
  const rows = await db
    .selectFrom('plan')
    .select(['case_no', 'replaced_by'])
    .where('jurisdiction', '=', 'zhongwei')
    .execute();
  expect(rows).toHaveLength(3);
  expect(rows.filter(({ replaced_by }) => replaced_by === null)).toHaveLength(1);
  const current = rows.find(({ replaced_by }) => replaced_by === null)?.case_no;
  const answer = await registry.call(null, 'GET', '/v1/publications?kind=implementationPlan');
  expect(answer.json<{ items: { subject: string }[] }>().items.map(({ subject }) => subject)).toEqual([
    current,
  ]);
  const all = await registry.call(null, 'GET', '/v1/publications?kind=implementationPlan&state=withdrawn');
  expect(all.json<{ items: object[] }>().items).toHaveLength(2);
});

it('of two that are opened at the same moment one goes on, the other is told which', async () => {
  const opens = (caseNo: string) =>
    db.transaction().execute(async (trx) => {
      await open(trx, caseNo, 'wuhai');
      return factsFor(trx, { jurisdiction: 'wuhai', caseNo, contentHash: jsonHash({}) });
    });
  const both = await Promise.allSettled(['150300-FA-2024-000001', '150300-FA-2025-000001'].map(opens));
  const [went, held] = both.toSorted((a, b) => (a.status < b.status ? -1 : 1));
  expect(went).toMatchObject({ value: { version: 1, replaces: null } });
  expect(held).toMatchObject({ reason: { code: 'planOpen' } });
});

describe('revisions stand in the order they were handed in (P1)', () => {
  type Rows = { content_hash: string; given_at: Date }[];
  const revisions = async (caseNo: string): Promise<Rows> =>
    db
      .selectFrom('plan_content')
      .select(['content_hash', 'given_at'])
      .where('case_no', '=', caseNo)
      .orderBy('seq')
      .execute();
  const order = (rows: Rows, of: readonly number[]) =>
    rows.map(({ content_hash }) => of.find((n) => jsonHash(contentsOf(n)) === content_hash));
  const handIn = (caseNo: string, n: number, at: string) =>
    db.transaction().execute((trx) =>
      keepContents(trx, {
        ...{ caseNo, jurisdiction: 'zhongwei', organisation: 'city-bureau', contents: contentsOf(n) },
        at: new Date(at),
      }),
    );

  it('contents handed in again after others are the newest; the newest once more changes nothing', async () => {
    const caseNo = caseOf(11);
    await open(db, caseNo, 'zhongwei');
    await handIn(caseNo, 1, '2024-03-01T10:00:00+08:00');
    await handIn(caseNo, 2, '2024-03-02T10:00:00+08:00');
    expect(order(await revisions(caseNo), [1, 2])).toEqual([1, 2]);
    await handIn(caseNo, 1, '2024-03-03T10:00:00+08:00');
    await handIn(caseNo, 1, '2024-03-04T10:00:00+08:00');
    const rows = await revisions(caseNo);
    expect(order(rows, [1, 2])).toEqual([2, 1]);
    expect(rows.map(({ given_at }) => given_at.toISOString())).toEqual([
      ...['2024-03-02T02:00:00.000Z', '2024-03-03T02:00:00.000Z'],
    ]);
  });

  it('rows of before the column are numbered by when they were given, at one instant as they were', async () => {
    const caseNo = caseOf(12);
    await open(db, caseNo, 'zhongwei');
    for (const [n, day] of [
      [3, '05'],
      [1, '03'],
      [2, '03'],
      [0, '01'],
    ] as const)
      await handIn(caseNo, n, `2024-03-${day}T10:00:00+08:00`);
    expect(order(await revisions(caseNo), [0, 1, 2, 3])).toEqual([3, 1, 2, 0]); // sabotage: as they lay
    await db.transaction().execute((trx) => orderByGiven(trx as never));
    expect(order(await revisions(caseNo), [0, 1, 2, 3])).toEqual([0, 1, 2, 3]);
    await handIn(caseNo, 0, '2024-03-06T10:00:00+08:00');
    expect(order(await revisions(caseNo), [0, 1, 2, 3])).toEqual([1, 2, 3, 0]);
  });
});
