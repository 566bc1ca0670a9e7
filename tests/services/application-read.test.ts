import { at, startReading } from './application-read-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

const zhongwei = bodiesOf('zhongwei');
const merchant = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: 'zhongwei' } as const;
const rival = { ...merchant, organisation: 'merchant-2' };
const auditor = { roles: ['auditor'], jurisdiction: 'zhongwei' } as const;
const uninvolved = { ...zhongwei.department, organisation: 'dept-water' };
const elsewhere = bodiesOf('wuhai').bureau;
const refusal = [{ code: 'scopeTooWide', text: '使用范围超出场景所需' }];

const first = '640500-SQ-2024-000001';
const second = '640500-SQ-2024-000002';
let city: Awaited<ReturnType<typeof startReading>>;

const get = (who: Who, url: string, headers: Record<string, string> = {}) =>
  city.call(who, 'GET', url, { headers });
const numbers = async (who: Who, query = ''): Promise<string[]> => {
  const answer = await get(who, `/v1/applications${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<{ items: { caseNo: string }[] }>().items.map(({ caseNo }) => caseNo);
};

/** The first case: accepted, checked, corrected once, one refusal, one silence. The second waits for acceptance. */
beforeAll(async () => {
  city = await startReading();
  await city.submit(first);
  await city.submit(second, { applicant: 'merchant-2', reviewers: ['dept-transport'] });
  const returned = await city.take(first, 'returnForCorrection', {
    turn: `${first}/acceptance`,
    when: at('03-01T15:00:00'),
    by: { id: 'o-1', role: 'operator', organisation: 'operator' },
    text: { items: [{ item: 'scope', text: '请写明使用范围' }] },
  });
  const resubmitted = await city.take(first, 'resubmit', {
    turn: `${first}/acceptance`,
    when: at('03-04T10:00:00'),
    text: { contents: { scenario: '停车诱导', scope: '城区', manner: '接口' } },
    payload: { contentHash: `sha256:${'b'.repeat(64)}`, changed: ['scope'] },
  });
  await city.play(first, 'acceptance', 'operator', {
    entries: [
      { kind: 'returned', at: at('03-01T15:00:00'), id: 'BZ-1', receipt: returned },
      { kind: 'resubmitted', at: at('03-04T10:00:00'), id: 'BZ-1', receipt: resubmitted },
    ],
    end: { outcome: 'approved', at: at('03-04T11:00:00'), receipt: null },
  });
  const decided = await city.take(first, 'recordDecision', {
    turn: `${first}/review/dept-health`,
    when: at('03-08T10:00:00'),
    by: { id: 'h-1', role: 'sourceDepartment', organisation: 'dept-health' },
    text: { reasons: refusal },
  });
  await city.play(first, 'review', 'dept-health', {
    end: { outcome: 'refused', at: at('03-08T10:00:00'), receipt: decided },
  });
  await city.play(first, 'review', 'dept-transport', {
    end: { outcome: 'deemedApproved', at: at('03-16T00:00:00'), receipt: null },
  });
  await city.play(second, 'acceptance', 'operator');
  city.clock.now = new Date(at('03-06T10:00:00'));
});
afterAll(() => city.stop());

describe('an application is seen by its applicant, the bodies that handle it, the bureau and the auditor', () => {
  it.each<[string, Who, string[]]>([
    ['the applicant sees its own', merchant, [first]],
    ['another applicant sees its own', rival, [second]],
    ['the operator sees both', zhongwei.operator, [second, first]],
    ['a reviewer of both', zhongwei.department, [second, first]],
    ['a reviewer of one', zhongwei.other, [first]],
    ['an uninvolved department sees none', uninvolved, []],
    ['the bureau sees all', zhongwei.bureau, [second, first]],
    ['the auditor sees all', auditor, [second, first]],
    ['another city sees none', elsewhere, []],
  ])('%s', async (_name, who, seen) => {
    expect(await numbers(who)).toEqual(seen);
    for (const path of ['', '/clock', '/history', '/contents/1']) {
      const { statusCode } = await get(who, `/v1/applications/${first}${path}`);
      expect([path, statusCode]).toEqual([path, seen.includes(first) ? 200 : 404]);
    }
  });

  it('asks for a token, and for a role', async () => {
    expect((await get(null, '/v1/applications')).statusCode).toBe(401);
    const guard = { roles: ['securityAdministrator'], jurisdiction: 'zhongwei' } as const;
    expect((await get(guard, `/v1/applications/${first}`)).statusCode).toBe(403);
  });

  it('keeps the applicant’s words from the auditor, not what was changed', async () => {
    const audited = (await get(auditor, `/v1/applications/${first}`)).json();
    expect(audited.contents).toMatchObject({ contents: null, changed: [{ field: 'scope' }] });
    expect(audited.corrections[0].answer.changed).toEqual([{ field: 'scope' }]);
    const handled = (await get(zhongwei.department, `/v1/applications/${first}`)).json();
    expect(handled.contents.contents.scope).toBe('城区');
  });
});

describe('lists', () => {
  it.each([
    ['state=open', [second, first]],
    ['state=ended', []],
    ['stage=review', []],
    ['organisation=operator', [second]],
    ['dueBefore=2024-03-01', []],
    ['dueBefore=2024-12-31', [second]],
    ['outcome=refused', []],
  ])('%s', async (query, found) => {
    expect(await numbers(zhongwei.bureau, `?${query}`)).toEqual(found);
  });

  it('come in pages, newest first', async () => {
    const one = await get(zhongwei.bureau, '/v1/applications?limit=1');
    const { items, next } = one.json();
    expect(items.map(({ caseNo }: { caseNo: string }) => caseNo)).toEqual([second]);
    expect(one.headers['link']).toContain('rel="next"');
    expect(await numbers(zhongwei.bureau, `?limit=1&cursor=${next}`)).toEqual([first]);
  });

  it('come as CSV, silence told as silence', async () => {
    const answer = await get(zhongwei.bureau, '/v1/applications', { accept: 'text/csv' });
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = answer.body.trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('逾期未答复（默示）');
    expect(lines[2]).toContain('dept-transport');
  });

  it.each(['limit=0', 'state=none', 'dueBefore=tomorrow', 'organisation=', 'cursor=abc', 'stage=%00'])(
    'refuse %s',
    async (query) => {
      expect((await get(zhongwei.bureau, `/v1/applications?${query}`)).statusCode).toBe(400);
    },
  );

  it('refuse XML', async () => {
    const answer = await get(zhongwei.bureau, '/v1/applications', { accept: 'text/xml' });
    expect(answer.statusCode).toBe(406);
  });
});

describe('Zhongwei art. 21: the case says who decided and who was silent', () => {
  it('lists the reasons of a refusal, and gives silence a certificate and no decision', async () => {
    const answer = await get(merchant, `/v1/applications/${first}`);
    expect(answer.headers['etag']).toMatch(/^"\d+"$/);
    const { turns, silence } = answer.json();
    expect(silence).toEqual(['dept-transport']);
    const of = (organisation: string, step: string) =>
      turns.find(
        (turn: Record<string, string>) => turn['organisation'] === organisation && turn['step'] === step,
      );
    expect(of('dept-health', 'review')).toMatchObject({
      outcome: 'refused',
      endedBy: 'decision',
      decision: { reasons: refusal },
      certificate: null,
    });
    expect(of('dept-transport', 'review')).toMatchObject({
      outcome: 'deemedApproved',
      endedBy: 'silence',
      decision: null,
      lastDay: '2024-03-15',
      deadline: '2024-03-16T00:00:00+08:00',
      certificate: { id: `MS-${first}-review-dept-transport` },
    });
    expect(of('dept-transport', 'review').article).toContain('二十一');
  });

  it('shows what a correction asked for and what changed, field by field', async () => {
    const { corrections, contents, contentVersion } = (
      await get(merchant, `/v1/applications/${first}`)
    ).json();
    const changed = [{ field: 'scope', before: '全市', after: '城区' }];
    expect(corrections).toMatchObject([
      { id: 'BZ-1', items: [{ item: 'scope' }], answer: { version: 2, changed } },
    ]);
    expect([contentVersion, contents.changed]).toEqual([2, changed]);
    const before = (await get(merchant, `/v1/applications/${first}/contents/1`)).json();
    expect(before).toMatchObject({ version: 1, changed: [], contents: { scope: '全市' } });
  });

  it('counts each day of a clock, and says why one was skipped', async () => {
    const { items } = (await get(merchant, `/v1/applications/${first}/clock`)).json();
    const review = items.find(({ turn }: { turn: string }) => turn.endsWith('/dept-transport'));
    expect(review).toMatchObject({ daysCounted: 10, daysSkipped: 4, lastDay: '2024-03-15', notBefore: null });
    expect(review.days[0]).toEqual({ date: '2024-03-02', counted: false, reason: 'weekend' });
    const acceptance = items.find(({ step }: { step: string }) => step === 'acceptance');
    expect(acceptance.ledger.map(({ kind }: { kind: string }) => kind)).toEqual([
      'started',
      'returned',
      'resubmitted',
    ]);
  });

  it('counts working days left of an open turn by the law’s clock', async () => {
    const { lastDay, daysLeft, waitsFor } = (await get(rival, `/v1/applications/${second}`)).json();
    expect({ lastDay, daysLeft, waitsFor }).toEqual({
      lastDay: '2024-03-08',
      daysLeft: 2,
      waitsFor: ['operator'],
    });
  });
});

describe('history', () => {
  type Item = { at: string; kind: string; name: string; actor: { id: string } };

  it('merges acts and events in time, each with who acted', async () => {
    const { items } = (await get(merchant, `/v1/applications/${first}/history`)).json<{ items: Item[] }>();
    expect(items.map(({ at: when }) => when)).toEqual(items.map(({ at: when }) => when).toSorted());
    expect(items.slice(0, 2)).toMatchObject([
      { kind: 'act', name: 'submitApplication', actor: { id: 'm-1' } },
      { kind: 'event', name: 'application.submitted.v1', actor: { id: 'm-1' } },
    ]);
    expect(items.find(({ name }) => name === 'application.reviewDeemedApproved.v1')?.actor.id).toBe('clock');
  });

  it('comes in pages that together are the whole', async () => {
    const whole = (await get(merchant, `/v1/applications/${first}/history`)).json<{ items: Item[] }>().items;
    const read: Item[] = [];
    for (let cursor = ''; ; ) {
      const part = await get(merchant, `/v1/applications/${first}/history?limit=3${cursor}`);
      const { items, next } = part.json<{ items: Item[]; next: string | null }>();
      read.push(...items);
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(read).toEqual(whole);
  });
});

it.each([
  '/v1/applications/x%20y',
  `/v1/applications/${first}/contents/0`,
  `/v1/applications/${first}/contents/x`,
])('%s is refused', async (url) => {
  expect((await get(merchant, url)).statusCode).toBe(400);
});
