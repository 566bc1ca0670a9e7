// Design 5: what is edited by its version has a form too; a change by somebody else is shown and loses nothing written.
import type { Person } from '@gongshu/infra/issuer-people';
import { type Browser, formsOf, type Page } from '../support/browser.ts';
import { type DeskTest, startDesk } from '../support/desk.ts';

const person = (role: Person['roles'][number], organisation: string, subject: string): Person => ({
  ...{ subject, roles: [role], organisation, jurisdiction: 'zhongwei' },
});
const merchant = person('merchant', 'merchant-1', 'm-1');
const colleague = person('merchant', 'merchant-1', 'm-2');
const stranger = person('merchant', 'merchant-2', 'm-3');
const bureau = person('bureau', 'city-bureau', 'b-1');

let desk: DeskTest;
let address: string;
beforeAll(async () => {
  desk = await startDesk();
  const one = await desk.signIn(merchant);
  const opening = await one.open('/desk/acts?service=catalog&path=/v1/application-drafts');
  const opened = await one.send(one.form(opening, '/desk/acts'), { '/body/contents/scenario': '停车引导' });
  if (opened.status !== 200) throw new Error(opened.text);
  const page = await one.open('/desk/records?service=catalog&of=%2Fv1%2Fapplication-drafts');
  address = one.link(page, '修改草稿');
}, 120_000);
afterAll(() => desk?.stop());

const fields = (one: Browser, page: Page) => Object.fromEntries(one.form(page, '/desk/acts').fields);

it('what may be edited is listed, each with its forms; for whoever may edit nothing the list is empty', async () => {
  const one = await desk.signIn(merchant);
  const all = await one.open('/desk/records');
  expect(all.text).toContain('使用申请草稿');
  expect(all.text).not.toContain('评审专家');
  const of = await one.open(one.link(all, '使用申请草稿'));
  for (const words of ['修改草稿', '废弃草稿', '提交草稿'])
    expect(one.link(of, words)).toContain('/desk/acts?');
  const [work] = [await (await desk.signIn(bureau)).open('/desk/records')];
  expect(work.text).toContain('人员');
  expect((await one.open('/desk/records?service=registry&of=%2Fv1%2Fexperts')).status).toBe(404);
});

it('an edit begins with what stands, and is kept', async () => {
  const one = await desk.signIn(merchant);
  const page = await one.open(address);
  expect(fields(one, page)).toMatchObject({ '/body/contents/scenario': '停车引导', etag: '"1"' });
  const done = await one.send(one.form(page, '/desk/acts'), { '/body/contents/scenario': '停车引导与预约' });
  expect([done.status, done.text]).toEqual([200, expect.stringContaining('已办理')]);
  expect(fields(one, await one.open(address))['/body/contents/scenario']).toBe('停车引导与预约');
});

it('changed by another meanwhile: what changed is told, what was written stays, sent again it holds', async () => {
  const [one, other] = [await desk.signIn(merchant), await desk.signIn(colleague)];
  const mine = await one.open(address);
  const theirs = await other.open(address);
  const meant = '公共停车位的引导';
  expect(
    (await other.send(other.form(theirs, '/desk/acts'), { '/body/contents/scenario': meant })).status,
  ).toBe(200);
  const written = '我写的<b>内容</b>';
  const late = await one.send(one.form(mine, '/desk/acts'), { '/body/contents/scenario': written });
  expect(late.status).toBe(412);
  expect(late.text).toMatch(/内容已被修改/);
  expect(late.html).toContain('It was changed while you were writing.');
  expect(late.text).toContain(meant);
  expect(late.text).toContain('停车引导与预约');
  expect(late.html).not.toContain('<b>内容</b>');
  expect(fields(one, late)).toMatchObject({ '/body/contents/scenario': written });
  const again = await one.send(one.form(late, '/desk/acts'));
  expect([again.status, again.text]).toEqual([200, expect.stringContaining('已办理')]);
  expect(fields(one, await one.open(address))['/body/contents/scenario']).toBe(written);
});

it('without its version nothing is edited; another body’s draft does not exist', async () => {
  const one = await desk.signIn(merchant);
  const form = one.form(await one.open(address), '/desk/acts');
  const bare = await one.send(form, { etag: '', '/body/contents/scenario': 'x' });
  expect(bare.status).toBe(428);
  expect(fields(one, bare)['/body/contents/scenario']).toBe('x');
  expect((await (await desk.signIn(stranger)).open(address)).status).toBe(404);
  expect((await one.open(address.replace('method=put', 'method=trace'))).status).toBe(404);
});

it('a draft is discarded by its form', async () => {
  const one = await desk.signIn(merchant);
  const page = await one.open('/desk/records?service=catalog&of=%2Fv1%2Fapplication-drafts');
  const discard = await one.open(one.link(page, '废弃草稿'));
  const done = await one.send(formsOf(discard).find(({ action }) => action.includes('/desk/acts')) as never);
  expect([done.status, done.text]).toEqual([200, expect.stringContaining('已办理')]);
  const refused = await one.send(one.form(await one.open(address), '/desk/acts'), {
    '/body/contents/scenario': 'y',
  });
  expect(refused.status).toBe(409);
});
