// O1: until its opening a bid is read by nobody, and nobody can tell that, or how often, a body bid.
import { sha256 } from '@gongshu/infra/hash';
import { createLogger } from '@gongshu/infra/logger';
import { sql } from 'kysely';
import type { Who } from '../services/resources-support.ts';
import { peopleOf, type Procedures, startProcedures } from '../support/procedures.ts';
import { actsOf, bidders, bidOf, seedCity } from '../support/selections.ts';
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
const box = 'registry.sealed_bid';
const [bidder, another, third, late] = bidders;

const file = Buffer.from('密封标记-文件-4dd1c0');
const certificate = sha256('密封标记-等级保护证书');
const words = {
  ...{ first: '密封标记-先前的方案-e21f07', last: '密封标记-方案-7f3a91', title: '密封标记-标题-b80c55' },
  ...{ withdrawn: '密封标记-撤回-0a47de', late: '密封标记-逾期-66d2aa', wrong: '密封标记-有误-c9930b' },
};
/** Every mark that a bid carries. */
const marks = [...Object.values(words), file.toString(), sha256(file), certificate].map((mark) =>
  mark.replace('sha256:', ''),
);
const bidWith = (contents: string) => {
  const { documents, mlps } = bidOf(city, contents);
  return {
    contents,
    documents: [...documents, { title: words.title, hash: sha256(file), base64: file.toString('base64') }],
    mlps: mlps.map((one) => ({ ...one, document: certificate })),
  };
};

/** Names a condition that no pack has, and every object inherits. */
const inherited = {
  ...bidOf(city, '方案三'),
  documents: [
    ...bidOf(city, '方案三').documents,
    { title: '其他', hash: sha256('其他'), condition: 'constructor' },
  ],
};

/** Somebody in each role that could come near a selection, and nobody. */
const peopleAround = (panel: Who, other: Who): Record<string, Who> => {
  const { bureau, government, operator, department, auditor } = peopleOf(city);
  const systemAdministrator: Who = { roles: ['systemAdministrator'], organisation: 'it', jurisdiction: city };
  return {
    ...{ bureau, government, operator, department, auditor, systemAdministrator, panel, other, nobody: null },
  };
};

let the: Procedures;
let it_: ReturnType<typeof actsOf>;
let caseNo: string;
let people: Record<string, Who>;
let addresses: string[];
const lines: string[] = [];
beforeAll(async () => {
  const destination = { write: (line: string) => void lines.push(line) };
  the = await startProcedures([city], { logger: createLogger('registry', { level: 'trace', destination }) });
  await seedCity(the, city);
  it_ = actsOf(the, city);
  await it_.begin();
  caseNo = await it_.open();
  await it_.issue(caseNo);
  await it_.draw(caseNo);
  const [seat] = (await it_.state(caseNo)).panel;
  if (!seat) throw new Error('no panel');
  people = peopleAround(it_.expert(seat.id), it_.bidder(another));
  addresses = addressesOf(the.app, {
    ...{ caseNo: [caseNo], bidder: [bidder], partyId: bidders, merchantId: [bidder] },
    ...{ hash: [sha256('a file of nobody’s')], version: ['1'], channel: ['event'] },
  });
}, 300_000);
afterAll(() => the?.stop());

const endpoints = (): Promise<Read> => readEndpoints(the.call, addresses, people);
const tables = (leftOut: string[] = [box]): Promise<Read> => readTables(the.db, leftOut);
const temporal = (): Promise<Read> => readWorkflow(the.client, caseNo);
/** The figures of everything but reading, which is this test's own. */
const figures = async (): Promise<string[]> =>
  (await the.call(null, 'GET', '/metrics')).body
    .split('\n')
    .filter((line) => line.startsWith('gongshu_') && !line.includes('method="GET"'));
