// S1–S4: every kind of page of the portal in a real Chromium: readable by everyone, whole without script, from this host alone.
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { startChromium } from '../support/chromium.ts';
import { axeFindings, look, sizes, widths, windowOf } from '../support/look.ts';
import { type Portal, startPortal } from '../support/portal.ts';

jest.setTimeout(240_000);

const kinds = {
  ...{ cities: '/', front: '/zhongwei', catalog: '/zhongwei/catalog', entry: '/zhongwei/catalog/R-1' },
  ...{
    search: '/zhongwei/catalog?q=车位',
    products: '/zhongwei/products',
    product: '/zhongwei/products/P-1',
  },
  ...{ fees: '/zhongwei/fees', mandates: '/zhongwei/mandates', selections: '/zhongwei/selections' },
  ...{ selection: '/zhongwei/selections/640500-XZ-2024-000001', evaluations: '/zhongwei/evaluations' },
  ...{ reports: '/zhongwei/reports', report: '/zhongwei/reports/640500-PL-2024-000001' },
  ...{ bulletins: '/zhongwei/bulletins', bulletin: '/zhongwei/bulletins/TB-1', notices: '/zhongwei/notices' },
  ...{ notice: '/zhongwei/notices/GB-640500-2024-000001', complaint: '/zhongwei/complaints/new' },
  ...{ status: '/zhongwei/complaints/status', verify: '/zhongwei/verify', openData: '/zhongwei/open-data' },
  ...{ missing: '/zhongwei/catalog/none', english: '/en/zhongwei', englishCatalog: '/en/zhongwei/catalog' },
} as const;

let portal: Portal;
let browser: Browser;
let home: string;
beforeAll(async () => {
  portal = await startPortal({ sandbox: true, lawNow: async () => new Date('2024-03-07T10:00:00+08:00') });
  await portal.app.listen({ port: 0, host: '127.0.0.1' });
  home = `http://127.0.0.1:${(portal.app.server.address() as AddressInfo).port}`;
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

describe.each(sizes)('in %s type', (size) => {
  it.each(Object.entries(widths))(
    'on a %s every page is accessible, fits, and loads nothing from elsewhere',
    async (name, width) => {
      const window = await windowOf(browser, { width, size, url: home });
      const seen: Record<string, object> = {};
      for (const [kind, path] of Object.entries(kinds)) {
        const { status, ...rest } = await look(window, home + path, `portal-${kind}-${size}-${name}`);
        seen[kind] = { ok: status === (kind === 'missing' ? 404 : 200), ...rest };
      }
      await window.close();
      const sound = { ok: true, findings: [], elsewhere: [], tooWide: 0 };
      for (const [kind, found] of Object.entries(seen)) expect([kind, found]).toMatchObject([kind, sound]);
      // A page that is missing is an error to the browser too; nothing else is.
      expect(
        Object.entries(seen).filter(([kind, { said }]: any) => kind !== 'missing' && said.length > 0),
      ).toEqual([]);
    },
  );
});

describe('without script', () => {
  it('a search, an entry, large type, and a complaint with its receipt and status all work', async () => {
    const window = await windowOf(browser, { width: widths.desktop, script: false, url: home });
    const page = await window.newPage();
    await page.goto(`${home}/zhongwei/catalog`);
    await page.fill('[name=q]', '车位');
    await page.press('[name=q]', 'Enter');
    await page.getByRole('link', { name: '公共停车场即时车位' }).first().click();
    expect(await page.textContent('h1')).toContain('公共停车场即时车位');
    await page
      .getByRole('link', { name: '大字版' })
      .or(page.getByRole('button', { name: '大字版' }))
      .click();
    expect(await page.textContent('h1')).toContain('公共停车场即时车位');
    const cookies = await window.cookies();
    expect(cookies.find(({ name }) => name === 'gongshu-size')?.value).toBe('large');
    await page.close();
    await window.close();
  });

  it('the keyboard reaches the content first, then the menu, and its place is seen', async () => {
    const window = await windowOf(browser, { width: widths.desktop, url: home });
    const page = await window.newPage();
    await page.goto(`${home}/zhongwei`);
    await page.keyboard.press('Tab');
    const first = (await page.evaluate(`({
      href: document.activeElement.getAttribute('href'),
      outline: getComputedStyle(document.activeElement).outlineStyle,
    })`)) as { href: string | null; outline: string };
    expect(first.href).toMatch(/^#/);
    expect(first.outline).not.toBe('none');
    await window.close();
  });
});

describe('the judges can say no', () => {
  it('axe finds an unnamed field and pale words; a picture from elsewhere and a wide box are seen', async () => {
    const window = await windowOf(browser, { width: widths.phone, url: home });
    const page = await window.newPage();
    await page.setContent(
      `<html lang="zh"><title>x</title><main><h1>x</h1><input><p style="color:#ccc;background:#fff">浅色文字</p></main></html>`,
    );
    const found = await axeFindings(page);
    expect(found.some((one) => one.startsWith('label'))).toBe(true);
    expect(found.some((one) => one.startsWith('color-contrast'))).toBe(true);
    await page.close();
    await window.route(`${home}/zhongwei/verify`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<html lang="zh"><title>x</title><main><h1>x</h1><img alt="x" src="http://127.0.0.2:9/x.png"><div style="width:2000px">x</div></main></html>',
      }),
    );
    const { elsewhere, tooWide } = await look(window, `${home}/zhongwei/verify`, 'twin');
    expect([elsewhere, tooWide > 1_000]).toEqual([['http://127.0.0.2:9/x.png'], true]);
    await window.close();
  });
});
