// Design 5: the desk in English beside the Chinese, at the same addresses, as the reader chose.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { english } from '@gongshu/service-disclosure/desk/english';
import { humanised, inLanguage, t } from '@gongshu/service-disclosure/desk/language';
import type { Person } from '@gongshu/infra/issuer-people';
import { type DeskTest, startDesk } from '../support/desk.ts';
import { at } from './application-read-support.ts';

const reviewer: Person = {
  ...{
    subject: 't-1',
    roles: ['sourceDepartment'],
    organisation: 'dept-transport',
    jurisdiction: 'zhongwei',
  },
};
const caseNo = '640500-SQ-2024-000001';
const han = /\p{Script=Han}/u;
const folder = fileURLToPath(new URL('../../services/disclosure/src/desk/', import.meta.url));

let desk: DeskTest;
beforeAll(async () => {
  desk = await startDesk();
  await desk.catalog.submit(caseNo, { reviewers: ['dept-transport'] });
  await desk.catalog.play(caseNo, 'review', 'dept-transport', { from: '03-01T10:00:00' });
  desk.catalog.clock.now = new Date(at('03-05T10:00:00'));
}, 120_000);
afterAll(() => desk?.stop());

it('every word of the desk that is asked for has its English, and none is kept for nothing', () => {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('english.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(`${folder}${name}`, 'utf8'));
  const asked = sources.flatMap((text) =>
    [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key ?? ''),
  );
  expect(asked.length).toBeGreaterThan(100);
  expect([...new Set(asked)].filter((key) => !Object.hasOwn(english, key))).toEqual([]);
  const all = sources.join('\n');
  expect(Object.keys(english).filter((key) => !all.includes(key))).toEqual([]);
  expect(Object.values(english).filter((words) => han.test(words))).toEqual([]);
});

it('words are those of the language, with their values; a name of the API is readable', () => {
  expect(t('剩 {0} 个工作日', 2)).toBe('剩 2 个工作日');
  expect(inLanguage('en', () => t('剩 {0} 个工作日', 2))).toBe('2 working days left');
  expect(inLanguage('en', () => t('没有编号为“{0}”的事项，请核对编号是否完整。', '{0}<b>'))).toContain(
    '“{0}<b>”',
  );
  expect(inLanguage('en', () => t('没有人写过的话'))).toBe('没有人写过的话');
  expect([humanised('lastDay'), humanised('640500-SQ')]).toEqual(['Last day', '640500-SQ']);
});

/** What of a page is Chinese, beside what is marked so and words of people and law. */
const chineseIn = (html: string): string[] =>
  [...html.matchAll(/<(?:h1|h2|th|label|button|legend|dt)\b[^>]*>([^<]*)/g)]
    .map(([, words = '']) => words.trim())
    .filter((words) => han.test(words));

it('chosen by a link, kept for the desk, and back: headings, labels and buttons in English', async () => {
  const one = await desk.signIn(reviewer);
  const home = await one.open('/desk');
  expect(home.html).toContain('<html lang="zh-CN">');
  const chosen = await one.open(one.link(home, 'English'));
  expect([new URL(chosen.url).pathname, chosen.html.includes('<html lang="en">')]).toEqual(['/desk', true]);
  expect(chosen.text).toMatch(/Sign out[\s\S]*My tasks[\s\S]*Last day/);
  const decision = `/v1/applications/${caseNo}/reviews/dept-transport/decision`;
  for (const address of [
    ...['/desk', '/desk/cases', `/desk/cases/${caseNo}`, '/desk/openings', '/desk/records', '/desk/notices'],
    ...['/desk/absences', `/desk/acts?service=catalog&path=${encodeURIComponent(decision)}`],
  ]) {
    const page = await one.open(address);
    expect([address, page.status, chineseIn(page.html)]).toEqual([address, 200, []]);
    for (const [, href = ''] of page.html.matchAll(/\shref="(\/en[^"]*)"/g))
      expect([address, href]).toEqual([]);
  }
  const back = await one.open(one.link(chosen, '中文'));
  expect(back.text).toContain('待办');
});

it('a refusal of a service is told in English then; the choice leads nowhere else', async () => {
  const one = await desk.signIn(reviewer);
  await one.open('/desk/language?to=en&back=%2Fdesk');
  const decision = `/v1/applications/${caseNo}/reviews/dept-transport/decision`;
  const page = await one.open(`/desk/acts?service=catalog&path=${encodeURIComponent(decision)}`);
  const refused = await one.send(one.form(page, '/desk/acts'), { '/body/outcome': 'refuse' });
  expect(refused.status).toBe(422);
  expect(/<div class="summary" role="alert"><h2>([^<]*)/.exec(refused.html)?.[1]).not.toMatch(han);
  const away = await one.open('/desk/language?to=en&back=%2F%2Fevil.example');
  expect(away.url).toBe(`${desk.deskUrl}/desk`);
  expect((await one.open('/desk/language?to=fr')).status).toBe(400);
});
