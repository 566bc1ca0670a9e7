import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debarmentFolder } from '@gongshu/infra/debarment/folder';
import { lookupDebarment } from '@gongshu/infra/debarment/lookup';
import { auditor, people, type Pool, refusal, startPool } from './experts-support.ts';
import { usccNo } from './onboarding-support.ts';
import { bodiesOf } from './resources-support.ts';

let city: Pool;
let folder: string;
jest.setTimeout(90_000);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongshu-lists-'));
  city = await startPool({ debarment: debarmentFolder(folder) });
});
afterAll(async () => {
  await city?.stop();
  await rm(folder, { recursive: true, force: true });
});
const shuozhou = bodiesOf('shuozhou').bureau;
const given = {
  asOf: '2024-02-20',
  source: '信用中国',
  entries: [{ uscc: usccNo(1), name: '甲公司' }, { name: '张某' }],
};
const load = (list: string, change: object = {}, who: Parameters<Pool['post']>[0] = shuozhou) =>
  city.post(who, '/v1/debarment-lists/imports', { list, ...given, ...change });
const ask = (uscc: string, on: string, lists = ['majorTaxViolations']) =>
  lookupDebarment(city.db, { jurisdiction: 'shuozhou', uscc, lists, on });

describe('debarment lists are loaded, and asked by credit code (O2)', () => {
  it('a version whole; the same again changes nothing; an older or other one of the day is refused', async () => {
    expect(await load('majorTaxViolations')).toMatchObject({
      status: 201,
      loaded: true,
      entries: 1,
      withoutCode: 1,
    });
    expect(await load('majorTaxViolations')).toMatchObject({ status: 201, loaded: false });
    expect(await load('majorTaxViolations', { asOf: '2024-02-19' })).toMatchObject({
      status: 409,
      code: 'debarmentListOlder',
    });
    expect(await load('majorTaxViolations', { entries: [] })).toMatchObject({
      status: 409,
      code: 'debarmentListOlder',
    });
    const told = await city.events('debarmentList.loaded.v1');
    expect(told).toMatchObject([
      { list: 'majorTaxViolations', asOf: '2024-02-20', entries: 1, withoutCode: 1 },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/甲|张|信用/);
  });

  it('listed, not listed, unknown: missing, before its day, and from the 32nd day on', async () => {
    const listed = { list: 'majorTaxViolations', listed: true, asOf: '2024-02-20', source: '信用中国' };
    expect(await ask(usccNo(1), '2024-03-01')).toEqual([listed]);
    expect(await ask(usccNo(2), '2024-03-01')).toEqual([{ ...listed, listed: false }]);
    expect(await ask(usccNo(2), '2024-03-22')).toEqual([{ ...listed, listed: false }]);
    expect(await ask(usccNo(2), '2024-03-23')).toEqual([{ ...listed, listed: 'unknown' }]);
    expect(await ask(usccNo(2), '2024-02-19')).toEqual([
      { ...listed, listed: 'unknown', asOf: null, source: null },
    ]);
    expect(await ask(usccNo(2), '2024-03-01', ['dishonestConduct', 'majorTaxViolations'])).toMatchObject([
      { list: 'dishonestConduct', listed: 'unknown', asOf: null },
      { listed: false },
    ]);
    const wuhai = { jurisdiction: 'wuhai', uscc: usccNo(1), lists: ['majorTaxViolations'], on: '2024-03-01' };
    expect(await lookupDebarment(city.db, wuhai)).toMatchObject([{ listed: 'unknown' }]);
  });

  it('off the list after its last day, and by a newer version', async () => {
    await load('dishonestConduct', { entries: [{ uscc: usccNo(3), until: '2024-02-29' }] });
    const on = async (day: string) => (await ask(usccNo(3), day, ['dishonestConduct']))[0]?.listed;
    expect([await on('2024-02-29'), await on('2024-03-01')]).toEqual([true, false]);
    await load('majorTaxViolations', { asOf: '2024-02-25', entries: [] });
    expect(await ask(usccNo(1), '2024-03-01')).toMatchObject([{ listed: false, asOf: '2024-02-25' }]);
    expect(await ask(usccNo(1), '2024-02-24')).toMatchObject([{ listed: true, asOf: '2024-02-20' }]);
  });

  it('over REST: every list that the city’s conditions name', async () => {
    const { answers, maxAgeDays } = await city.get(shuozhou, `/v1/debarment-lists/lookup?uscc=${usccNo(2)}`);
    expect(maxAgeDays).toBe(31);
    expect(answers.map((one: Record<string, unknown>) => [one['list'], one['answer']])).toEqual([
      ['dishonestConduct', 'notListed'],
      ['majorTaxViolations', 'notListed'],
      ['procurementViolations', 'unknown'],
    ]);
    expect(
      (await city.get(people.bureau, `/v1/debarment-lists/lookup?uscc=${usccNo(2)}`))['answers'],
    ).toEqual([]);
    expect((await city.get(shuozhou, '/v1/debarment-lists/lookup?uscc=91640500')).status).toBe(400);
  });

  it('rows at fault refuse the list whole, each by its place', async () => {
    const entries = [
      { uscc: usccNo(9) },
      { uscc: '91640500000000000A' },
      { uscc: usccNo(8), until: '2024-02-30' },
      {},
    ];
    expect(refusal(await load('seriousDishonesty', { entries }))).toMatchObject({
      ...{ status: 422, code: 'debarmentFileRefused' },
      at: [
        '/body/entries/1/uscc usccCheckDigit',
        '/body/entries/2/until dateUnreadable',
        '/body/entries/3/uscc missingValue',
      ],
    });
    expect(await ask(usccNo(9), '2024-03-01', ['seriousDishonesty'])).toMatchObject([{ listed: 'unknown' }]);
  });

  it.each<[string, string, object, number]>([
    ['a list nobody names', 'nobody', {}, 400],
    ['a day to come', 'seriousDishonesty', { asOf: '2024-03-02' }, 400],
    ['a day that does not exist', 'seriousDishonesty', { asOf: '2024-02-30' }, 400],
    ['no source', 'seriousDishonesty', { source: '' }, 400],
  ])('%s is refused', async (_name, list, change, status) => {
    expect((await load(list, change)).status).toBe(status);
  });

  it('written by the bureau, read by bureau and auditor', async () => {
    expect((await load('seriousDishonesty', {}, auditor('shuozhou'))).status).toBe(403);
    expect((await load('seriousDishonesty', {}, bodiesOf('shuozhou').operator)).status).toBe(403);
    expect((await city.get(bodiesOf('shuozhou').operator, '/v1/debarment-lists')).status).toBe(403);
    const first = await city.get(auditor('shuozhou'), '/v1/debarment-lists?limit=2');
    const next = await city.get(auditor('shuozhou'), `/v1/debarment-lists?limit=2&cursor=${first['next']}`);
    expect([...first['items'], ...next['items']].map((one) => [one.list, one.asOf])).toEqual([
      ['dishonestConduct', '2024-02-20'],
      ['majorTaxViolations', '2024-02-25'],
      ['majorTaxViolations', '2024-02-20'],
    ]);
    const csv = await city.call(shuozhou, 'GET', '/v1/debarment-lists', { headers: { accept: 'text/csv' } });
    expect(csv.body).toContain('信用中国');
    expect((await city.get(bodiesOf('wuhai').bureau, '/v1/debarment-lists'))['items']).toEqual([]);
  });
});

describe('lists from a folder', () => {
  it('what is new and sound is loaded; faults and strange names are told; again, nothing', async () => {
    const files = {
      'procurementViolations.2024-02-10.csv': `uscc,name\n${usccNo(5)},戊公司`,
      'procurementViolations.2024-02-28.json': JSON.stringify({
        source: '财政部',
        entries: [{ uscc: usccNo(6) }],
      }),
      'seriousDishonesty.2024-02-28.csv': `uscc,name\n${usccNo(5)},戊\n91640500,己`,
      'dishonestDebtors.2024-03-02.csv': `uscc\n${usccNo(5)}`,
      'notes.txt': 'x',
      'dishonestDebtors.2024-02-30.csv': 'uscc\n',
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const refresh = () => city.post(shuozhou, '/v1/debarment-lists/refresh');
    expect(await refresh()).toMatchObject({
      status: 200,
      loaded: [
        { list: 'procurementViolations', asOf: '2024-02-10' },
        { list: 'procurementViolations', asOf: '2024-02-28' },
      ],
      refused: [{ list: 'seriousDishonesty', asOf: '2024-02-28', rows: [1] }],
      unknown: ['dishonestDebtors.2024-02-30.csv', 'notes.txt'],
    });
    expect(await refresh()).toMatchObject({ loaded: [] });
    expect(await ask(usccNo(6), '2024-03-01', ['procurementViolations'])).toMatchObject([
      { listed: true, source: '财政部' },
    ]);
    expect(await ask(usccNo(5), '2024-02-27', ['procurementViolations'])).toMatchObject([
      { listed: true, source: 'procurementViolations.2024-02-10.csv' },
    ]);
  });

  it('a folder that is not there holds no lists', async () => {
    expect(await debarmentFolder(join(folder, 'none')).read()).toEqual({ files: [], unknown: [] });
  });
});
