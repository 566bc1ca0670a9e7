// S4: a complaint comes in without an account, is looked into with those concerned, answered, reviewed; who complained stands apart.
import { type Kysely, sql } from 'kysely';
import { toCloudEvent } from '@gongshu/infra/cloud-event';
import { jsonHash } from '@gongshu/infra/hash';
import { keepCase } from '@gongshu/service-disclosure/complaints/cases-subscriber';
import { takePublic } from '@gongshu/service-disclosure/public/subscriber';
import { verifyPaper } from '@gongshu/service-disclosure/public/queries/papers';
import type { DisclosureTables } from '@gongshu/service-disclosure/tables';
import { moveProcedures } from '@gongshu/infra/procedures/bodies-subscriber';
import { hand } from '@gongshu/service-disclosure/hand';
import { createLogger } from '@gongshu/infra/logger';
import { deliverTaken } from '../support/deliver-taken.ts';
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';
import { sweepUp } from '../support/told-everywhere.ts';
import { namePath } from '../support/turns-history.ts';

let the: Disclosure;
const who = disclosurePeople('wuhai');
const logged: string[] = [];
const logger = createLogger('disclosure', { destination: { write: (line) => void logged.push(line) } });
beforeAll(async () => {
  the = await startDisclosure(['wuhai', 'zhongwei'], { logger });
  await the.law.begin('2024-03-01T09:00:00');
});
afterAll(() => the.stop());

const name = '柳问渠';
const contact = '139-0000-7421';
const text = `运营机构拒绝为我提供查询，柳问渠 住 青山路 9 号，请调查处理。`;
const given = { jurisdiction: 'wuhai', about: 'refusal', text, identity: { name, contact } };
type Made = { number: string; code: string; receipt: string; hash: string; receivedAt: string };
let calls = 0;
const complain = async (more: object = {}, path?: string, by: Parameters<typeof the.call>[0] = null) => {
  calls += 1;
  const answer = await the.call(
    by,
    'POST',
    '/v1/complaints',
    { ...given, ...more },
    `complaint-key-${calls}`,
  );
  if (answer.statusCode !== 201) throw new Error(answer.body);
  const made = answer.json<Made>();
  if (path) namePath(made.number, path);
  await the.quiet(made.number);
  return made;
};
const at = (number: string, act: string) => `/v1/complaints/${number}/${act}`;
const status = async ({ number, code }: Pick<Made, 'number' | 'code'>) =>
  (await the.call(null, 'POST', '/v1/complaints/status', { number, code })).json();

it('the receipt is verified by its number and hash; a changed digit differs, another city knows nothing', async () => {
  const { receipt, hash, receivedAt, number } = await complain();
  const said = { receipt, jurisdiction: 'wuhai', act: 'openProcedure', caseNo: number, receivedAt };
  expect(hash).toBe(jsonHash(said));
  const { rows } = await sql<never>`select * from outbox order by seq`.execute(the.db);
  const db = the.db as unknown as Kysely<DisclosureTables>;
  const events = rows.map((row) => toCloudEvent(row));
  const issued = events.filter(({ type, subject }) => type.includes('Receipt.issued') && subject === receipt);
  expect(issued).toMatchObject([{ data: { receipt, hash, at: receivedAt } }]);
  expect(JSON.stringify(issued)).not.toContain(number);
  await db.transaction().execute(async (trx) => {
    for (const event of issued) await takePublic()(event, trx);
  });
  const verified = (of: string, city = 'wuhai') => verifyPaper(db, city, { number: receipt, hash: of });
  expect(await verified(hash)).toMatchObject({ result: 'genuine', kind: 'receipt' });
  const digit = hash.endsWith('0') ? '1' : '0';
  expect(await verified(`${hash.slice(0, -1)}${digit}`)).toEqual({ result: 'differs' });
  expect(await verified(jsonHash({ ...said, caseNo: `${number}9` }))).toEqual({ result: 'differs' });
  expect(await verified(hash, 'zhongwei')).toEqual({ result: 'unknown' });
});

