// E1 (中卫 十七、二十三): until both checkers have spoken nobody reads a vote: no address, table, history, log or figure tells one.
import { createLogger } from '@gongshu/infra/logger';
import { sql } from 'kysely';
import type { Who } from '../services/resources-support.ts';
import { checkSteps, publicSource, rawScan } from '../support/egress-check.ts';
import { type Products, startProducts } from '../support/products.ts';
import {
  addressesOf,
  placesChanged,
  placesWith,
  type Read,
  readEndpoints,
  readTables,
  readWorkflow,
} from '../support/sweep.ts';

const city = 'zhongwei';
const box = 'registry.egress_vote';
const words = {
  field: '盲评标记-领域-5d20c7',
  exception: '盲评标记-例外-88be14',
  source: '盲评标记-来源-f0a933',
};
/** Words of a reason, and the code, which nothing else in these cases gives. */
const marks = [...Object.values(words), 'outsidePurpose'];

let the: Products;
let on: ReturnType<typeof checkSteps>;
let people: Record<string, Who>;
const lines: string[] = [];

type Case = { caseNo: string; first: string; second: string };
/** Two cases alike; the first checker of one passes everything, of the other refuses everything with words. */
let passed: Case;
let refused: Case;

const begin = async (): Promise<Case> => {
  const begun = await on.underCheck({ contents: { publicSources: [publicSource] } });
  const document = await the.upload(city, 'merchant-1', '说明');
  const asked = { items: [1], ground: 'requiredByLaw', document };
  const { status } = await the.act(on.who.merchant, begun.caseNo, 'exceptions', asked);
  if (status !== 200) throw new Error('no exception');
  return begun;
};
const refusal = async (caseNo: string) => {
  const { fields } = await on.ballot(caseNo);
  const reason = (text: string) => ({ code: 'outsidePurpose', text });
  return {
    fields: fields.map((one) => ({ ...one, pass: false, reasons: [reason(words.field)] })),
    exceptions: [{ exception: 1, accept: false, reason: reason(words.exception) }],
    sources: [{ source: publicSource.resource, confirmed: false, reason: reason(words.source) }],
  };
};

beforeAll(async () => {
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger('registry', { level: 'trace', destination });
  the = await startProducts([city], { scan: rawScan, logger });
  on = checkSteps(the, city);
  await the.law.begin('2024-03-01T09:00:00');
  [passed, refused] = [await begin(), await begin()];
  const systemAdministrator: Who = { roles: ['systemAdministrator'], organisation: 'it', jurisdiction: city };
  const { bureau, merchant, department, auditor } = on.who;
  const supervision: Who = { roles: ['supervision'], organisation: 'discipline', jurisdiction: city };
  people = {
    ...{ bureau, merchant, department, auditor, systemAdministrator, supervision, nobody: null },
    ...{ own: on.seat(refused.first), other: on.seat(refused.second) },
  };
}, 300_000);
afterAll(() => the?.stop());

const ofEverybody = /^\/(docs|openapi)/;
/** Every address that tells of cases: not the description of all codes there are. */
const addresses = ({ caseNo }: Case): string[] =>
  addressesOf(the.app, {
    ...{ caseNo: [caseNo], partyId: ['operator', 'merchant-1'], merchantId: ['merchant-1'] },
    ...{ attempt: ['1'], version: ['1'], channel: ['event'] },
  }).filter((address) => !ofEverybody.test(address));
const endpoints = (one: Case): Promise<Read> => readEndpoints(the.call, addresses(one), people);
const tables = (leftOut: string[] = [box]): Promise<Read> => readTables(the.db, leftOut);
const temporal = (one: Case): Promise<Read> => readWorkflow(the.client, one.caseNo);
const figures = async (): Promise<Read> =>
  new Map([['figures', (await the.call(null, 'GET', '/metrics')).body]]);
const log = (from = 0): Read => new Map([['log', lines.slice(from).join('')]]);

/** A case’s own texts with what tells two alike cases apart taken out: numbers, hashes, instants, accounts. */
const plain = ({ caseNo, first, second }: Case, text: string): string =>
  text
    .replaceAll(caseNo, 'CASE')
    .replaceAll(new RegExp(`\\b(${first}|${second})\\b`, 'g'), 'CHECKER')
    .replaceAll(/SJ-[0-9a-f-]{36}|sha256:[0-9a-f]{64}|\d{6}-(CP|SQ)-\d{4}-\d{6}/g, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.+Z]+/g, 'AT')
    .replaceAll(/\b1[67]\d{11}\b/g, 'AT');
/** What the case itself tells: its row, its entries and its events. */
const toldOf = async (one: Case): Promise<string> => {
  const { rows } = await sql<{ text: string }>`
    select (stage, state, waits_for)::text as text from procedure where case_no = ${one.caseNo}
    union all
    select (kind, data)::text from procedure_entry where case_no = ${one.caseNo}
    union all
    select (type, payload)::text from outbox where aggregateid = ${one.caseNo}
    union all
    select (act, state, payload)::text from intake where case_no = ${one.caseNo}
    order by 1`.execute(the.db);
  return plain(one, rows.map(({ text }) => text).join('\n'));
};

