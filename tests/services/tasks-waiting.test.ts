// What waits for a body outside every clock stands in its work list, and goes when it is done (Zhongwei 18, 19, 22).
import { roles } from '@gongshu/shared/may';
import { type GrantCity, merchant, otherMerchant, startGrants, zhongwei } from './grants-support.ts';
import { documentNo, materialOf, merchantNo, startRegistryCity } from './onboarding-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

const reasons = [{ code: 'measuresInsufficient', text: '调用异常' }];
const elsewhere = bodiesOf('wuhai');
type Task = { kind: string; subject: string; caseNo: string; acts: string[] } & Record<string, unknown>;
/** What all of these have in common: no clock. */
const clockless = {
  turn: null,
  lastDay: null,
  deadline: null,
  daysLeft: null,
  overdue: false,
  assignee: null,
};

describe('the use of data', () => {
  let city: GrantCity;
  beforeEach(async () => {
    city = await startGrants();
  }, 60_000);
  afterEach(() => city.stop());
  const tasks = async (who: Who, query = ''): Promise<Task[]> =>
    (await city.call(who, 'GET', `/v1/tasks${query}`)).json<{ items: Task[] }>().items;
  const kinds = async (who: Who, query = ''): Promise<string[]> =>
    (await tasks(who, query)).map(({ kind }) => kind);
  const nobodyOf = async (others: readonly Who[]): Promise<void> => {
    for (const who of others) expect([who, await tasks(who)]).toEqual([who, []]);
  };

  it('an approved application without agreement waits for its operator until one is rendered', async () => {
    const caseNo = await city.approved();
    for (const outcome of [null, 'refused', 'withdrawn']) await city.approved({ outcome });
    expect(await tasks(zhongwei.operator)).toMatchObject([
      {
        ...{
          kind: 'agreementRendering',
          subject: caseNo,
          caseNo,
          organisation: 'operator',
          provisional: false,
        },
        ...{ acts: ['renderAgreement'], ...clockless },
      },
    ]);
    await nobodyOf([
      { ...zhongwei.operator, organisation: 'operator-2' },
      elsewhere.operator,
      zhongwei.bureau,
      zhongwei.department,
      merchant,
    ]);
    for (const query of ['?mine=true', '?overdue=true', '?within=5'])
      expect([query, await tasks(zhongwei.operator, query)]).toEqual([query, []]);
    await city.rendered(caseNo);
    expect(await kinds(zhongwei.operator)).toEqual(['agreementSignature']);
  });

  it('an offered agreement waits for each party that has not signed', async () => {
    const caseNo = await city.approved();
    const replaced = await city.rendered(caseNo);
    const one = await city.rendered(caseNo);
    const task = { kind: 'agreementSignature', subject: one.agreementNo, caseNo, acts: ['signAgreement'] };
    expect(replaced.agreementNo).not.toBe(one.agreementNo);
    for (const [who, organisation] of [
      [merchant, 'merchant-1'],
      [zhongwei.operator, 'operator'],
    ] as const)
      expect(await tasks(who)).toMatchObject([{ ...task, organisation, ...clockless }]);
    await nobodyOf([
      otherMerchant,
      { ...merchant, jurisdiction: 'wuhai' },
      zhongwei.bureau,
      zhongwei.department,
    ]);
    expect(await tasks(merchant, '?mine=true')).toEqual([]);
    await city.sign(merchant, one);
    expect(await tasks(merchant)).toEqual([]);
    expect(await kinds(zhongwei.operator)).toEqual(['agreementSignature']);
    await city.sign(zhongwei.operator, one);
    expect(await tasks(zhongwei.operator)).toEqual([]);
  });

  it('nothing waits that nobody can do: a suspended merchant’s, or what was approved for a term that is over', async () => {
    await city.rendered(await city.approved());
    await city.approved();
    const standing = (to: 'suspended' | 'enrolled') =>
      city.db
        .updateTable('merchant')
        .set({ standing: to })
        .where('organisation', '=', 'merchant-1')
        .execute();
    await standing('suspended');
    await nobodyOf([merchant, zhongwei.operator]);
    await standing('enrolled');
    expect(await kinds(zhongwei.operator)).toEqual(['agreementRendering', 'agreementSignature']);
    city.clock.now = new Date('2026-02-28T23:59:59+08:00');
    expect(await kinds(zhongwei.operator)).toHaveLength(2);
    city.clock.now = new Date('2026-03-01T00:00:00+08:00');
    await nobodyOf([merchant, zhongwei.operator]);
  });

  it('an amendment waits for nobody once the grant it changes has ended', async () => {
    const grantNo = await city.granted();
    await city.rendered(await city.approved({ kind: 'amendment', grantNo }));
    await city.approved({ kind: 'amendment', grantNo });
    expect(await kinds(zhongwei.operator)).toEqual(['agreementRendering', 'agreementSignature']);
    const ended = await city.call(zhongwei.operator, 'POST', `/v1/grants/${grantNo}/end`, {
      body: { reasons },
    });
    expect(ended.statusCode).toBe(200);
    await nobodyOf([merchant, zhongwei.operator]);
  });

  it('a report of overreach waits for the grant’s operator and the bureau until it is decided', async () => {
    const grantNo = await city.granted();
    const report = async (): Promise<string> => {
      const body = { facts: '调用量异常', resources: [city.parking] };
      const answer = await city.call(zhongwei.department, 'POST', `/v1/grants/${grantNo}/overreach-reports`, {
        body,
      });
      return answer.json<{ report: string }>().report;
    };
    const [first, second] = [await report(), await report()];
    const decide = (id: string) =>
      city.call(zhongwei.bureau, 'POST', `/v1/overreach-reports/${id}/decision`, {
        body: { outcome: 'dismiss', reasons },
      });
    const { case_no: caseNo } = await city.db
      .selectFrom('use_grant')
      .select('case_no')
      .executeTakeFirstOrThrow();
    for (const who of [zhongwei.operator, zhongwei.bureau]) {
      const found = await tasks(who);
      expect(found.map(({ subject }) => subject)).toEqual([first, second].toSorted());
      for (const task of found)
        expect(task).toMatchObject({
          ...{ kind: 'overreachDecision', caseNo, organisation: 'operator', acts: ['decideOverreach'] },
          ...clockless,
        });
      expect(await tasks(who, '?mine=true')).toEqual([]);
    }
    await nobodyOf([zhongwei.department, merchant, elsewhere.bureau, elsewhere.operator]);
    // Page by page, each once.
    const page = (await city.call(zhongwei.bureau, 'GET', '/v1/tasks?limit=1')).json();
    const rest = await tasks(zhongwei.bureau, `?limit=1&cursor=${page.next}`);
    expect([...page.items, ...rest].map(({ subject }: Task) => subject)).toEqual([first, second].toSorted());
    await decide(first);
    for (const who of [zhongwei.operator, zhongwei.bureau])
      expect((await tasks(who)).map(({ subject }) => subject)).toEqual([second]);
  });

  it('of a grant that went to another operator, it is the successor’s, with the act', async () => {
    const grantNo = await city.granted();
    await city.call(zhongwei.department, 'POST', `/v1/grants/${grantNo}/overreach-reports`, {
      body: { facts: '调用量异常', resources: [city.parking] },
    });
    await city.db.updateTable('use_grant').set({ operator: 'operator-2' }).execute();
    expect(await tasks({ ...zhongwei.operator, organisation: 'operator-2' })).toMatchObject([
      { kind: 'overreachDecision', organisation: 'operator-2', acts: ['decideOverreach'] },
    ]);
    await nobodyOf([zhongwei.operator]);
  });
});