/** A receipt as anybody may verify it: told once, by number and hash alone, and every other digit is refused. */
const mustBeVerified = async ({ receipt, hash }: { receipt: string; hash: string }) => {
  const { rows } = await sql<never>`select * from outbox`.execute(the.db);
  const events = rows.map((row) => toCloudEvent(row)).filter(({ subject }) => subject === receipt);
  expect(events).toMatchObject([{ data: { receipt, hash } }]);
  expect(Object.keys(events[0]?.data as object).toSorted()).toEqual(['at', 'hash', 'receipt']);
  const db = the.db as unknown as Kysely<DisclosureTables>;
  await db.transaction().execute(async (trx) => {
    for (const event of events) await takePublic()(event, trx);
  });
  expect(await verifyPaper(db, 'wuhai', { number: receipt, hash })).toMatchObject({ result: 'genuine' });
  const digit = hash.endsWith('0') ? '1' : '0';
  expect(await verifyPaper(db, 'wuhai', { number: receipt, hash: `${hash.slice(0, -1)}${digit}` })).toEqual({
    result: 'differs',
  });
};

it('receipts of later acts are verified too: of the bureau, and of who complained; the same request again tells once', async () => {
  const { number, code } = await complain();
  const accepted = await the.call(who.bureau, 'POST', at(number, 'acceptance'), {}, 'acceptance-once');
  expect(accepted.statusCode).toBe(200);
  await mustBeVerified(accepted.json());
  for (const again of [1, 2]) {
    const gone = await the.call(
      null,
      'POST',
      '/v1/complaints/withdrawals',
      { number, code },
      'withdrawn-once',
    );
    expect([again, gone.statusCode]).toEqual([again, 200]);
    await mustBeVerified(gone.json());
  }
});

it('the code is asked for in a body alone: an address that holds it answers nothing', async () => {
  const { number, code } = await complain();
  const address = `/v1/complaints/status?number=${number}&code=${code}`;
  const refused = await the.call(who.bureau, 'GET', address);
  expect([400, 404, 405]).toContain(refused.statusCode);
  expect(refused.body).not.toContain('submitted');
  for (const method of ['GET', 'POST'] as const)
    expect((await the.call(null, method, address, method === 'POST' ? {} : undefined)).statusCode).not.toBe(
      200,
    );
  expect(await status({ number, code })).toMatchObject({ stage: 'submitted' });
});

it('accepted, put to the operator, answered, told by number and code, closed when no review is asked for', async () => {
  const made = await complain({}, 'complaint-answered');
  const { number } = made;
  expect(await status(made)).toMatchObject({
    stage: 'submitted',
    limit: { key: 'acceptance', onSilence: 'deemedAccepted' },
  });
  expect(await the.post(who.bureau, at(number, 'acceptance'))).toMatchObject({ status: 200 });
  const statement = '运营机构拒绝提供查询，请说明依据。';
  const asked = await the.post(who.bureau, at(number, 'inquiries'), { body: 'operator', statement });
  expect(asked).toMatchObject({ status: 200 });
  expect(
    await the.post(who.bureau, at(number, 'inquiries'), { body: 'operator', ownWords: true }),
  ).toMatchObject({ status: 422, code: 'ownWordsNotAllowed' });
  const answer = { result: 'founded', measures: ['corrected'], words: '已责令运营机构改正。' };
  expect(await the.post(who.bureau, at(number, 'answer'), answer)).toMatchObject({
    ...{ status: 409, code: 'inquiryPending' },
  });
  // The body that was asked reads the statement, and nothing of who complained.
  const view = await the.call(who.operator, 'GET', `/v1/complaints/${number}`);
  expect(view.statusCode).toBe(200);
  expect(view.body).toContain(statement);
  for (const secret of [name, contact, '青山路']) expect(view.body).not.toContain(secret);
  const finding = { finding: 'confirmed', words: '经查属实。' };
  expect(await the.post(who.department, at(number, 'inquiry-answers'), finding)).toMatchObject({
    status: 404,
  });
  expect(await the.post(who.operator, at(number, 'inquiry-answers'), finding)).toMatchObject({ status: 200 });
  const noDepartment = 'noDepartmentConcerned';
  expect(await the.post(who.bureau, at(number, 'answer'), { ...answer, noDepartment })).toMatchObject({
    status: 200,
  });
  expect(await status(made)).toMatchObject({
    ...{ stage: 'answered', result: 'founded', acts: ['requestReview'] },
    told: [{ kind: 'answered', words: answer.words }],
  });
  await the.goTo('2024-05-20T09:00:00', number);
  expect(await the.story(number)).toEqual([
    ...['opened', 'accepted', 'bodyAsked', 'bodyAnswered', 'answered', 'closed'],
  ]);
  expect(await the.told(number, 'complaint.closed.v1')).toMatchObject([
    { result: 'founded', about: 'refusal' },
  ]);
});

