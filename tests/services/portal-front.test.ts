// S1: the figures of the front page add up: what came in is what it came to, and what is in progress.
import { type Portal, startPortal } from '../support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({ lawNow: async () => new Date('2024-06-07T10:00:00+08:00') });
}, 60_000);
afterAll(() => portal?.stop());

const counted = (table: 'figure' | 'public_complaint_figure', of: Record<string, number>) =>
  portal.db
    .insertInto(table)
    .values(
      Object.entries(of).map(([measure, count]) => ({
        ...{ jurisdiction: 'wuhai', month: '2024-05', measure, count },
      })) as never,
    )
    .execute();

/** Text of the page, tags taken out. */
const textOf = (body: string) => body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

/** The lines of the first chart's table. */
const outcomesIn = (body: string): [string, number][] => {
  const [chart = ''] = /<figure class="chart">[\s\S]*?<\/figure>/.exec(body) ?? [];
  const [, lines = ''] = /<tbody[^>]*>([\s\S]*?)<\/tbody>/.exec(chart) ?? [];
  return [...lines.matchAll(/<th[^>]*>([\s\S]*?)<\/th>\s*<td[^>]*>([\s\S]*?)<\/td>/g)].map(
    ([, name, value]) => [textOf(name ?? '').trim(), Number(textOf(value ?? ''))],
  );
};

it('applications: each outcome once, those withdrawn and lapsed too', async () => {
  await counted('figure', {
    ...{ submitted: 40, approved: 9, approvedWithDeemedReviews: 4, deemedApproved: 3 },
    // Two of those refused failed the check: told by two events, counted as one end.
    ...{ refused: 8, checkFailed: 2, withdrawn: 5, lapsed: 1, deemedReviews: 7, reviewsOverdue: 6 },
  });
  const { body } = await portal.page('/wuhai');
  const lines = outcomesIn(body);
  expect(Object.fromEntries(lines)).toEqual({
    ...{ 批准: 9, '批准（部分审核视为同意）': 4, 视为批准: 3, '未批准（含不予受理、核查未通过）': 8 },
    ...{ 申请人撤回: 5, 逾期未补正终止: 1, 办理中: 10 },
  });
  expect(lines.reduce((sum, [, value]) => sum + value, 0)).toBe(40);
  expect(textOf(body)).toMatch(/其中核查未通过 2/);
});

it('complaints: answered, not accepted, withdrawn, in progress', async () => {
  await counted('public_complaint_figure', {
    ...{ opened: 12, answered: 5, notAccepted: 3, withdrawn: 1, closed: 7, reviewDecided: 2 },
  });
  const text = textOf((await portal.page('/wuhai')).body);
  expect(text).toMatch(/收到 12 件 已答复 5 件 不予受理 3 件 投诉人撤回 1 件 办理中 3 件/);
});

it('an end that is told before its beginning leaves nothing below zero', async () => {
  await portal.db
    .updateTable('figure')
    .set({ count: 0 })
    .where('jurisdiction', '=', 'wuhai')
    .where('measure', '=', 'submitted')
    .execute();
  const { statusCode, body } = await portal.page('/wuhai');
  expect([statusCode, Object.fromEntries(outcomesIn(body))['办理中']]).toEqual([200, 0]);
});
