// G1, A3, A5: every kind of page of the work desk in a real Chromium, as the people who work there see it.
import type { Browser as Chromium } from 'playwright-core';
import type { Person } from '@gongshu/infra/issuer-people';
import { at } from '../services/application-read-support.ts';
import { startChromium } from '../support/chromium.ts';
import { type DeskTest, startDesk } from '../support/desk.ts';
import { look, sizes, widths, windowOf } from '../support/look.ts';

jest.setTimeout(240_000);

const person = (role: Person['roles'][number], organisation: string, subject: string): Person => ({
  ...{ subject, roles: [role], organisation, jurisdiction: 'zhongwei' },
});
const reviewer = person('sourceDepartment', 'dept-transport', 't-1');
const merchant = person('merchant', 'merchant-1', 'm-1');
const caseNo = (n: number): string => `640500-SQ-2024-00000${n}`;

let desk: DeskTest;
let chromium: Chromium;
beforeAll(async () => {
  desk = await startDesk();
  for (const n of [1, 2, 3]) {
    await desk.catalog.submit(caseNo(n), { reviewers: ['dept-transport'] });
    await desk.catalog.play(caseNo(n), 'review', 'dept-transport', { from: `03-0${n}T10:00:00` });
  }
  desk.catalog.clock.now = new Date(at('03-05T10:00:00'));
  chromium = await startChromium();
});
afterAll(async () => {
  await chromium?.close();
  await desk?.stop();
});

/** A window of somebody who has signed in at the issuer, by the cookies that the sign-in left; and who browses beside it. */
const signedIn = async (who: Person, given: { width: number; size: (typeof sizes)[number] }) => {
  const person = await desk.signIn(who);
  const window = await windowOf(chromium, { ...given, url: desk.deskUrl });
  const { hostname } = new URL(desk.deskUrl);
  await window.addCookies(
    [...person.cookies(desk.deskUrl)].map(([name, value]) => ({ name, value, domain: hostname, path: '/' })),
  );
  return { window, person };
};

describe.each(sizes)('in %s type', (size) => {
  it.each(Object.entries(widths))(
    'on a %s a reviewer’s and a merchant’s pages are accessible, fit, and load nothing from elsewhere',
    async (name, width) => {
      const { window, person } = await signedIn(reviewer, { width, size });
      const act = person.link(await person.open(`/desk/cases/${caseNo(1)}`), '审核');
      const kinds = {
        ...{ tasks: '/desk', case: `/desk/cases/${caseNo(1)}`, act, cases: '/desk/cases' },
        ...{ list: '/desk/cases?of=application', openings: '/desk/openings', notices: '/desk/notices' },
        ...{
          absences: '/desk/absences',
          records: '/desk/records',
          entries: '/desk/records?service=catalog&of=%2Fv1%2Fresources',
        },
      };
      const own = await signedIn(merchant, { width, size });
      const seen: [string, object][] = [];
      for (const [kind, path] of Object.entries(kinds))
        seen.push([kind, await look(window, desk.deskUrl + path, `desk-${kind}-${size}-${name}`)]);
      for (const path of ['/desk', '/desk/openings', `/desk/cases/${caseNo(1)}`])
        seen.push([
          path,
          await look(
            own.window,
            desk.deskUrl + path,
            `desk-merchant${path.replaceAll('/', '-')}-${size}-${name}`,
          ),
        ]);
      // The same desk in English, as the reader chose.
      const { hostname } = new URL(desk.deskUrl);
      await window.addCookies([
        { name: 'gongshu-desk-language', value: 'en', domain: hostname, path: '/desk' },
      ]);
      for (const kind of ['tasks', 'case', 'act', 'records'] as const)
        seen.push([
          `${kind} in English`,
          await look(window, desk.deskUrl + kinds[kind], `desk-${kind}-en-${size}-${name}`),
        ]);
      await window.close();
      await own.window.close();
      const sound = { status: 200, findings: [], elsewhere: [], tooWide: 0, said: [] };
      for (const [kind, found] of seen) expect([kind, found]).toEqual([kind, sound]);
    },
  );
});

it('signing in needs no script, and leads back to the page that was asked for', async () => {
  const window = await windowOf(chromium, { width: widths.desktop, script: false, url: desk.deskUrl });
  const page = await window.newPage();
  await page.goto(`${desk.deskUrl}/desk/cases`);
  expect(page.url()).toContain('/sign-in/');
  await page.getByRole('button').first().click();
  expect(page.url()).toBe(`${desk.deskUrl}/desk/cases`);
  expect(await page.textContent('h1')).toBeTruthy();
  await window.close();
});