it('silence accepts it; a body’s time and the answer’s pass: told as overdue, answered still', async () => {
  const made = await complain({ identity: null }, 'complaint-overdue');
  const { number } = made;
  await the.goTo('2024-05-29T09:00:00', number);
  expect(await the.story(number)).toEqual(['opened', 'deemedAccepted']);
  const asked = { body: 'dept-transport', statement: '请核实。' };
  expect(await the.post(who.bureau, at(number, 'inquiries'), asked)).toMatchObject({ status: 200 });
  const tasks = (await the.call(who.department, 'GET', '/v1/tasks')).json<{ items: { caseNo: string }[] }>();
  expect(tasks.items.map(({ caseNo }) => caseNo)).toContain(number);
  await the.goTo('2024-07-01T09:00:00', number);
  expect(await the.story(number)).toEqual([
    'opened',
    'deemedAccepted',
    'bodyAsked',
    'overdue',
    'inquiryOverdue',
  ]);
  const answer = { result: 'unfounded', measures: ['explained'], words: '查无实据。' };
  expect(await the.post(who.bureau, at(number, 'answer'), answer)).toMatchObject({ status: 200 });
  expect(await the.told(number, 'complaint.answered.v1')).toMatchObject([{ late: true, unheard: 1 }]);
});

it('not accepted; reviewed on request by whom the pack names, who finds otherwise', async () => {
  const made = await complain({}, 'complaint-reviewed');
  const { number, code } = made;
  const refusal = { ground: 'outsideRemit', words: '不属于授权运营事项。' };
  expect(await the.post(who.bureau, at(number, 'refusal'), refusal)).toMatchObject({ status: 200 });
  const again = { number, code, text: '属于授权运营事项，请复核，理由如下。' };
  const wrong = await the.post(null, '/v1/complaints/review-requests', {
    ...again,
    code: 'AAAA-BBBB-CCCC-DDDD',
  });
  expect(wrong).toMatchObject({ status: 404 });
  expect(await the.post(null, '/v1/complaints/review-requests', again)).toMatchObject({ status: 200 });
  const decision = { decision: 'changed', result: 'founded', words: '予以改变。' };
  expect(await the.post(who.bureau, at(number, 'review'), decision)).toMatchObject({
    ...{ status: 403, code: 'notTheDecider' },
  });
  expect(await the.post(who.government, at(number, 'review'), decision)).toMatchObject({ status: 200 });
  expect(await status(made)).toMatchObject({ stage: 'done', outcome: 'closed', result: 'founded', acts: [] });
});

it('what is lacking is asked back, supplied with a file, and withdrawn by its complainant', async () => {
  const made = await complain({}, 'complaint-withdrawn');
  const { number, code } = made;
  expect(await the.post(who.bureau, at(number, 'facts-requests'), { words: '请补充时间。' })).toMatchObject({
    status: 200,
  });
  expect(await status(made)).toMatchObject({ told: [{ kind: 'factsRequested', words: '请补充时间。' }] });
  const content = Buffer.from('%PDF-1.4 青山路').toString('base64');
  const facts = {
    number,
    code,
    text: '三月一日上午九时左右。',
    attachments: [{ mediaType: 'application/pdf', content }],
  };
  expect(await the.post(null, '/v1/complaints/facts', facts)).toMatchObject({ status: 200 });
  expect(await the.told(number, 'complaint.factsSupplied.v1')).toMatchObject([{ attachments: 1 }]);
  expect(await the.post(null, '/v1/complaints/withdrawals', { number, code })).toMatchObject({
    status: 200,
  });
  await the.quiet(number);
  expect((await the.row(number)).outcome).toBe('withdrawn');
});

