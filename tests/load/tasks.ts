/** The work list of a body with 5,000 open turns, and of an operator with 5,000 agreements to render, page after page and by its filters; and the bare query of a page. */
import { ensureShippedCalendar, newestCalendar } from '@gongshu/infra/calendars';
import { loadPacks } from '@gongshu/infra/packs';
import { buildCatalog } from '@gongshu/service-catalog';
import { applicationRules } from '@gongshu/shared/application/rules';
import { type Kysely, sql } from 'kysely';
import { noCases } from '../support/catalog.ts';
import { testDatabase } from '../support/parts.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';
import { compare, type Figure } from './figures.ts';

/** What is asked of the work list: so many open turns, a page answered within so many milliseconds at the 99th percentile. */
export const tasksBar = { open: 5_000, p99: 100 };
export type TasksFigure = Figure & { p50: number; p99: number; pages: number; barePage: number };

const now = new Date('2024-03-05T10:00:00+08:00');

/** One review a case: due over 20 days, a tenth overdue, a quarter given to someone, some with an extension asked for. */
const seed = async (db: Kysely<unknown>, open: number): Promise<void> => {
  await ensureShippedCalendar(db);
  const { version } = await newestCalendar(db, 'zhongwei');
  const rules = applicationRules(loadPacks().resolve('zhongwei'));
  await sql`
    insert into application (case_no, jurisdiction, applicant_organisation, operator_organisation, pack_version, rules,
      calendar_version, stage, submitted_by, submitted_at)
    select '640500-SQ-2024-' || lpad(n::text, 6, '0'), 'zhongwei', 'merchant-' || n % 50, 'operator',
      ${rules.packVersion}, ${JSON.stringify(rules)}::jsonb, ${version}, 'review', 'm-' || n % 50, ${now}
    from generate_series(1, ${open}::integer) as n`.execute(db);
  await sql`
    insert into application_resource (case_no, resource_id, reviewer_kind, reviewer_organisation)
    select case_no, 'ZY-' || n, 'sourceDepartment', case when n = 1 then 'dept-transport' else 'dept-health' end
    from application, generate_series(1, 2) as n`.execute(db);
  await sql`
    insert into turn (turn_id, case_no, jurisdiction, step, organisation, organisation_name, body_kind, started_at,
      calendar_version, last_day, deadline, overdue, assignee)
    select case_no || '/review/dept-transport', case_no, 'zhongwei', 'review', 'dept-transport', '交通局',
      'sourceDepartment', ${now}, ${version}, date '2024-03-01' + n % 20,
      (date '2024-03-02' + n % 20)::timestamp at time zone 'Asia/Shanghai', n % 10 = 0,
      case when n % 4 = 0 then 't-' || n % 5 end
    from (select case_no, substr(case_no, 16)::integer as n from application) as cases`.execute(db);
  await sql`
    insert into extension (id, turn_id, days, reason, state, requested_at)
    select 'SJ-' || turn_id, turn_id, 5, 'x', 'pending', ${now}
    from turn
    where last_day = '2024-03-18'`.execute(db);
  await sql`
    insert into absence (id, jurisdiction, organisation, person, substitute, from_on, until_on)
    values ('QJ-1', 'zhongwei', 'dept-transport', 't-1', 't-0', '2024-03-01', '2024-03-31')`.execute(db);
  await seedApproved(db, open, rules.packVersion);
  await sql`analyze`.execute(db);
};