describe('the first of two has voted', () => {
  let from = 0;
  let read: Read;
  beforeAll(async () => {
    from = lines.length;
    const given = await Promise.all([
      on.vote(passed.caseNo, passed.first),
      on.vote(refused.caseNo, refused.first, await refusal(refused.caseNo)),
    ]);
    if (given.some(({ status }) => status !== 200)) throw new Error('a vote was not taken');
    await the.quiet(passed.caseNo);
    await the.quiet(refused.caseNo);
    read = await endpoints(refused);
  }, 120_000);

  it('walks over every route that is read, and most have something to tell', () => {
    expect(addresses(refused).length).toBeGreaterThan(60);
    expect([...read.values()].filter((text) => text.startsWith('200')).length).toBeGreaterThan(200);
    expect([...read].filter(([, text]) => text.startsWith('5'))).toEqual([]);
    for (const who of ['bureau', 'auditor', 'merchant', 'own', 'other'])
      expect(read.get(`${who} /v1/egress-cases/${refused.caseNo}/votes`)).toMatch(
        /^200.*"spoken":1.*"rounds":\[\]/,
      );
  });

  it('nothing holds a word or a code of it, in whatever form, nor the sealed column either', async () => {
    expect(placesWith(read, marks)).toEqual([]);
    expect(placesWith(await tables([]), marks)).toEqual([]);
    expect(placesWith(await temporal(refused), marks)).toEqual([]);
    expect(placesWith(log(), marks)).toEqual([]);
    expect(placesWith(await figures(), marks)).toEqual([]);
  });

  it('a case whose checker refused everything tells the same as one whose checker passed it', async () => {
    expect(await toldOf(refused)).toBe(await toldOf(passed));
    const history = async (one: Case) =>
      [...(await temporal(one)).values()]
        .flatMap((text) => [...plain(one, text).matchAll(/"opened":[^,}]*/g)])
        .map(String);
    expect(new Set([...(await history(refused)), ...(await history(passed))])).toEqual(
      new Set(['"opened":null']),
    );
    const told = lines.slice(from).filter((line) => line.includes('/votes') && !line.includes('GET'));
    expect(told).toEqual([]);
  });

  it('its seal is as long as any, opens at no other place, and nothing was opened', async () => {
    const rows = await the.db.selectFrom('egress_vote').selectAll().execute();
    expect(rows.map(({ opened, opened_at }) => [opened, opened_at])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(new Set(rows.map(({ sealed }) => sealed.length)).size).toBe(1);
  });

  it('a mark in an entry, an event, a history or the box would be found', async () => {
    const note = JSON.stringify({ note: words.field });
    await sql`
      update procedure_entry set data = data || ${note}::jsonb
      where case_no = ${refused.caseNo} and kind = 'voteCast'`.execute(the.db);
    expect(placesWith(await tables(), marks)).toEqual(['registry.procedure_entry']);
    expect(
      placesWith(await readEndpoints(the.call, addresses(refused), { bureau: on.who.bureau }), marks),
    ).toContain(`bureau /v1/egress-cases/${refused.caseNo}`);
    expect(await toldOf(refused)).not.toBe(await toldOf(passed));
    await sql`update procedure_entry set data = data - 'note' where case_no = ${refused.caseNo}`.execute(
      the.db,
    );
    await sql`update registry.egress_vote set opened = ${note}::jsonb where case_no = ${refused.caseNo}`.execute(
      the.db,
    );
    expect(placesWith(await tables([]), marks)).toEqual([box]);
    await sql`update registry.egress_vote set opened = null where case_no = ${refused.caseNo}`.execute(
      the.db,
    );
    const payload = Buffer.from(note).toString('base64');
    expect(placesWith(new Map([['history', `{"data":"${payload}"}`]]), marks)).toEqual(['history']);
  });

  it('a vote that is refused as it stands leaves nothing either', async () => {
    const [before, then] = [await tables([]), lines.length];
    const { fields } = await refusal(refused.caseNo);
    expect(await on.vote(refused.caseNo, refused.second, { fields, exceptions: [] })).toMatchObject({
      status: 422,
      code: 'voteIncomplete',
    });
    expect(placesChanged(before, await tables([]))).toEqual([]);
    expect(lines.slice(then).filter((line) => !line.includes('/metrics'))).toEqual([]);
  });

  it('with the second both are read, with their reasons, by who may', async () => {
    expect(await on.vote(refused.caseNo, refused.second)).toMatchObject({ status: 200 });
    await the.quiet(refused.caseNo);
    const ofTheCase = addresses(refused).filter((address) => address.includes(refused.caseNo));
    const then = await readEndpoints(the.call, ofTheCase, people);
    const readers = placesWith(then, [words.field]).map((place) => place.split(' ')[0]);
    expect(new Set(readers)).toEqual(
      new Set(['bureau', 'merchant', 'auditor', 'supervision', 'own', 'other']),
    );
    expect(placesWith(await temporal(refused), Object.values(words))).toEqual([]);
    expect(placesWith(await tables([]), Object.values(words))).toEqual([box]);
    expect(placesWith(log(), Object.values(words))).toEqual([]);
  });
});