it('a body that was asked reads its own documents alone: letter and findings of others may show who complained', async () => {
  const { number, code } = await complain();
  const letters = {
    bureau: await the.upload('wuhai', 'city-bureau', `致${name}的答复函`),
    department: await the.upload('wuhai', 'dept-transport', `关于${name}投诉的核查材料`),
    operator: await the.upload('wuhai', 'operator', '查询记录'),
  };
  const finding = (document: string) => ({
    finding: 'confirmed',
    words: '经查属实。',
    documents: [document],
  });
  await the.post(who.bureau, at(number, 'acceptance'));
  for (const body of ['operator', 'dept-transport'])
    await the.post(who.bureau, at(number, 'inquiries'), { body, statement: '请说明。' });
  for (const one of ['operator', 'department'] as const)
    expect(await the.post(who[one], at(number, 'inquiry-answers'), finding(letters[one]))).toMatchObject({
      status: 200,
    });
  const answer = {
    result: 'founded',
    measures: ['corrected'],
    words: '已责令改正。',
    documents: [letters.bureau],
  };
  const asked = (hash: string, by: string) =>
    the.call(null, 'POST', '/v1/complaints/letters', { number, code: by, hash });
  expect((await asked(letters.bureau, code)).statusCode).toBe(404);
  expect(await status({ number, code })).toMatchObject({ letters: [] });
  expect(await the.post(who.bureau, at(number, 'answer'), answer)).toMatchObject({ status: 200 });
  await the.quiet(number);
  // The letter of the answer is the complainant's, by number and code alone; what others filed is not.
  expect(await status({ number, code })).toMatchObject({
    letters: [{ hash: letters.bureau, mediaType: 'application/pdf' }],
  });
  const letter = await asked(letters.bureau, code);
  // Found; here only its row stands, its file is read in the portal's own test.
  expect([letter.statusCode, letter.json().code]).toEqual([410, 'documentMissing']);
  expect((await asked(letters.operator, code)).statusCode).toBe(404);
  const wrong = `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`;
  expect((await asked(letters.bureau, wrong)).statusCode).toBe(404);
  const listed = async (one: 'bureau' | 'operator' | 'department') => {
    const { body } = await the.call(who[one], 'GET', `/v1/complaints/${number}`);
    expect([one, body.includes(name)]).toEqual([one, one !== 'operator']);
    // Who answered is a person's account: known to who oversees, not to the bodies concerned.
    expect([one, body.includes('answeredBy')]).toEqual([one, one === 'bureau']);
    return (JSON.parse(body) as { documents: { hash: string }[] }).documents
      .map(({ hash }) => hash)
      .toSorted();
  };
  const readable = async (one: 'bureau' | 'operator' | 'department') => {
    const answers = await Promise.all(
      Object.values(letters).map(async (hash) => ({
        hash,
        status: (await the.call(who[one], 'GET', `/v1/documents/${encodeURIComponent(hash)}`)).statusCode,
      })),
    );
    return answers.flatMap(({ hash, status }) => (status === 200 ? [hash] : [])).toSorted();
  };
  const all = Object.values(letters).toSorted();
  expect([await listed('bureau'), await readable('bureau')]).toEqual([all, all]);
  for (const one of ['operator', 'department'] as const)
    expect([one, await listed(one), await readable(one)]).toEqual([one, [letters[one]], [letters[one]]]);
});

it('a department that was asked goes into another, which reads what was asked and answers', async () => {
  const { number } = await complain({ ownWords: true }, 'complaint-succeeded');
  await the.post(who.bureau, at(number, 'acceptance'));
  const asked = { body: 'dept-health', ownWords: true };
  expect(await the.post(who.bureau, at(number, 'inquiries'), asked)).toMatchObject({ status: 200 });
  await the.db
    .transaction()
    .execute((trx) => moveProcedures(trx, 'wuhai', { party: 'dept-health', successor: 'dept-transport' }));
  await deliverTaken(the, hand);
  await the.quiet(number);
  expect(await the.story(number)).toEqual(['opened', 'accepted', 'bodyAsked', 'bodyReplaced']);
  const view = await the.call(who.department, 'GET', `/v1/complaints/${number}`);
  expect(view.body).toContain('青山路'); // its own words: the complainant allowed it
  const finding = { finding: 'notConfirmed', words: '未见所述情形。' };
  expect(await the.post(who.department, at(number, 'inquiry-answers'), finding)).toMatchObject({
    status: 200,
  });
});