/** As many approved cases that wait for an agreement, and as many that have one signed: the operator's list. */
const seedApproved = async (db: Kysely<unknown>, open: number, packVersion: string): Promise<void> => {
  await sql`
    insert into application (case_no, jurisdiction, applicant_organisation, operator_organisation, pack_version, rules,
      calendar_version, stage, outcome, submitted_by, submitted_at)
    select '640500-SQ-2023-' || lpad(n::text, 6, '0'), jurisdiction, applicant_organisation, operator_organisation,
      ${packVersion}, rules, calendar_version, 'review', 'approved', submitted_by, submitted_at
    from generate_series(1, ${2 * open}::integer) as n
    cross join (select * from application order by case_no limit 1) as pattern`.execute(db);
  await sql`
    insert into application_content (case_no, version, contents, content_hash, receipt, submitted_at)
    select case_no, 1, '{"term": {"from": "2024-01-01", "until": "2025-12-31"}}', 'x', 'SJ-' || case_no, ${now}
    from application
    where outcome = 'approved'`.execute(db);
  await sql`
    insert into agreement (agreement_no, case_no, jurisdiction, merchant, operator, version, items, terms, document, hash,
      state, rendered_by, rendered_at)
    select 'XY-' || case_no, case_no, jurisdiction, applicant_organisation, operator_organisation, 1, '{}', '{}', 'x',
      'x', 'signed', 'o-1', ${now}
    from application
    where outcome = 'approved' and substr(case_no, 16)::integer > ${open}`.execute(db);
};

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;

/** Every page of 50 and of 200, and the filters' pages; the same walk again and again. */
const queries = [
  '?limit=50',
  '?limit=200',
  '?limit=200&overdue=true',
  '?limit=200&within=5',
  '?limit=200&mine=true',
];

export const tasksFigure = async (): Promise<TasksFigure> => {
  const database = await testDatabase();
  const tokens = await testTokens();
  const deps = serviceDeps('catalog', { url: database.url, tokens, lawNow: async () => now });
  const db = deps.db as Kysely<unknown>;
  await seed(db, tasksBar.open);
  const registration = { send: async () => {} };
  const app = await buildCatalog({ ...deps, packs: loadPacks(), registration, ...noCases } as never);
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const department = { roles: ['sourceDepartment'], organisation: 'dept-transport', subject: 't-0' } as const;
  const operator = { roles: ['operator'], organisation: 'operator', subject: 'o-0' } as const;
  const [reviewing, operating] = [await tokens.bearer(department), await tokens.bearer(operator)];
  const millis: number[] = [];
  const walk = async (query: string, authorization = reviewing): Promise<number> => {
    let seen = 0;
    for (let cursor: string | null = ''; cursor !== null; ) {
      const begun = performance.now();
      const answer = await fetch(`${address}/v1/tasks${query}${cursor === '' ? '' : `&cursor=${cursor}`}`, {
        headers: { authorization },
      });
      const { items, next } = (await answer.json()) as { items: unknown[]; next: string | null };
      millis.push(performance.now() - begun);
      seen += items.length;
      cursor = next;
    }
    return seen;
  };
  const ours = async (): Promise<number> => {
    let pages = 0;
    for (const query of queries) {
      const before = millis.length;
      const seen = await walk(query);
      if (seen === 0 || (!query.includes('&') && seen !== tasksBar.open))
        throw new Error(`${query} showed ${seen} tasks`);
      pages += millis.length - before;
    }
    const before = millis.length;
    const seen = await walk('?limit=200', operating);
    if (seen !== tasksBar.open) throw new Error(`the operator was shown ${seen} tasks`);
    return pages + millis.length - before;
  };
  const bareMillis: number[] = [];
  const bare = async (): Promise<number> => {
    for (let page = 0; page < 25; page += 1) {
      const begun = performance.now();
      await sql`
        select *
        from turn
        where jurisdiction = 'zhongwei' and organisation = 'dept-transport' and outcome = 'open'
        order by deadline, turn_id
        limit 200 offset ${page * 200}`.execute(db);
      bareMillis.push(performance.now() - begun);
    }
    return 25;
  };
  try {
    const figure = await compare('work list of 5,000', 'pages/s', { ours, bare, rounds: 3 });
    const sorted = millis.toSorted((a, b) => a - b);
    const bareSorted = bareMillis.toSorted((a, b) => a - b);
    return {
      ...figure,
      p50: at(sorted, 0.5),
      p99: at(sorted, 0.99),
      pages: sorted.length,
      barePage: at(bareSorted, 0.5),
    };
  } finally {
    await app.close();
    await db.destroy();
    await database.drop();
  }
};
