// P2: one version of the plan is in force at a time, however two come into force at the same moment.
import { planEffects } from '@gongshu/activities/plan/effects';
import { jsonHash } from '@gongshu/infra/hash';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import { entryOf, type ProcedureStart } from '@gongshu/shared/procedure/machine';
import { factsFor } from '@gongshu/service-registry/plans/versions';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
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
