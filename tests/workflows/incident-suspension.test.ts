// D1, X2: an order of suspension that the grade asks for has its hours; past them it is told, and nothing is suspended.
import { join } from 'node:path';
import { installedPacks } from '@gongshu/infra/packs';
import { sql } from 'kysely';
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';

const folder = join(import.meta.dirname, '../fifth-city');
const packs = installedPacks({ mode: 'development', folder });
const kept = process.env['GONGSHU_PACKS_DIR'];
let the: Disclosure;
beforeAll(async () => {
  process.env['GONGSHU_PACKS_DIR'] = folder; // the activities read the packs of the installation
  the = await startDisclosure(['zhongwei', 'shuozhou', 'wuhai', 'national', 'lanting'], { packs });
  await the.law.begin('2025-03-03T10:00:00');
}, 120_000);
afterAll(async () => {
  if (kept === undefined) delete process.env['GONGSHU_PACKS_DIR'];
  else process.env['GONGSHU_PACKS_DIR'] = kept;
  await the?.stop();
});

const scope = { all: false, resources: ['140600-ZY-1'], products: [], bodies: [] };
const reason = (code: string) => [{ code, text: '说明' }];
const who = disclosurePeople;
const open = (city: string, severity: string) =>
  the.open(who(city).operator, '/v1/incidents', {
    ...{ severity, class: 'leak', knownAt: '2025-03-03T09:30:00+08:00', scope, what: '疑似泄露' },
  });
const act = (
  city: string,
  caseNo: string,
  path: string,
  body: object,
  by: 'bureau' | 'operator' = 'bureau',
) => the.post(who(city)[by], `/v1/incidents/${caseNo}/${path}`, body);
const ok = { status: 200 };
const grade = (city: string, caseNo: string, severity: string) =>
  act(city, caseNo, 'severity', { severity, reasons: reason('graver') });
const task = async (city: string, caseNo: string) =>
  (await the.call(who(city).bureau, 'GET', '/v1/tasks?limit=200'))
    .json<{ items: { caseNo: string; acts: string[]; overdue: boolean; deadline: string }[] }>()
    .items.find((one) => one.caseNo === caseNo);
const suspends = (acts: readonly string[] = []) => acts.filter((one) => one.endsWith('Suspension'));
/** Who was told that the hours passed. */
const told = async (caseNo: string) =>
  (
    await sql<{ kind: string; addressee: string }>`
      select kind, addressee
      from platform.notice
      where case_no = ${caseNo}
        and kind like 'incidentSuspensionOverdue%'
      order by kind, addressee`.execute(the.db)
  ).rows.map(({ kind, addressee }) => `${kind} ${addressee}`);
const noted = (...government: string[]) => ['incidentSuspensionOverdue city-bureau', ...government];
const up = 'incidentSuspensionOverdueUp city-government';