it('a merchant’s complaint is linked to its own case alone, which stays as it is', async () => {
  await the.db
    .insertInto('known_case' as never)
    .values({ case_no: '150300-SQ-2024-000001', jurisdiction: 'wuhai', applicant: 'merchant-1' } as never)
    .execute();
  const linkedCase = '150300-SQ-2024-000001';
  const rival = await the.call(
    who.rival,
    'POST',
    '/v1/complaints',
    { ...given, linkedCase },
    'complaint-rival-1',
  );
  expect([rival.statusCode, rival.json<{ code: string }>().code]).toEqual([422, 'linkedCaseUnknown']);
  const { number } = await complain({ linkedCase }, undefined, who.merchant);
  const view = await the.call(who.auditor, 'GET', `/v1/complaints/${number}`);
  expect(view.statusCode).toBe(200);
  expect(view.json()).toMatchObject({ facts: { from: 'merchant', linked: true } });
  const bureau = await the.call(who.bureau, 'GET', `/v1/complaints/${number}`);
  // The case says who complained: it is read on record, by whom the complaint is for.
  for (const one of [view, bureau])
    for (const secret of [linkedCase, 'merchant-1', contact]) expect(one.body).not.toContain(secret);
  expect(view.body).not.toContain(name);
  // An anonymous one about the same case: its case would say who complained, so it is read on record alone.
  const hidden = await complain({ linkedCase, identity: null }, undefined, who.merchant);
  for (const one of [who.bureau, who.auditor]) {
    const { body } = await the.call(one, 'GET', `/v1/complaints/${hidden.number}`);
    for (const secret of [linkedCase, 'merchant-1']) expect(body).not.toContain(secret);
  }
  const about = (by: Parameters<typeof the.call>[0]) =>
    the.call(by, 'GET', `/v1/complaints/about/${linkedCase}`);
  const before = await the.told(number, 'complaint.identityRead.v1');
  expect((await about(who.bureau)).json<{ items: object[] }>().items).toMatchObject([{ caseNo: number }]);
  expect([before, await the.told(number, 'complaint.identityRead.v1')]).toMatchObject([
    [],
    [{ purpose: 'verify' }],
  ]);
  for (const one of [who.auditor, who.merchant, who.rival, who.operator, who.department])
    expect([403, 404]).toContain((await about(one)).statusCode);
  expect((await about(disclosurePeople('zhongwei').bureau)).statusCode).toBe(404);
  const read = `/v1/complaints/${number}/complainant`;
  expect((await the.call(who.auditor, 'GET', read)).statusCode).toBe(403);
  expect((await the.call(who.operator, 'GET', read)).statusCode).toBe(403);
  const identity = (await the.call(who.bureau, 'GET', `${read}?purpose=verify`)).json();
  expect(identity).toMatchObject({ name, contact, organisation: 'merchant-1', linkedCase });
  expect(await the.told(number, 'complaint.identityRead.v1')).toHaveLength(2);
});

it.each([
  ['application.submitted', '150300-SQ-2025-000001', { applicant: 'merchant-1' }],
  ['onboarding.submitted', '150300-JZ-2025-000001', { applicant: 'merchant-1' }],
  ['productEgress.submitted', '150300-CY-2025-000001', { owner: 'merchant-1', product: 'product-1' }],
  ['demandResponse.opened', '150300-XQ-2025-000001', { asker: 'merchant-1', need: 'data' }],
  ['qualityFeedback.opened', '150300-FK-2025-000001', { givenBy: 'merchant-1', department: 'dept-health' }],
])(
  '[S4 wuhai] a case of its own is known by %s alone, told twice, to its body and no other',
  async (name, linkedCase, data) => {
    // From an address of its own: an address is heard thirty times an hour.
    const linked = async (by: Parameters<typeof the.signedIn>[0], key: string) =>
      the.app.inject({
        ...{ method: 'POST', url: '/v1/complaints', payload: { ...given, linkedCase } },
        headers: {
          ...(await the.signedIn(by)),
          ...{ 'idempotency-key': `complaint-${name}-${key}`, 'x-forwarded-for': '203.0.113.8' },
        },
      });
    // Sabotage: without its opening event nobody has such a case.
    expect((await linked(who.merchant, 'unknown')).json()).toMatchObject({ code: 'linkedCaseUnknown' });
    for (const _twice of [1, 2])
      await the.db.transaction().execute((trx) =>
        keepCase(trx as never, {
          ...{ type: `cn.gongshu.${name}.v1`, jurisdiction: 'wuhai', data: { caseNo: linkedCase, ...data } },
        }),
      );
    expect((await linked(who.rival, 'rival')).json()).toMatchObject({ code: 'linkedCaseUnknown' });
    expect((await linked(who.merchant, 'own')).statusCode).toBe(201);
  },
);

