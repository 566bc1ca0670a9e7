import { startRegistry } from '../support/registry.ts';
import { bodiesOf, type Who } from './resources-support.ts';

const city = bodiesOf('zhongwei');
const auditor = { roles: ['auditor'], jurisdiction: 'zhongwei' } as const;
const merchant = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: 'zhongwei' } as const;
const elsewhere = bodiesOf('wuhai').bureau;

let registry: Awaited<ReturnType<typeof startRegistry>>;
const people = [
  { id: 't-1', organisation: 'dept-transport', office: 't-law', name: '张三', mail: 'zhang@example.cn' },
  { id: 't-2', organisation: 'dept-transport', name: '李四', phone: '0955-1234567' },
  { id: 't-3', organisation: 'dept-transport', name: '王五' },
  { id: 'h-1', organisation: 'dept-health', name: '赵六' },
  { id: 'm-1', organisation: 'merchant-1', name: '钱七' },
];
const post = (who: Who, url: string, body: object) => registry.call(who, 'POST', url, { body });
const away = (person: string, from: string, until: string, substitute: string, who: Who = city.department) =>
  post(who, `/v1/people/${person}/absences`, { from, until, substitute, reasonCode: 'leave' });

beforeAll(async () => {
  registry = await startRegistry();
  const office = await post(city.department, '/v1/offices', {
    id: 't-law',
    organisation: 'dept-transport',
    name: '法规处',
  });
  if (office.statusCode !== 201) throw new Error(office.body);
});
afterAll(() => registry.stop());

describe('people are registered by account', () => {
  it('all or none; the same list twice changes nothing; events name nobody', async () => {
    const first = await post(city.bureau, '/v1/people', { people });
    expect([first.statusCode, first.json()]).toEqual([201, { registered: 5, unchanged: 0 }]);
    expect((await post(city.bureau, '/v1/people', { people })).json()).toEqual({
      registered: 0,
      unchanged: 5,
    });
    const told = await registry.told('person.registered.v1');
    expect(told).toHaveLength(5);
    expect(told).toContainEqual({ person: 't-1', organisation: 'dept-transport', office: 't-law' });
    expect(JSON.stringify(told)).not.toMatch(/张三|example|1234567/);
  });

  it.each<[string, object, number, string, string]>([
    [
      'a body nobody registered',
      { organisation: 'none' },
      422,
      'organisationUnknown',
      '/body/people/1/organisation',
    ],
    [
      'another body’s office',
      { organisation: 'dept-health', office: 't-law' },
      422,
      'officeUnknown',
      '/body/people/1/office',
    ],
    [
      'other content under a known account',
      { id: 't-2', name: '别人' },
      409,
      'personDiffers',
      '/body/people/1',
    ],
    ['a control character in a name', { name: '张\u0000三' }, 400, 'textRefused', '/body/people/1/name'],
    ['a mail that is none', { mail: 'zhang' }, 400, 'invalidRequest', '/body/people/1/mail'],
    ['an account twice', { id: 'new-1' }, 400, 'invalidRequest', '/body/people/1/id'],
  ])(
    '%s is refused by its place, and nothing of the list is kept',
    async (_name, change, status, code, pointer) => {
      const fresh = { id: 'new-1', organisation: 'dept-transport', name: '新人' };
      const answer = await post(city.bureau, '/v1/people', {
        people: [fresh, { ...fresh, id: 'new-2', ...change }],
      });
      expect([answer.statusCode, answer.json().code, answer.json().errors?.[0]?.pointer]).toEqual([
        status,
        code,
        pointer,
      ]);
      expect((await registry.call(city.bureau, 'GET', '/v1/people/new-1')).statusCode).toBe(404);
    },
  );

  it('are read by their own body, bureau and auditor, and by nobody else', async () => {
    const seen = async (who: Who) =>
      (await registry.call(who, 'GET', '/v1/people')).json().items.map(({ id }: { id: string }) => id);
    expect(await seen(city.department)).toEqual(['t-1', 't-2', 't-3']);
    expect(await seen(merchant)).toEqual(['m-1']);
    expect(await seen(auditor)).toHaveLength(5);
    expect(await seen(elsewhere)).toEqual([]);
    for (const who of [city.other, merchant, elsewhere])
      expect((await registry.call(who, 'GET', '/v1/people/t-1')).statusCode).toBe(404);
    const peek = await registry.call(city.other, 'GET', '/v1/people?organisation=dept-transport');
    expect(peek.json().items).toEqual([]);
    const others = await post(city.other, '/v1/people', {
      people: [{ id: 'x-1', organisation: 'dept-transport', name: '外人' }],
    });
    expect(others.statusCode).toBe(404);
    expect((await post(auditor, '/v1/people', { people })).statusCode).toBe(403);
    const csv = await registry.call(city.department, 'GET', '/v1/people', {
      headers: { accept: 'text/csv' },
    });
    expect(csv.body.trim().split('\r\n')).toHaveLength(4);
  });

  it('are changed from the version that was read', async () => {
    const url = '/v1/people/t-2';
    const change = (headers: Record<string, string>) =>
      registry.call(city.department, 'PATCH', url, { body: { phone: null, name: '李四光' }, headers });
    expect((await change({})).statusCode).toBe(428);
    const { etag } = (await registry.call(city.department, 'GET', url)).headers;
    const done = await change({ 'if-match': String(etag) });
    expect([done.statusCode, done.json()]).toMatchObject([200, { name: '李四光', phone: null }]);
    expect((await change({ 'if-match': String(etag) })).statusCode).toBe(412);
    expect(await registry.told('person.changed.v1')).toEqual([
      { person: 't-2', organisation: 'dept-transport', changedFields: ['name', 'phone'] },
    ]);
  });
});

