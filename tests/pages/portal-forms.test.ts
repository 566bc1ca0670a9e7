// S1–S4: what the portal answers to forms, wrong addresses and full papers, sent without script and then looked at.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DisclosureItem } from '@gongshu/shared/packs/topics/disclosure';
import { makeYearly } from '@gongshu/shared/yearly-disclosure/content';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startChromium } from '../support/chromium.ts';
import { look, type Size, widths, windowOf } from '../support/look.ts';
import { type Portal, startPortal } from '../support/portal.ts';
import { publicStory } from '../support/public-story.ts';

jest.setTimeout(180_000);

const yearly = makeYearly(
  {
    ...{ jurisdiction: 'zhongwei', part: 'implementingBody', year: 2024 },
    body: 'city-bureau',
    operator: null,
  },
  { items: DisclosureItem.options.map((item) => ({ item, rests: null })) } as never,
  [],
  { stated: {}, said: {} },
).content;
const bulletin = {
  ...{ form: 'gongshu-bulletin-1', jurisdiction: 'zhongwei', from: '2024-01-01', until: '2024-03-31' },
  departments: ['dept-transport', 'dept-health'].map((department, at) => ({
    department,
    figures: ['compiled', 'reviewsEnded', 'reviewMedian', 'feedbackOpen'].map((name) => ({
      name,
      value: name === 'reviewMedian' ? null : at + 3,
    })),
  })),
};
const story = publicStory()
  .filter(({ event }) => !/publication\.withdrawn|disclosed\.withdrawn/.test(event.type))
  .map((one) => {
    if (!one.event.type.endsWith('disclosed.published.v1')) return one;
    const content = JSON.stringify(one.event.subject === 'TB-1' ? bulletin : yearly);
    return { ...one, event: { ...one.event, data: { ...(one.event.data as object), content } } };
  });

let registry: Server;
let portal: Portal;
let browser: Browser;
let home: string;
beforeAll(async () => {
  registry = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' });
    const receipt = 'SJ-00000000-0000-4000-8000-000000000001';
    const hash = `sha256:${'ab'.repeat(32)}`;
    response.end(JSON.stringify({ receipt, hash, receivedAt: '2024-03-07T10:00:00+08:00' }));
  });
  await new Promise<void>((up) => registry.listen(0, '127.0.0.1', up));
  portal = await startPortal(
    {
      lawNow: async () => new Date('2024-03-07T10:00:00+08:00'),
      registryUrl: `http://127.0.0.1:${(registry.address() as AddressInfo).port}`,
    },
    story as never,
  );
  await portal.app.listen({ port: 0, host: '127.0.0.1' });
  home = `http://127.0.0.1:${(portal.app.server.address() as AddressInfo).port}`;
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
  registry?.close();
});

const sound = { findings: [], elsewhere: [], tooWide: 0 };
/** What stands in a window without script, looked at in one that runs axe. */
const lookAt = async (window: BrowserContext, page: Page, picture: string) => {
  const body = await page.content();
  await window.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  const found = await look(window, page.url(), picture);
  await window.unroute(page.url());
  expect([picture, found]).toMatchObject([picture, sound]);
};
const send = async (page: Page, action: string) => {
  const [answer] = await Promise.all([
    page.waitForNavigation(),
    page.locator(`form[action*="${action}"] button[type=submit]`).first().click(),
  ]);
  return answer?.status();
};

describe.each<[string, number, Size]>([
  ['desktop', widths.desktop, 'normal'],
  ['phone', widths.phone, 'large'],
])('on a %s', (name, width, size) => {
  it('receipts, found complaints, open objections and forms with errors are whole', async () => {
    const off = await windowOf(browser, { width, size, script: false, url: home });
    const on = await windowOf(browser, { width, size, url: home });
    const seen = (kind: string, page: Page) => lookAt(on, page, `portal-${kind}-${size}-${name}`);
    const page = await off.newPage();

    await page.goto(`${home}/zhongwei/complaints/new`);
    expect(await send(page, 'complaints/new')).toBe(400);
    await seen('complaint-errors', page);
    await page.selectOption('[name=about]', { index: 1 });
    await page.fill('[name=text]', '停车数据的申请被无故拒绝，请核查。');
    await page.fill('[name=name]', '某某');
    await page.fill('[name=contact]', '0955-7000000');
    await page.check('[name=who][value=named]');
    expect([201, 202]).toContain(await send(page, 'complaints/new'));
    await seen('complaint-receipt', page);
    const [number = '', code = ''] = await page.locator('.receipt').allTextContents();

    await page.goto(`${home}/zhongwei/complaints/status`);
    await page.fill('[name=number]', number);
    await page.fill('[name=code]', code);
    expect(await send(page, 'complaints/status')).toBe(200);
    expect(await page.textContent('main')).toContain(number);
    await seen('complaint-found', page);

    await page.goto(`${home}/zhongwei/notices/GB-640500-2024-000001`);
    await seen('objection-open', page);
    expect(await send(page, 'objections')).toBe(400);
    await seen('objection-errors', page);
    await page.fill('[name=text]', '得分与公开的标准不符，请核对。');
    await page.fill('[name=name]', '某某公司');
    await page.fill('[name=phone]', '0955-7000000');
    expect(await send(page, 'objections')).toBe(200);
    await seen('objection-receipt', page);
    await off.close();
    await on.close();
  });

  it('proofs, full papers and pages that are missing are whole', async () => {
    const window = await windowOf(browser, { width, size, url: home });
    const hash = (letter: string) => encodeURIComponent(`sha256:${letter.repeat(64)}`);
    const pages: [string, string, number][] = [
      ['verify-found', `/zhongwei/verify?number=CP-1-1&hash=${hash('d')}`, 200],
      ['verify-differs', `/zhongwei/verify?number=CP-1-1&hash=${hash('e')}`, 200],
      ['verify-unknown', `/zhongwei/verify?number=CP-9&hash=${hash('e')}`, 200],
      ['no-page', '/nowhere', 404],
      ['report-full', '/zhongwei/reports/640500-PL-2024-000001', 200],
      ['bulletin-full', '/zhongwei/bulletins/TB-1', 200],
    ];
    for (const [kind, path, status] of pages) {
      const found = await look(window, home + path, `portal-${kind}-${size}-${name}`);
      expect([kind, found]).toMatchObject([kind, { ...sound, status }]);
    }
    await window.close();
  });
});