describe('a grade that binds', () => {
  it.each([
    // city, grade, end of its hours, just before, just after, told besides the bureau, article
    ['shuozhou', 'major', '11:00:00', '10:59:58', '11:00:02', [up], undefined],
    ['wuhai', 'extraordinary', '11:00:00', '10:59:58', '11:00:02', [up], undefined],
    ['national', 'major', '11:00:00', '10:59:58', '11:00:02', [up], undefined],
    ['lanting', 'larger', '15:00:00', '14:59:58', '15:00:02', [], '第三十四条'],
  ] as const)(
    '[D1] %s, %s: declared by the operator, due by %s; then told, still to be done, and nothing is suspended',
    async (city, severity, due, before, after, government, article) => {
      await the.law.begin('2025-03-03T10:00:00');
      const caseNo = await open(city, severity);
      const deadline = `2025-03-03T${due}+08:00`;
      expect(await task(city, caseNo)).toMatchObject({ overdue: false });
      const readings = Object.values((await the.row(caseNo)).readings);
      const [running] = readings.filter(({ key }) => key.startsWith('suspension/'));
      expect(running?.at).toBe(Date.parse(deadline));
      await the.goTo(`2025-03-03T${before}`, caseNo);
      expect(await the.told(caseNo, 'incident.suspensionOverdue.v1')).toEqual([]);
      await the.goTo(`2025-03-03T${after}`, caseNo);
      const [overdue, ...more] = await the.told(caseNo, 'incident.suspensionOverdue.v1');
      expect(more).toEqual([]);
      expect(overdue).toMatchObject({ severity, standing: 0, government: government.length > 0 });
      expect(overdue?.['article']).toBe(article);
      expect(await told(caseNo)).toEqual(noted(...government));
      const late = await task(city, caseNo);
      expect([late?.overdue, suspends(late?.acts)]).toEqual([true, ['orderSuspension']]);
      expect(await the.story(caseNo)).not.toContain('suspensionOrdered');
      expect(await act(city, caseNo, 'suspension', { scope })).toMatchObject(ok);
      expect(suspends((await task(city, caseNo))?.acts)).toEqual([]);
    },
  );

  it('[D1 shuozhou] graded higher while an order stands: found to suffice with its grounds, or ordered further', async () => {
    const city = 'shuozhou';
    await the.law.begin('2025-03-03T10:00:00');
    const [one, two] = [await open(city, 'larger'), await open(city, 'general')];
    const confirmation = { reasons: reason('coversAll') };
    for (const caseNo of [one, two]) {
      expect(await act(city, caseNo, 'suspension', { scope })).toMatchObject(ok);
      expect(await act(city, caseNo, 'suspension/confirmation', confirmation)).toMatchObject({
        ...{ status: 409, code: 'suspensionNotAsked' },
      });
      expect(await grade(city, caseNo, 'major')).toMatchObject(ok);
      expect(suspends((await task(city, caseNo))?.acts)).toEqual(['orderSuspension', 'confirmSuspension']);
    }
    const measured = { measures: reason('cutOff') };
    expect(await act(city, one, 'measures', measured, 'operator')).toMatchObject(ok);
    const document = await the.upload(city, 'city-bureau', '责令整改');
    const rectification = { findings: reason('weakPassword'), document };
    expect(await act(city, one, 'rectification', rectification)).toMatchObject({
      ...{ status: 409, code: 'suspensionUnconfirmed' },
    });
    expect(await act(city, one, 'suspension/confirmation', confirmation, 'operator')).toMatchObject({
      status: 403,
    });
    expect(await act(city, one, 'suspension/confirmation', confirmation)).toMatchObject(ok);
    expect(await the.told(one, 'incident.suspensionConfirmed.v1')).toMatchObject([
      { orders: [`${one}/1`], severity: 'major', reasonCodes: ['coversAll'], late: false },
    ]);
    expect(await act(city, one, 'rectification', rectification)).toMatchObject(ok);
    expect(await the.told(one, 'incident.rectificationOrdered.v1')).toMatchObject([{ workingDays: 20 }]);
    await the.goTo('2025-03-03T12:00:00', two);
    expect(await told(two)).toEqual(noted(up));
    expect(await the.told(two, 'incident.suspensionOverdue.v1')).toMatchObject([{ standing: 1 }]);
    expect(await act(city, two, 'suspension', { scope: { ...scope, all: true } })).toMatchObject(ok);
    expect(suspends((await task(city, two))?.acts)).toEqual([]);
    expect(await told(one)).toEqual([]);
  });

  it('[D1 zhongwei] where the text gives a right to suspend, no grade asks for it and no hours run', async () => {
    const city = 'zhongwei';
    await the.law.begin('2025-03-03T10:00:00');
    const caseNo = await open(city, 'general');
    expect(await grade(city, caseNo, 'extraordinary')).toMatchObject(ok);
    await the.goTo('2025-03-04T12:00:00', caseNo);
    expect(await the.told(caseNo, 'incident.suspensionOverdue.v1')).toEqual([]);
    const confirmation = await the.call(
      who(city).bureau,
      'POST',
      `/v1/incidents/${caseNo}/suspension/confirmation`,
      { reasons: reason('coversAll') },
    );
    expect([confirmation.statusCode, confirmation.json<{ code: string }>().code]).toEqual([
      ...[409, 'suspensionNotAsked'],
    ]);
  });
});
