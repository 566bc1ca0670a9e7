/** How a page is looked at: by axe in two sizes of type and at two widths, with what it loaded, and a picture of it. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectFolder } from '@gongshu/infra/backends/places';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
/** Kept for people to look at; CI keeps the folder. */
const pictures = join(projectFolder, '.cache/screenshots');
mkdirSync(pictures, { recursive: true });

export const widths = { phone: 390, desktop: 1280 } as const;
export const sizes = ['normal', 'large'] as const;
export type Size = (typeof sizes)[number];

export type Look = {
  status: number;
  /** Serious and critical findings of axe, each with the places. */
  findings: string[];
  /** Requests to another host than the page's own. */
  elsewhere: string[];
  /** By how many pixels the page is wider than the window. */
  tooWide: number;
  /** What the browser said against the page: refused by policy, broken. */
  said: string[];
};

/** A window of that width; its script is on unless said otherwise. */
export const windowOf = (
  browser: Browser,
  {
    width,
    size = 'normal',
    script = true,
    url,
  }: { width: number; size?: Size; script?: boolean; url: string },
): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: script,
    ...(size === 'large' && {
      storageState: {
        cookies: [
          {
            ...{ name: 'gongshu-size', value: 'large', domain: new URL(url).hostname, path: '/' },
            ...{ expires: -1, httpOnly: false, secure: false, sameSite: 'Lax' as const },
          },
        ],
        origins: [],
      },
    }),
  });

type AxeResult = {
  violations: { id: string; impact: string; nodes: { target: string[]; html: string }[] }[];
};

/** Runs axe over the page as it stands. */
export const axeFindings = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] })`,
  )) as AxeResult;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
};

/** Opens the address in the window and looks; the picture is kept under `picture`. */
export const look = async (context: BrowserContext, url: string, picture: string): Promise<Look> => {
  const page = await context.newPage();
  const elsewhere: string[] = [];
  const said: string[] = [];
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol !== 'data:' && asked.host !== new URL(url).host) elsewhere.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  try {
    const answer = await page.goto(url, { waitUntil: 'load' });
    const tooWide = (await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )) as number;
    const findings = await axeFindings(page);
    await page.screenshot({ path: join(pictures, `${picture}.png`), fullPage: true });
    return { status: answer?.status() ?? 0, findings, elsewhere, tooWide, said };
  } finally {
    await page.close();
  }
};