const own = (id: string) => the.call(it_.bidder(id), 'GET', it_.url(caseNo, 'bids/own'));
const hand = async (id: string, body: object, key?: string) => {
  const answer = await the.call(it_.bidder(id), 'POST', it_.url(caseNo, 'bids'), body, key);
  return { status: answer.statusCode, ...answer.json<{ code?: string; envelopeHash?: string }>() };
};
/** Addresses whose answers tell of the process itself: they change from one reading to the next. */
const ofTheProcess = /\/(metrics|health\S*|openapi\S*)$/;
const answersChanged = (before: Read, after: Read): string[] =>
  placesChanged(before, after).filter((place) => !ofTheProcess.test(place));

describe('before the opening', () => {
  const receipts: string[] = [];
  const answers: { status: number; code?: string | undefined }[] = [];
  let before: { endpoints: Read; tables: Read; figures: string[]; lines: number };
  let after: typeof before;
  const read = async () => ({
    endpoints: await endpoints(),
    ...{ tables: await tables(), figures: await figures(), lines: lines.length },
  });

  beforeAll(async () => {
    before = await read();
    const first = await hand(bidder, bidWith(words.first), 'sealed-first-0001');
    const last = await hand(bidder, bidWith(words.last));
    answers.push(first, last, await hand(third, bidWith(words.withdrawn)));
    answers.push(await it_.act(caseNo, 'bids/withdrawal', {}, it_.bidder(third)));
    const damaged = bidWith(words.wrong);
    for (const document of damaged.documents) document.hash = sha256('another file');
    answers.push(await hand(late, damaged), await hand(late, { ...bidWith(words.wrong), [words.wrong]: 1 }));
    receipts.push(...[first, last].map(({ envelopeHash = '' }) => envelopeHash.replace('sha256:', '')));
    const linesThen = lines.length;
    const then = { tables: await tables(), figures: await figures(), lines: linesThen };
    after = { endpoints: await endpoints(), ...then };
  }, 300_000);

  it('bids are taken, replaced, withdrawn; what does not match its hash or is no bid is refused', () => {
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 200, 422, 400]);
    expect(answers[4]).toMatchObject({ code: 'bidHashDiffers' });
  });

  it('walks over every route that is read, and most have something to tell', () => {
    expect(addresses.length).toBeGreaterThan(60);
    const answered = [...before.endpoints.values()].filter((text) => text.startsWith('200'));
    expect(answered.length).toBeGreaterThan(200);
    expect(before.endpoints.get(`bureau /v1/selections/${caseNo}`)).toMatch(/^200/);
    expect(before.endpoints.get(`panel /v1/selections/${caseNo}`)).toMatch(/^200/);
    expect([...before.endpoints].filter(([, text]) => text.startsWith('5'))).toEqual([]);
    expect(before.tables.size).toBeGreaterThan(60);
  });

  it('nothing holds a mark, in whatever form', async () => {
    const sought = [...marks, ...receipts];
    expect(placesWith(after.endpoints, sought)).toEqual([]);
    expect(placesWith(after.tables, sought)).toEqual([]);
    expect(placesWith(await tables([]), marks)).toEqual([]); // nor the box itself
    expect(placesWith(await temporal(), sought)).toEqual([]);
    expect(placesWith(new Map([['log', lines.join('')]]), sought)).toEqual([]);
    expect(placesWith(new Map([['figures', after.figures.join('\n')]]), sought)).toEqual([]);
  });

  it('nothing tells that, or how often, a body bid', () => {
    expect(placesChanged(before.tables, after.tables)).toEqual([]);
    expect(answersChanged(before.endpoints, after.endpoints)).toEqual([]);
    expect(after.figures).toEqual(before.figures);
    const told = lines
      .slice(before.lines, after.lines)
      .filter((line) => !line.includes('"route":"/metrics"'));
    expect(told).toEqual([]);
  });

  it('the bidder reads its own, whole; who withdrew or did not bid reads none', async () => {
    const { statusCode, body } = await own(bidder);
    expect(statusCode).toBe(200);
    for (const mark of [words.last, words.title, file.toString('base64'), certificate])
      expect(body).toContain(mark);
    expect(body).not.toContain(words.first);
    expect([(await own(another)).statusCode, (await own(third)).statusCode]).toEqual([404, 404]);
  });

  it('the same key answers the same, and replaces nothing; another bid under it is refused', async () => {
    const again = await hand(bidder, bidWith(words.first), 'sealed-first-0001');
    expect(again.status).toBe(201);
    expect(again.envelopeHash).toContain(receipts[0]);
    expect((await own(bidder)).body).toContain(words.last);
    expect(await hand(bidder, bidWith(words.last), 'sealed-first-0001')).toMatchObject({
      status: 422,
      code: 'idempotencyKeyReused',
    });
    expect(await hand(bidder, bidWith(words.last), 'short')).toMatchObject({ status: 400 });
  });

  it('a double click is one bid: both hear of the same envelope', async () => {
    const both = await Promise.all([1, 2].map(() => hand(third, inherited, 'sealed-double-0001')));
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set(both.map(({ envelopeHash }) => envelopeHash)).size).toBe(1);
  });

  it('a mark in an entry, an event, a history or a log would be found, and a row of one’s bidding too', async () => {
    await sql`
      update procedure_entry set data = data || ${JSON.stringify({ note: words.last })}::jsonb
      where case_no = ${caseNo} and kind = 'opened'`.execute(the.db);
    expect(placesWith(await tables(), marks)).toEqual(['registry.procedure_entry']);
    const story = await readEndpoints(the.call, addresses, { bureau: it_.bureau });
    expect(placesWith(story, marks)).toContain(`bureau /v1/selections/${caseNo}`);
    await sql`update procedure_entry set data = data - 'note' where case_no = ${caseNo}`.execute(the.db);
    await sql`
      update outbox set payload = payload || ${JSON.stringify({ note: certificate })}::jsonb
      where aggregateid = ${caseNo}`.execute(the.db);
    expect(placesWith(await tables(), marks)).toEqual(['registry.outbox']);
    await sql`update outbox set payload = payload - 'note' where aggregateid = ${caseNo}`.execute(the.db);
    const payload = Buffer.from(JSON.stringify({ note: words.last })).toString('base64');
    expect(placesWith(new Map([['history', `{"data":"${payload}"}`]]), marks)).toEqual(['history']);
    expect(placesChanged(await tables(), await tables([]))).toEqual([box]);
  });

  it('after the close and before the opening it is still so; the opening shows them to the bureau', async () => {
    expect((await hand(another, bidOf(city, '方案二'))).status).toBe(201);
    await the.goTo(it_.days.opening, caseNo);
    const closed = { tables: await tables(), figures: await figures() };
    expect(await hand(late, bidWith(words.late))).toMatchObject({ status: 409, code: 'bidLate' });
    const then = { tables: await tables(), figures: await figures(), endpoints: await endpoints() };
    expect(placesChanged(closed.tables, then.tables)).toEqual([]);
    expect(then.figures).toEqual(closed.figures);
    expect(placesWith(then.endpoints, [...marks, ...receipts])).toEqual([]);
    expect(placesWith(then.tables, [...marks, ...receipts])).toEqual([]);
    expect(placesWith(await temporal(), [...marks, ...receipts])).toEqual([]);
    await it_.must(caseNo, 'opening');
    await the.quiet(caseNo);
    const opened = await endpoints();
    expect(placesWith(opened, [words.last])).toEqual([
      `bureau /v1/selections/${caseNo}/bids/${bidder}`,
      `panel /v1/selections/${caseNo}/bids/${bidder}`,
    ]);
    expect(placesWith(await temporal(), [receipts[1] ?? ''])).not.toEqual([]);
    expect(placesWith(opened, [words.first, words.withdrawn, words.late])).toEqual([]);
    expect(await it_.act(caseNo, 'examination', it_.findings())).toMatchObject({ status: 200 });
  }, 300_000);
});
