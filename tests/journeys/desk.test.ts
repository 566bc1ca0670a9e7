/** A reviewer's whole day on the desk, on the whole product: everything by the pages, as a browser without script has them. */
import { accountOf, type Person } from '@gongshu/infra/issuer-people';
import { type Browser, createBrowser, formsOf, type Page } from '../support/browser.ts';
import { sampleFile } from '../support/documents.ts';
import { type Stack, startStack, until } from '../support/stack.ts';
import { bureau, type Case, inReview } from '../support/stack-case.ts';

const reviewer: Person = {
  ...{ subject: 'h-1', roles: ['sourceDepartment'], organisation: 'dept-health', jurisdiction: 'zhongwei' },
};
const colleague: Person = { ...reviewer, subject: 'h-2' };

let stack: Stack;
let cases: Case[];
let desk: Browser;

const signIn = async (person: Person, to?: string): Promise<{ browser: Browser; page: Page }> => {
  const browser = createBrowser(stack.urls['disclosure'] ?? '');
  return { browser, page: await browser.signIn(accountOf(person), to) };
};

beforeAll(async () => {
  stack = await startStack('desk');
  const people = await stack.post(
    bureau,
    '/v1/people',
    {
      people: [
        { id: 'h-1', organisation: 'dept-health', name: '审核员甲' },
        { id: 'h-2', organisation: 'dept-health', name: '审核员乙' },
      ],
    },
    { service: 'registry' },
  );
  if (people.status !== 201) throw new Error(JSON.stringify(people.body));
  cases = [];
  for (let n = 0; n < 6; n++) cases.push(await inReview(stack, ['dept-health']));
}, 240_000);
afterAll(() => stack?.down(), 60_000);

const caseOf = (at: number): Case => {
  const found = cases[at];
  if (!found) throw new RangeError(`no case ${at}`);
  return found;
};
const keyOf = ({ no }: Case): string => `catalog~review~${no}/review/dept-health~${no}~dept-health`;

it('signs in, and sees what waits, soonest first, with days left and the article (A5)', async () => {
  const { browser, page } = await signIn(reviewer);
  desk = browser;
  expect(page.status).toBe(200);
  for (const { no } of cases) expect(page.text).toContain(no);
  expect(page.text).toContain('第二十一条');
  expect(page.text).toMatch(/剩 \d+ 个工作日/);
});

it('opens a case and looks at its clock day by day', async () => {
  const page = await desk.open(`/desk/cases/${caseOf(0).no}`);
  expect(page.status).toBe(200);
  expect(page.text).toContain('逐日计算：计入 10 日');
  expect(page.text).toContain('周末');
  expect(page.text).toContain('视为同意');
});

it('asks for more time on one, with a document', async () => {
  const page = await desk.open(`/desk/cases/${caseOf(0).no}`);
  const form = desk.form(await desk.open(desk.link(page, '申请延期')), '/desk/acts');
  const { bytes, name, type } = sampleFile('pdf');
  const done = await desk.send(form, {
    ...{ '/body/days': '2', '/body/reason': '需现场核实' },
    '/body/documentHash|file': new File([new Uint8Array(bytes)], name, { type }),
  });
  expect([done.status, done.text]).toEqual([200, expect.stringContaining('已送达办理')]);
  const [extension] = (
    await until(
      () => caseOf(0).turn('review'),
      (turn) => turn.extensions.length === 1,
    )
  ).extensions;
  expect(extension).toMatchObject({ workingDays: 2, state: 'pending', reason: '需现场核实' });
  expect((await desk.open(`/desk/cases/${caseOf(0).no}`)).text).toContain('延期申请');
});

it('returns one for correction, with what is missing', async () => {
  const page = await desk.open(`/desk/cases/${caseOf(4).no}`);
  const form = desk.form(await desk.open(desk.link(page, '退回补正')), '/desk/acts');
  const done = await desk.send(form, { '/body/items/0/item': 'scope', '/body/items/0/text': '请缩小范围' });
  expect(done.text).toContain('收件回执');
  expect(await until(caseOf(4).view, ({ suspended }) => suspended)).toMatchObject({
    corrections: [{ items: [{ item: 'scope', text: '请缩小范围' }] }],
  });
});

it('decides three alike in one act, a reason each', async () => {
  const list = await desk.open('/desk');
  const chosen = await desk.send(desk.form(list, '/desk/decisions'), {
    ...{ act: 'decideReview', task: [caseOf(1), caseOf(2), caseOf(5)].map(keyOf) },
  });
  const done = await desk.send(desk.form(chosen, '/desk/decisions'), {
    ...{ '/row0/outcome': 'approve', '/row1/outcome': 'refuse', '/row2/outcome': 'approve' },
    ...{ '/row1/reasons/0/code': 'scopeTooWide', '/row1/reasons/0/text': '申请范围超出用途' },
  });
  expect(done.text).toContain('已办理（3 件）');
  expect(await caseOf(1).ended()).toMatchObject({ outcome: 'approved' });
  expect(await caseOf(2).ended()).toMatchObject({ outcome: 'refused' });
  expect(await caseOf(5).ended()).toMatchObject({ outcome: 'approved' });
});

it('sets a substitute, who sees what was given to him', async () => {
  const form = desk.form(await desk.open('/desk/absences'), '/desk/absences');
  const done = await desk.send(form, {
    ...{ '/body/from': '2024-03-01', '/body/until': '2024-03-15', '/body/reasonCode': 'travel' },
    '/body/substitute': 'h-2',
  });
  expect(done.text).toContain('已登记');
  const turn = `${caseOf(3).no}/review/dept-health`;
  const given = await until(
    () => stack.post(bureau, '/v1/tasks/assignments', { turn, person: 'h-1' }),
    ({ status }) => status === 200,
  );
  expect(given.status).toBe(200);
  const { browser } = await signIn(colleague);
  const mine = await until(
    () => browser.open('/desk?show=mine'),
    ({ text }) => text.includes('代 h-1 办理'),
  );
  expect(mine.text).toContain(caseOf(3).no);
  expect(mine.text).toContain('代 h-1 办理');
});

it('is too late on one: refused with the article, and the silence stands', async () => {
  const page = await desk.open(`/desk/cases/${caseOf(3).no}`);
  const form = desk.form(await desk.open(desk.link(page, '审核')), '/desk/acts');
  const { deadline } = await caseOf(3).turn('review');
  await stack.advance(deadline);
  const late = await desk.send(form, { '/body/outcome': 'approve' });
  expect(late.status).toBe(409);
  expect(late.text).toMatch(/《中卫市公共数据资源授权运营管理办法.*》.*二十一/);
  expect(await caseOf(3).ended()).toMatchObject({ outcome: 'deemedApproved' });
  const after = await desk.open(`/desk/cases/${caseOf(3).no}`);
  expect(after.text).toContain('未在期限内答复');
}, 90_000);

it('signs out, and the desk is closed', async () => {
  const out = await desk.send(desk.form(await desk.open('/desk'), '/desk/sign-out'));
  const [form] = formsOf(out);
  if (form) await desk.send(form, { logout: 'yes' });
  const closed = await desk.open('/desk');
  expect(closed.url).toContain('/sign-in/');
});