describe('an absence names who stands in', () => {
  it('and is told by ids and days', async () => {
    const answer = await away('t-1', '2024-03-04', '2024-03-08', 't-2');
    expect([answer.statusCode, answer.json()]).toMatchObject([201, { person: 't-1', substitute: 't-2' }]);
    expect(await registry.told('person.absenceRecorded.v1')).toEqual([
      {
        absence: answer.json().id,
        person: 't-1',
        substitute: 't-2',
        organisation: 'dept-transport',
        from: '2024-03-04',
        until: '2024-03-08',
      },
    ]);
  });

  it.each<[string, Parameters<typeof away>, number, string]>([
    ['somebody unknown', ['t-1', '2024-04-01', '2024-04-02', 'nobody'], 422, 'substituteUnknown'],
    ['himself', ['t-1', '2024-04-01', '2024-04-02', 't-1'], 422, 'substituteIsSame'],
    ['another body’s person', ['t-1', '2024-04-01', '2024-04-02', 'h-1'], 422, 'substituteOutside'],
    ['an applicant’s person', ['t-1', '2024-04-01', '2024-04-02', 'm-1'], 422, 'substituteIsApplicant'],
    ['somebody who is away then', ['t-3', '2024-03-08', '2024-03-11', 't-1'], 409, 'substituteAbsent'],
    ['while standing in for another', ['t-2', '2024-03-08', '2024-03-11', 't-3'], 409, 'standsIn'],
    ['days on record already', ['t-1', '2024-03-08', '2024-03-11', 't-3'], 409, 'absenceOverlaps'],
    ['days in the past', ['t-1', '2024-02-01', '2024-02-02', 't-3'], 422, 'absencePast'],
    ['an end before its start', ['t-1', '2024-04-02', '2024-04-01', 't-3'], 422, 'absenceOrder'],
    ['a day that is none', ['t-1', '2024-02-30', '2024-04-01', 't-3'], 400, 'invalidRequest'],
    ['by another body', ['t-1', '2024-04-01', '2024-04-02', 't-3', city.other], 404, 'notFound'],
    ['by an auditor', ['t-1', '2024-04-01', '2024-04-02', 't-3', auditor], 403, 'forbidden'],
  ])('%s is refused', async (_name, given, status, code) => {
    const answer = await away(...given);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(await registry.told('person.absenceRecorded.v1')).toHaveLength(1);
  });

  it('of two that would make a chain at the same moment, one is taken', async () => {
    const answers = await Promise.all([
      away('t-2', '2024-05-06', '2024-05-08', 't-3'),
      away('t-3', '2024-05-06', '2024-05-08', 't-1'),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  it('is cancelled once; the days are free again', async () => {
    const [absence] = (await registry.call(city.department, 'GET', '/v1/people/t-1/absences')).json().items;
    const url = `/v1/people/t-1/absences/${absence.id}/cancellation`;
    expect((await post(city.other, url, {})).statusCode).toBe(404);
    expect((await post(city.department, url, {})).json()).toMatchObject({ cancelledAt: expect.any(String) });
    expect((await post(city.department, url, {})).json()).toMatchObject({ code: 'absenceCancelled' });
    expect((await away('t-1', '2024-03-04', '2024-03-08', 't-3')).statusCode).toBe(201);
  });
});