describe('norms', () => {
  it('a submitted norm waits for the bureau until it is decided; a deposited one for nobody', async () => {
    const city = await startRegistryCity();
    const tasks = async (who: Who, query = ''): Promise<Task[]> =>
      (await city.get(who, `/v1/tasks${query}`))['items'] as Task[];
    const { norm } = await city.post(zhongwei.operator, '/v1/norms', city.norm(1));
    await city.post(zhongwei.operator, '/v1/norms', {
      ...city.norm(1),
      ...{ kind: 'managementRules', document: documentNo(2) },
    });
    const found = await tasks(zhongwei.bureau);
    const others = [zhongwei.operator, zhongwei.department, merchantNo(1), elsewhere.bureau];
    const seen = await Promise.all(others.map((who) => tasks(who)));
    const mine = await tasks(zhongwei.bureau, '?mine=true');
    await city.post(zhongwei.bureau, `/v1/norms/${norm}/decision`, { outcome: 'approve' });
    const after = await tasks(zhongwei.bureau);
    await city.stop();
    expect(found).toMatchObject([
      { kind: 'normDecision', subject: norm, caseNo: norm, acts: ['decideNorm'], ...clockless },
    ]);
    expect([seen, mine, after]).toEqual([others.map(() => []), [], []]);
  });
});