it('a merchant reads its own complaints, as by number and code; those of others do not exist for it', async () => {
  const { number } = await complain({}, undefined, who.merchant);
  const statement = '请说明未按时供数的缘由。';
  await the.post(who.bureau, at(number, 'acceptance'));
  await the.post(who.bureau, at(number, 'inquiries'), { body: 'operator', statement });
  await the.post(who.operator, at(number, 'inquiry-answers'), { finding: 'confirmed', words: '内部答复。' });
  const answer = {
    ...{ result: 'founded', measures: ['corrected'], words: '已责令限期改正。' },
    noDepartment: 'noDepartmentConcerned',
  };
  expect(await the.post(who.bureau, at(number, 'answer'), answer)).toMatchObject({ status: 200 });
  const list = async (by: Parameters<typeof the.call>[0]) =>
    (await the.call(by, 'GET', '/v1/complaints?limit=200')).json<{ items: { caseNo: string }[] }>().items;
  const own = (await list(who.merchant)).map(({ caseNo }) => caseNo);
  expect(own).toContain(number);
  const { rows } = await sql<{ own: string }>`
    select case_no as own
    from complainant
    where organisation = 'merchant-1'
    order by case_no desc`.execute(the.db);
  expect(own).toEqual(rows.map((row) => row.own));
  expect(await list(who.rival)).toEqual([]);
  expect((await the.call(who.rival, 'GET', `/v1/complaints/${number}`)).statusCode).toBe(404);
  const view = await the.call(who.merchant, 'GET', `/v1/complaints/${number}`);
  expect(view.json()).toMatchObject({
    state: { stage: 'answered', result: 'founded' },
    waitsFor: [{ act: 'requestReview' }],
  });
  expect(view.body).toContain(answer.words);
  for (const others of [statement, '内部答复', 'operator', contact]) expect(view.body).not.toContain(others);
  const asked = await the.call(who.operator, 'GET', `/v1/complaints/${number}`);
  expect(asked.body).toContain(statement);
});

it('the same key is the same complaint, another under it is refused; the city’s pack says what is allowed', async () => {
  const post = (body: object, key: string) => the.call(null, 'POST', '/v1/complaints', body, key);
  const [once, twice] = [await post(given, 'complaint-same-1'), await post(given, 'complaint-same-1')];
  expect(twice.json()).toEqual(once.json());
  const reused = await post({ ...given, about: 'fees' }, 'complaint-same-1');
  expect([reused.statusCode, reused.json<{ code: string }>().code]).toEqual([422, 'idempotencyKeyReused']);
  expect((await post({ ...given, jurisdiction: 'nowhere' }, 'complaint-same-2')).statusCode).toBe(404);
  const script = { mediaType: 'image/png', content: Buffer.from('<script>').toString('base64') };
  expect((await post({ ...given, attachments: [script] }, 'complaint-same-3')).statusCode).toBe(422);
});

const everywhere = async (): Promise<string> => [await sweepUp(the), ...logged].join(' ');
const secrets = [name, contact, '青山路', '柳问渠'];

it('nothing of who complained stands in events, audit, cases, notices, histories or logs', async () => {
  const told = await everywhere();
  for (const one of ['complaint.opened', 'acceptComplaint', '/v1/complaints/:caseNo/acceptance'])
    expect(told).toContain(one); // events, histories and logs were looked through
  for (const secret of [...secrets, 'merchant-1', '150300-SQ-2024-000001'])
    expect(told).not.toContain(secret);
});

it('a name that did stand there is found (sabotage)', async () => {
  await sql`update procedure set state = state || ${JSON.stringify({ by: name })}::jsonb
    where case_no = (select min(case_no) from procedure)`.execute(the.db);
  expect(await everywhere()).toContain(name);
});

it('a flood from one address is stopped and told when to come again; another address is heard', async () => {
  const flood = async () =>
    (await the.call(null, 'POST', '/v1/complaints', {}, 'complaint-flood')).statusCode;
  const answers: number[] = [];
  while (answers.at(-1) !== 429 && answers.length < 40) answers.push(await flood());
  expect(answers.at(-1)).toBe(429);
  const other = await the.app.inject({
    ...{ method: 'POST', url: '/v1/complaints', payload: { ...given, identity: null } },
    headers: { 'idempotency-key': 'complaint-elsewhere', 'x-forwarded-for': '203.0.113.9' },
  });
  expect(other.statusCode).toBe(201);
});
