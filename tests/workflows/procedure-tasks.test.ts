// What procedures wait for stands in the work list of the bodies they wait for (P1), and goes when it is done.
import { loadPacks } from '@gongshu/infra/packs';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { sql } from 'kysely';
import type { Who } from '../services/resources-support.ts';
import { peopleOf, type Procedures, startProcedures } from '../support/procedures.ts';

const { bureau, government, operator, department, auditor } = peopleOf('zhongwei');
const { contents: items, feasibility } = valuesOf(loadPacks().resolve('zhongwei'), 'implementationPlan');
const contents = {
  title: '公共数据资源授权运营实施方案',
  items: Object.fromEntries(items.map(({ item }) => [item, { text: `关于${item}的内容` }])),
  feasibility: Object.fromEntries(feasibility.map((topic) => [topic, `关于${topic}的论证`])),
};
const votes = (inFavour: number) =>
  Array.from({ length: 7 }, (_, n) => ({ member: `member-${n}`, vote: n < inFavour ? 'for' : 'against' }));

type Task = Record<string, unknown> & { kind: string; acts: string[] };
let the: Procedures;
beforeAll(async () => {
  the = await startProcedures(['zhongwei', 'wuhai']);
}, 120_000);
afterAll(() => the.stop());
const tasks = async (who: Who, query = ''): Promise<Task[]> => {
  const answer = await the.call(who, 'GET', `/v1/tasks${query}`);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<{ items: Task[] }>().items;
};
/** Another account of the bureau. */
const clerk: Who = { ...bureau, roles: ['supervision', 'bureau'] };

describe('an implementation plan', () => {
  let caseNo = '';
  it('waits for the bureau until it has deliberated: acts, last day, days left, article', async () => {
    await the.law.begin('2024-03-01T09:00:00');
    caseNo = await the.open(bureau, '/v1/plans', { contents });
    const row = await the.row(caseNo);
    const [period] = Object.values(row.readings);
    const [task, ...more] = await tasks(bureau);
    expect(more).toEqual([]);
    expect(task).toMatchObject({
      ...{ kind: 'plan', subject: caseNo, caseNo, turn: null, organisation: 'city-bureau' },
      ...{ acts: ['deliberatePlan', 'revisePlan', 'withdrawPlan'], lastDay: period?.lastDay, overdue: false },
      ...{ daysLeft: expect.any(Number), provisional: false, held: false, told: null },
      assignee: row.opened_by,
    });
    expect(task?.['article']).toMatch(/^第.+条$|（/);
    for (const who of [government, operator, department, auditor, peopleOf('wuhai').bureau])
      expect([who, await tasks(who)]).toEqual([who, []]);
  });

  it('is due within its working days, lies with who opened it, and with who stands in for that person', async () => {
    const [{ daysLeft = 0 } = {}] = (await tasks(bureau)) as { daysLeft?: number }[];
    expect(await tasks(bureau, `?within=${daysLeft}`)).toHaveLength(1);
    expect(await tasks(bureau, `?within=${daysLeft - 1}`)).toEqual([]);
    expect(await tasks(bureau, '?overdue=true')).toEqual([]);
    const { opened_by: opener } = await the.row(caseNo);
    expect(await tasks(bureau, '?mine=true')).toHaveLength(1);
    expect(await tasks(clerk, '?mine=true')).toEqual([]);
    for (const id of [opener, 'supervision@city-bureau'])
      await sql`
        insert into person (jurisdiction, id, organisation, name, recorded_at)
        values ('zhongwei', ${id}, 'city-bureau', '某某', now())`.execute(the.db);
    await sql`
      insert into absence (id, jurisdiction, organisation, person, substitute, from_on, until_on, reason_code,
                           recorded_by, recorded_at)
      values ('absence-1', 'zhongwei', 'city-bureau', ${opener}, 'supervision@city-bureau', '2024-03-01',
              '2024-03-29', 'leave', ${opener}, now())`.execute(the.db);
    expect(await tasks(clerk, '?mine=true')).toMatchObject([{ caseNo, standingInFor: opener }]);
  });

  it('waits for the government then, and for the bureau that records what it decides; late it is overdue', async () => {
    const minutes = await the.upload('zhongwei', 'city-bureau', '会议纪要');
    const carried = { heldOn: '2024-03-01', minutes, votes: votes(6) };
    expect((await the.post(bureau, `/v1/plans/${caseNo}/deliberation`, carried)).status).toBe(200);
    expect(await tasks(government)).toMatchObject([
      { caseNo, acts: ['approvePlan'], overdue: false, organisation: null },
    ]);
    expect(await tasks(bureau)).toMatchObject([{ caseNo, acts: ['approvePlan', 'withdrawPlan'] }]);
    const lastDay = (await tasks(government))[0]?.['lastDay'];
    await the.goTo('2024-08-01T09:00:00', caseNo);
    const [late, ...more] = await tasks(government, '?overdue=true');
    expect([late, more]).toMatchObject([{ caseNo, overdue: true, lastDay }, []]);
    expect(late?.['daysLeft']).toBeLessThan(0);
  });

  it('is told to those it waits for: reminders, what comes next, and that a step is overdue', async () => {
    const { rows } = await sql<{ kind: string; to: string[]; article: string | null }>`
      select kind, array_agg(distinct addressee order by addressee) as to, max(article) as article
      from platform.notice
      where case_no = ${caseNo}
      group by kind
      order by kind`.execute(the.db);
    expect(rows).toEqual([
      { kind: 'planDeliberated', to: ['city-government'], article: expect.stringMatching(/条|（/) },
      { kind: 'procedureOverdue', to: ['city-bureau', 'city-government'], article: expect.any(String) },
      { kind: 'procedureReminder', to: ['city-government'], article: null },
    ]);
  });

  it('is nobody’s when it has ended', async () => {
    expect((await the.post(bureau, `/v1/plans/${caseNo}/withdrawal`, {})).status).toBe(200);
    await the.quiet(caseNo);
    for (const who of [bureau, government]) expect(await tasks(who)).toEqual([]);
  });
});