describe('whoever asks', () => {
  /** Each role alone and all at once, with a body and without one: what waits is put together anew for each. */
  const askers = [...roles.map((role) => [role]), [...roles]].flatMap((held): NonNullable<Who>[] => [
    { roles: held, organisation: 'some-body', jurisdiction: 'zhongwei' },
    { roles: held, jurisdiction: 'zhongwei' },
  ]);

  it.each([
    ['catalog', startGrants],
    ['registry', startRegistryCity],
  ] as const)(
    'is answered by the %s, or refused as a role',
    async (_service, start) => {
      const city = await start();
      const faults: unknown[] = [];
      let answered = 0;
      for (const who of askers) {
        const { statusCode } = await city.call(who, 'GET', '/v1/tasks');
        if (statusCode === 200) answered += 1;
        else if (statusCode !== 403) faults.push([who.roles, who.organisation, statusCode]);
      }
      await city.stop();
      expect(faults).toEqual([]);
      expect(answered).toBeGreaterThan(10);
    },
    60_000,
  );
});

describe('the registry gives turns to its own people', () => {
  it('of the body whose turn it is, and to no other', async () => {
    const city = await startRegistryCity();
    await city.approveNorm();
    const answers = await onboardingTurn(city);
    await city.stop();
    expect(answers).toMatchObject([
      { status: 422, code: 'personUnknown' },
      { status: 422, code: 'personOfAnotherBody' },
      { status: 200, assignee: 'o-1' },
    ]);
  });
});

/** An acceptance of an onboarding, given to nobody registered, to a department's person and to the operator's own. */
const onboardingTurn = async (city: Awaited<ReturnType<typeof startRegistryCity>>) => {
  const { caseNo } = await city.post(merchantNo(1), '/v1/onboardings', { contents: materialOf(1) });
  const application = await city.db.selectFrom('application').selectAll().executeTakeFirstOrThrow();
  const turn = `${caseNo}/acceptance`;
  await city.db
    .insertInto('turn')
    .values({
      ...{ turn_id: turn, case_no: caseNo, jurisdiction: 'zhongwei', step: 'acceptance' },
      ...{ organisation: 'operator', organisation_name: '运营', body_kind: 'operator' },
      ...{ started_at: city.clock.now, calendar_version: application.calendar_version },
    })
    .execute();
  await city.post(zhongwei.bureau, '/v1/people', {
    people: [
      { id: 'o-1', organisation: 'operator', name: '张三' },
      { id: 't-1', organisation: 'dept-transport', name: '李四' },
    ],
  });
  const answers = [];
  for (const person of ['nobody', 't-1', 'o-1'])
    answers.push(await city.post(zhongwei.operator, '/v1/tasks/assignments', { turn, person }));
  return answers;
};
