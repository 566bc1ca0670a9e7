import { documentNo, usccNo } from './onboarding-support.ts';
import { auditor, bureauAccount, people, type Pool, refusal, startPool } from './experts-support.ts';
import { bodiesOf } from './resources-support.ts';

let city: Pool;
jest.setTimeout(90_000);
beforeAll(async () => {
  city = await startPool();
});
afterAll(() => city?.stop());
const first = bureauAccount('a-1');
const second = bureauAccount('a-2');
const link = {
  owner: 'group-1',
  owned: 'merchant-1',
  kind: 'share',
  shareBasisPoints: 5_100,
  document: documentNo(7),
  from: '2024-01-01',
};
const record = (change: object = {}, who: Parameters<Pool['post']>[0] = first) =>
  city.post(who, '/v1/ownership-links', { ...link, ...change });
const act = (id: unknown, name: string, who: Parameters<Pool['post']>[0], body: object = {}) =>
  city.post(who, `/v1/ownership-links/${String(id)}/${name}`, body);

describe('links of ownership and control (O3, O10)', () => {
  it('recorded by one account from a document, confirmed by another, ended on a day', async () => {
    const made = await record();
    expect(made).toMatchObject({ status: 201, state: 'recorded', recordedBy: 'a-1', confirmedBy: null });
    expect(await record()).toMatchObject({ status: 409, code: 'ownershipKnown' });
    expect(await act(made['link'], 'confirmation', first)).toMatchObject({
      status: 403,
      code: 'secondAccountNeeded',
    });
    expect(await act(made['link'], 'end', first, { until: '2024-03-01' })).toMatchObject({
      code: 'ownershipNotConfirmed',
    });
    expect(await act(made['link'], 'confirmation', second)).toMatchObject({
      state: 'confirmed',
      confirmedBy: 'a-2',
    });
    expect(await act(made['link'], 'confirmation', second)).toMatchObject({
      status: 409,
      code: 'ownershipConfirmed',
    });
    expect(await act(made['link'], 'striking', first, { code: 'wrong', text: '有误' })).toMatchObject({
      code: 'ownershipConfirmed',
    });
    expect(await act(made['link'], 'end', first, { until: '2023-12-31' })).toMatchObject({ status: 400 });
    expect(await act(made['link'], 'end', first, { until: '2024-03-02' })).toMatchObject({
      code: 'changeAhead',
    });
    expect(await act(made['link'], 'end', first, { until: '2024-02-29' })).toMatchObject({
      until: '2024-02-29',
    });
    expect(await act(made['link'], 'end', first, { until: '2024-02-29' })).toMatchObject({
      code: 'ownershipNotConfirmed',
    });
    const names = ['recorded', 'confirmed', 'ended', 'struck'];
    const told = await Promise.all(
      names.map(async (name) => (await city.events(`ownership.${name}.v1`)).length),
    );
    expect(told).toEqual([1, 1, 1, 0]);
  });

  it('a wrong record is struck out before it counts, and may be made anew', async () => {
    const made = await record({ owned: 'merchant-2' });
    const reason = { code: 'wrong', text: '主体有误' };
    expect(await act(made['link'], 'striking', first, reason)).toMatchObject({
      state: 'struck',
      reasonCode: 'wrong',
    });
    expect(await act(made['link'], 'confirmation', second)).toMatchObject({
      status: 409,
      code: 'ownershipStruck',
    });
    expect(await record({ owned: 'merchant-2' })).toMatchObject({ status: 201 });
    expect(JSON.stringify(await city.events('ownership.struck.v1'))).not.toContain('主体');
  });

  it('a credit code of a registered body stands under the body’s id', async () => {
    expect(await record({ owner: usccNo(3), owned: 'merchant-4' })).toMatchObject({ owner: 'merchant-3' });
    expect(await record({ owner: usccNo(4), owned: 'merchant-4' })).toMatchObject({
      status: 422,
      code: 'ownershipSelf',
    });
  });

  it.each<[string, object, number, string]>([
    ['a share without its size', { shareBasisPoints: null }, 400, '/body/shareBasisPoints shareByKind'],
    ['control with a size', { kind: 'control' }, 400, '/body/shareBasisPoints shareByKind'],
    ['more than the whole', { shareBasisPoints: 10_001 }, 400, '/body/shareBasisPoints'],
    ['a day that does not exist', { from: '2024-02-30' }, 400, '/body/from'],
    ['a day to come', { from: '2024-03-02' }, 422, '/body/from changeAhead'],
    ['a document nobody uploaded', { document: documentNo(99) }, 422, '/body/document documentUnknown'],
  ])('%s is refused by its place', async (_name, change, status, at) => {
    const answer = await record({ owned: 'merchant-5', ...change });
    expect([answer.status, refusal(answer).at[0]]).toEqual([status, expect.stringContaining(at)]);
  });

  it('are the bureau’s to write, and read by bureau and auditor, each of its own city', async () => {
    const { items } = await city.get(auditor(), '/v1/ownership-links?body=merchant-1');
    expect(items).toHaveLength(1);
    expect((await city.get(people.operator, '/v1/ownership-links')).status).toBe(403);
    expect((await record({}, auditor())).status).toBe(403);
    const wuhai = bodiesOf('wuhai').bureau;
    expect((await city.get(wuhai, '/v1/ownership-links'))['items']).toEqual([]);
    expect((await city.get(wuhai, `/v1/ownership-links/${items[0].link}`)).status).toBe(404);
    expect((await act(items[0].link, 'confirmation', wuhai)).status).toBe(404);
    const csv = await city.call(people.bureau, 'GET', '/v1/ownership-links', {
      headers: { accept: 'text/csv' },
    });
    expect(csv.body).toContain('merchant-3');
  });

  it('the house of a body: owners, and all that they own, by confirmed links', async () => {
    for (const [owner, owned] of [
      ['root', 'left'],
      ['root', 'right'],
      ['right', 'leaf'],
      ['leaf', 'root'],
    ] as const)
      await city.own(owner, owned);
    await city.own('leaf', 'unconfirmed', { confirmed: false });
    expect((await city.get(people.bureau, '/v1/ownership-links/house/nobody')).status).toBe(404);
    const { items } = await city.get(people.bureau, '/v1/ownership-links/house/left');
    expect(items.map(({ body, links }: { body: string; links: string[] }) => [body, links.length])).toEqual([
      ...[
        ['leaf', 2],
        ['left', 0],
        ['right', 2],
        ['root', 1],
      ],
    ]);
  });
});
