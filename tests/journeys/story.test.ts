import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { type Stack, startStack } from '../support/stack.ts';
import { processNames } from '../support/stack-parts.ts';

const run = promisify(execFile);
const support = join(import.meta.dirname, '../support');

/**
 * The date that the product's programs see, instead of the machine's: issuer, services, worker and the story's own
 * program. Not moved are the database, Temporal, the broker, and the relay, which stamps what it sends: a broker takes
 * no record dated more than an hour ahead of its own clock.
 */
const shifted = (date: string): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--disable-warning=TimeoutNegativeWarning --import ${join(support, 'shift-date.mjs')}`,
  GONGSHU_TEST_DATE: date,
});

const startAt = (date: string): Promise<Stack> =>
  startStack(`story-${date.slice(0, 4)}`, {
    env: shifted(date),
    envOf: { relay: { NODE_OPTIONS: '' } },
    empty: true,
  });

/** What the story prints. */
const tell = async ({ urls, folder }: Stack, date: string): Promise<string> => {
  const env = {
    ...process.env,
    ...shifted(date),
    GONGSHU_MODE: 'development',
    GONGSHU_DATA_DIR: folder,
    GONGSHU_SANDBOX_SPEED: '0',
  };
  const { stdout } = await run(process.execPath, [join(support, 'tell-story.ts'), JSON.stringify(urls)], {
    env,
  });
  return stdout;
};

/** Notices are delivered behind the story, each with an event: none is on its way any more. */
const allTold = async ({ db }: Stack): Promise<void> => {
  for (const end = Date.now() + 60_000; ; ) {
    const { rows } = await sql<{ waiting: number }>`
      select (select count(*)::int from platform.notice where not planned)
        + (select count(*)::int from platform.notice_delivery where state = 'waiting') as waiting`.execute(
      db,
    );
    if (rows[0]?.waiting === 0) return;
    if (Date.now() > end) throw new Error(`${rows[0]?.waiting} notices are still on their way`);
    await new Promise((go) => setTimeout(go, 200));
  }
};

/** Every case as it stands, and how many events and audit entries there are. */
const effects = async (stack: Stack) => {
  await allTold(stack);
  const { db } = stack;
  const cases = await db
    .selectFrom('application')
    .select(['case_no', 'outcome'])
    .orderBy('case_no')
    .execute();
  const turns = await db
    .selectFrom('turn')
    .select(['turn_id', 'outcome', 'deadline', 'ended_at'])
    .orderBy('turn_id')
    .execute();
  const { rows } = await sql<Record<string, unknown>>`
    select (select count(*) from catalog.outbox) as catalog, (select count(*) from registry.outbox) as registry,
      (select count(*) from pricing.outbox) as pricing, (select count(*) from pricing.cost_item) as costs,
      (select jsonb_agg(jsonb_build_object('case', case_no, 'fen', fen)) from pricing.permitted_revenue) as revenues,
      (select count(*) from catalog.audit_entry) as audit, (select count(*) from catalog.resource) as resources`.execute(
    db,
  );
  return { cases, turns, counts: rows[0] };
};

const outcomes = ['approved', 'approvedWithDeemedReviews'];

describe('the story of npm start', () => {
  let first: { told: string; effects: Awaited<ReturnType<typeof effects>> };

  it('reaches its ends with the programs’ date at 2026-12-28, and started again on its data changes nothing', async () => {
    const date = '2026-12-28T09:00:00+08:00';
    const stack = await startAt(date);
    try {
      first = { told: await tell(stack, date), effects: await effects(stack) };
      expect(first.effects.cases.map(({ outcome }) => outcome)).toEqual(outcomes);
      expect(first.told).toContain('application.approvedWithDeemedReviews.v1');
      // 800,000 yuan of cost; 800,000 × (1 + 0.0185 + 0.03) × (1 + 0.06) = 889,128 (F2)
      expect(first.effects.counts).toMatchObject({
        costs: 2,
        revenues: [{ case: '640500-ZS-2024-000001', fen: 88_912_800 }],
      });
      expect(first.told).toContain('640500-ZS-2024-000001 最高准许收入 889,128.00 元');
      expect(first.told).toMatch(/账单 bill m2 +240,012\.00/);
      expect(first.told).toContain('chargeOnFreePurpose，第二十四条'); // 中卫 24
      await stack.stop('relay', 'worker');
      await stack.stop(...processNames);
      await stack.stop('kafka', 'temporal');
      await stack.start('kafka', 'temporal', 'issuer');
      await stack.start(...processNames);
      const again = await tell(stack, date);
      expect(await effects(stack)).toEqual(first.effects);
      for (const { case_no, outcome } of first.effects.cases)
        expect(again).toContain(`${case_no} is ${outcome} (read back over REST)`);
    } finally {
      await stack.down();
    }
  }, 420_000);

  it('tells the same, word for word, at 2029-06-01', async () => {
    const date = '2029-06-01T09:00:00+08:00';
    const stack = await startAt(date);
    try {
      expect(await tell(stack, date)).toBe(first.told);
      expect(await effects(stack)).toEqual(first.effects);
    } finally {
      await stack.down();
    }
  }, 420_000);
});
