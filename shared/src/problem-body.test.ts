// Design 5: a refusal tells its reader what is wrong in words, never in a code that a table has words for.
import { codeTables } from './code-tables.ts';
import { problemBody, tablesOfDetail } from './problem-body.ts';
import { problem } from './problems.ts';

const told = (...of: Parameters<typeof problem>) =>
  (['zh', 'en'] as const).map(
    (language) => problemBody(problem(...of), language, { instance: '/', traceId: '0' }).detail,
  );

it.each([
  [
    'auditPartnersMissing',
    { roles: 'countyBureau, sourceDepartment' },
    /^尚缺：\p{Script=Han}+、\p{Script=Han}+。$/u,
  ],
  ['suspensionMissing', { severity: 'major' }, /重大/],
] as const)('%s tells codes in words', (code, params, zh) => {
  const [inChinese, inEnglish] = told(code, { params });
  expect(inChinese).toMatch(zh);
  for (const one of Object.values(params).flatMap((all) => all.split(', ')))
    expect(inChinese).not.toContain(one);
  expect(inEnglish).not.toMatch(/[a-z][A-Z]/);
});

it('ids, numbers and days stay as they are', () => {
  const [zh] = told('contingencyPlanWaits', { params: { plan: '640500-YA-2024-000001' } });
  expect(zh).toContain('640500-YA-2024-000001');
});

it('every place has tables that there are', () => {
  for (const tables of Object.values(tablesOfDetail))
    for (const table of tables) expect(codeTables).toHaveProperty(table);
});
