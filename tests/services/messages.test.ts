import { bodiesOf, type Catalog, startCatalog } from './resources-support.ts';

const { bureau } = bodiesOf('zhongwei');
const merchant = { roles: ['merchant'], organisation: 'firm-1', jurisdiction: 'zhongwei' } as const;
const bothLanguages = /^[^·]*\p{Script=Han}[^·]* · [^·\p{Script=Han}]+$/u;

describe('own messages of wrong places', () => {
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await startCatalog();
  });
  afterAll(() => catalog.stop());

  const submission = { resources: ['640500-RES-1'], contents: {} };
  const term = { from: '2024-05-01', until: '2024-04-30' };
  const closure = { date: '2025-03-03', to: 'holiday' };
  const year = { year: 2027, notice: '测试', holidays: ['2026-01-01'], workingWeekends: ['2027-01-04'] };
  it.each([
    ['/v1/applications', { ...submission, resources: ['640500-RES-1', '640500-RES-1'] }, ['/body/resources']],
    ['/v1/applications', { ...submission, contents: { term } }, ['/body/contents/term']],
    ['/v1/calendars', { changes: [closure, closure] }, ['/body/changes/1']],
    ['/v1/calendars', { changes: [{ ...closure, date: '2025-02-29' }] }, ['/body/changes/0/date']],
    ['/v1/calendars', {}, ['/body']],
    [
      '/v1/calendars',
      { publishYear: year },
      ['/body/publishYear/holidays/0', '/body/publishYear/workingWeekends/0'],
    ],
  ])('%s %j is told in Chinese and English', async (url, body, pointers) => {
    const who = url === '/v1/applications' ? merchant : bureau;
    const answer = await catalog.call(who, 'POST', url, { body, headers: { 'accept-language': 'zh' } });
    const { errors } = answer.json<{ errors: { pointer: string; message: string }[] }>();
    expect([answer.statusCode, errors.map(({ pointer }) => pointer)]).toEqual([400, pointers]);
    for (const { message } of errors) expect(message).toMatch(bothLanguages);
  });
});
