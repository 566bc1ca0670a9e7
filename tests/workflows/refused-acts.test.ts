// What is refused changes nothing (S4, X1, C7), and who complained, reviews or is judged reads what is his alone.
import { sql } from 'kysely';
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';

let the: Disclosure;
const who = disclosurePeople('wuhai');
beforeAll(async () => {
  the = await startDisclosure(['wuhai', 'zhongwei']);
  await the.law.begin('2024-03-01T09:00:00');
});
afterAll(() => the.stop());

const text = '运营机构拒绝为我提供查询，请调查处理。';
const identity = { name: '柳问渠', contact: '139-0000-7421' };
const pdf = (words: string) => ({
  mediaType: 'application/pdf',
  content: Buffer.from(`%PDF-1.4 ${words}`).toString('base64'),
});
type By = Parameters<typeof the.call>[0];
type Made = { number: string; code: string };
let calls = 0;
const complain = async (more: object = {}, by: By = null): Promise<Made> => {
  calls += 1;
  const given = { jurisdiction: 'wuhai', about: 'misuse', text, identity, ...more };
  const answer = await the.call(by, 'POST', '/v1/complaints', given, `refused-acts-${calls}`);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  const { number, code } = answer.json<Made>();
  await the.quiet(number);
  return { number, code };
};
const of = (number: string, act = '') => `/v1/complaints/${number}${act && `/${act}`}`;
const seen = async (by: By, path: string) => (await the.call(by, 'GET', path)).statusCode;
const filesOf = async (by: By, number: string): Promise<unknown[]> => {
  const answer = await the.call(by, 'GET', of(number, 'complainant'));
  return answer.statusCode === 200
    ? answer.json<{ attachments: unknown[] }>().attachments
    : [answer.statusCode];
};

describe('a refused act', () => {
  it('keeps no file that came with it; two of which one is refused keep one', async () => {
    const own = await complain();
    const facts = (n: number) => ({
      ...own,
      text: `现补充三月一日上午的情况，第 ${n} 份。`,
      attachments: [pdf(String(n))],
    });
    expect(await the.post(null, '/v1/complaints/facts', facts(1))).toMatchObject({ code: 'stepNotReached' });
    expect(await filesOf(who.bureau, own.number)).toEqual([]);
    await the.post(who.bureau, of(own.number, 'facts-requests'), { words: '请补充。' });
    const both = await Promise.all([2, 3].map((n) => the.post(null, '/v1/complaints/facts', facts(n))));
    expect(both.map(({ status }) => status).toSorted((a, b) => Number(a) - Number(b))).toEqual([200, 409]);
    await the.quiet(own.number);
    expect(await filesOf(who.bureau, own.number)).toHaveLength(1);
  });

  it('is told again by its key whole; another text under the key is refused, and no place stays unfilled', async () => {
    const own = await complain();
    const send = (words: string) =>
      the.call(
        null,
        'POST',
        '/v1/complaints/facts',
        { ...own, text: `现补充三月一日上午的情况，${words}。` },
        'refused-acts-same',
      );
    const [first, again, other] = [await send('一'), await send('一'), await send('二')];
    const codes = [first, again, other].map((one) => one.json<{ code: string }>().code);
    expect(codes).toEqual(['stepNotReached', 'stepNotReached', 'idempotencyKeyReused']);
    for (const { body } of [first, again, other]) expect(body).not.toMatch(/[{]\w+[}]/);
  });

  it('struck out while parked it is told on its case and to whose act it was, and nobody takes part by it', async () => {
    const { number } = await complain();
    await the.post(who.bureau, of(number, 'acceptance'));
    const asked = { body: 'dept-health', statement: '请说明。' };
    expect(await the.post(who.bureau, of(number, 'inquiries'), asked)).toMatchObject({ status: 200 });
    await the.quiet(number);
    const { receipt } = await the.db
      .updateTable('intake')
      .set({ state: 'parked' })
      .where('case_no', '=', number)
      .where('act', '=', 'askBody')
      .returning('receipt')
      .executeTakeFirstOrThrow();
    const strike = () => the.call(who.bureau, 'POST', `/v1/intake/${receipt}/strike`, { reason: '收件重复' });
    const struck = await strike();
    expect([struck.statusCode, struck.json()]).toMatchObject([200, { state: 'struckOut' }]);
    expect(await the.told(number, 'complaint.actStruckOut.v1')).toMatchObject([{ receipt, act: 'askBody' }]);
    expect(await seen(who.otherDepartment, of(number))).toBe(404);
    expect((await strike()).json()).toMatchObject({ code: 'intakeSettled' });
  });

  it('lets nobody take part: a body that was to be asked knows of no complaint', async () => {
    const { number } = await complain();
    const asked = { body: 'dept-health', statement: '请说明。' };
    expect(await the.post(who.bureau, of(number, 'inquiries'), asked)).toMatchObject({
      code: 'stepNotReached',
    });
    expect(await seen(who.otherDepartment, of(number))).toBe(404);
    await the.post(who.bureau, of(number, 'acceptance'));
    expect(await the.post(who.bureau, of(number, 'inquiries'), asked)).toMatchObject({ status: 200 });
    expect(await seen(who.otherDepartment, of(number))).toBe(200);
    // Refused after it was asked: it takes part by the first act still.
    expect(await the.post(who.bureau, of(number, 'inquiries'), asked)).toMatchObject({ status: 409 });
    expect(await seen(who.otherDepartment, of(number))).toBe(200);
  });

  it('files no document with the case, and takes none away that stands by another', async () => {
    const { number } = await complain();
    const hash = await the.upload('wuhai', 'city-bureau', '答复函');
    const answer = {
      ...{ result: 'founded', measures: ['corrected'], words: '已改正。', documents: [hash] },
      noDepartment: 'noDepartmentConcerned',
    };
    const filed = async () =>
      (await the.call(who.bureau, 'GET', of(number))).json<{ documents: object[] }>().documents;
    expect(await the.post(who.bureau, of(number, 'answer'), answer)).toMatchObject({ status: 409 });
    expect(await filed()).toEqual([]);
    await the.post(who.bureau, of(number, 'acceptance'));
    for (const status of [200, 409]) {
      expect(await the.post(who.bureau, of(number, 'answer'), answer)).toMatchObject({ status });
      expect(await filed()).toMatchObject([{ hash, role: 'complaintAnswer' }]);
    }
  });
});

describe('who reviews', () => {
  it('is told, and reads what both sides brought once a review is asked for; the bureau is offered nothing', async () => {
    const own = await complain({ attachments: [pdf('证据')] });
    const { number } = own;
    const letter = await the.upload('wuhai', 'city-bureau', '不予受理说明');
    await the.post(who.bureau, of(number, 'acceptance'));
    await the.post(who.bureau, of(number, 'answer'), {
      ...{ result: 'unfounded', measures: ['explained'], words: '查无实据。', documents: [letter] },
      noDepartment: 'noDepartmentConcerned',
    });
    const document = `/v1/documents/${encodeURIComponent(letter)}`;
    expect([await seen(who.government, document), await filesOf(who.government, number)]).toEqual([
      404,
      [404],
    ]);
    const asked = await the.post(null, '/v1/complaints/review-requests', {
      ...own,
      text: '属于授权运营事项，请复核，理由如下。',
    });
    expect(asked).toMatchObject({ status: 200 });
    await the.quiet(number);
    expect(await seen(who.government, document)).toBe(200);
    expect(await filesOf(who.government, number)).toHaveLength(1);
    expect(await the.told(number, 'complaint.identityRead.v1')).toHaveLength(1);
    for (const [by, offered] of [
      [who.government, true],
      [who.bureau, false],
    ] as const) {
      const { items } = (await the.call(by, 'GET', '/v1/tasks')).json<{ items: { caseNo: string }[] }>();
      expect([by.roles, items.some(({ caseNo }) => caseNo === number)]).toEqual([by.roles, offered]);
    }
    const { rows } = await sql<{ addressee: string }>`
      select addressee from platform.notice where kind = 'complaintReviewRequested'`.execute(the.db);
    expect([...new Set(rows.map(({ addressee }) => addressee))]).toEqual(['city-government']);
    expect(await seen(who.supervision, of(number, 'complainant'))).not.toBe(200);
  });
});

describe('who is judged, or follows by events', () => {
  const city = disclosurePeople('zhongwei');
  it('a merchant reads the evidence against it, and no decision that was refused', async () => {
    const evidence = await the.upload('zhongwei', 'city-bureau', '检查记录');
    const draft = await the.upload('zhongwei', 'city-bureau', '决定草稿');
    const opening = { target: 'merchant-1', facts: '检查发现', documents: [evidence] };
    const open = (grounds: object[]) =>
      the.call(city.bureau, 'POST', '/v1/sanctions', { ...opening, grounds });
    const strange = await open([{ code: 'weakSecurity', caseNo: '999999-XX-1999-000001' }]);
    expect(strange.json()).toMatchObject({ status: 422, code: 'sanctionCaseUnknown' });
    const { caseNo } = (await open([{ code: 'weakSecurity' }])).json<{ caseNo: string }>();
    await the.quiet(caseNo);
    const decision = {
      measures: [{ measure: 'formalTalk' }],
      document: draft,
      reasons: [{ code: 'weakSecurity', text: '属实' }],
    };
    expect(await the.post(city.bureau, `/v1/sanctions/${caseNo}/decision`, decision)).toMatchObject({
      code: 'stepNotReached',
    });
    const read = (hash: string, by: By) => seen(by, `/v1/documents/${encodeURIComponent(hash)}`);
    expect([await read(evidence, city.merchant), await read(draft, city.merchant)]).toEqual([200, 404]);
    expect([await read(evidence, city.rival), await read(evidence, who.merchant)]).toEqual([404, 404]);
    const silent = await the.call(city.merchant, 'POST', `/v1/sanctions/${caseNo}/reply`, {});
    expect(silent.statusCode).toBe(400);
  });

  it('the operator follows complaints that it was asked about, and no others; the bureau all', async () => {
    const [first, second] = [await complain(), await complain()];
    await the.post(who.bureau, of(first.number, 'acceptance'));
    await the.post(who.bureau, of(first.number, 'inquiries'), { body: 'operator', statement: '请说明。' });
    const followed = async (by: By, { number }: Made) =>
      (await the.call(by, 'GET', `/v1/events?subject=${number}`)).json<{ items: object[] }>().items.length >
      0;
    expect([await followed(who.operator, first), await followed(who.operator, second)]).toEqual([
      true,
      false,
    ]);
    expect([await followed(who.bureau, first), await followed(who.bureau, second)]).toEqual([true, true]);
    const other = { ...who.operator, organisation: 'other-operator' } as const;
    expect(await followed(other, first)).toBe(false);
  });

  it('who must act at once in an incident reads what happened', async () => {
    const declared = {
      ...{ severity: 'general', class: 'leak', what: '疑似泄露，请核查' },
      knownAt: '2024-03-01T08:30:00+08:00',
      scope: { all: true, resources: [], products: [], bodies: [] },
    };
    const answer = await the.call(city.department, 'POST', '/v1/incidents', declared);
    expect(answer.statusCode).toBe(201);
    const { caseNo } = answer.json<{ caseNo: string }>();
    await the.quiet(caseNo);
    expect((await the.call(city.operator, 'GET', `/v1/incidents/${caseNo}`)).body).toContain(
      '疑似泄露，请核查',
    );
  });
});

describe('whose a complaint is', () => {
  it('is the merchant’s of the city; of an employee’s, and of another city’s of the same name, nobody learns', async () => {
    const strange = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: 'zhongwei' } as const;
    const employees = [await complain({}, who.operator), await complain({}, who.department)];
    const abroad = await complain({}, strange);
    for (const { number } of [...employees, abroad])
      for (const by of [who.operator, who.department, who.merchant, who.rival])
        expect([number, by.organisation, await seen(by, of(number))]).toEqual([number, by.organisation, 404]);
    const { number } = await complain({}, who.merchant);
    expect(await seen(who.merchant, of(number))).toBe(200);
    const { rows } = await sql<{ organisation: string }>`
      select organisation from complainant where organisation is not null`.execute(the.db);
    expect(rows).toEqual([{ organisation: 'merchant-1' }]);
  });

  it('two clicks on one form are one complaint, and both are told number and code', async () => {
    const given = { jurisdiction: 'wuhai', about: 'fees', text, identity: null };
    const both = await Promise.all(
      [1, 2, 3].map(() => the.call(null, 'POST', '/v1/complaints', given, 'refused-acts-clicks')),
    );
    expect(both.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201]);
    expect(new Set(both.map(({ body }) => JSON.parse(body).code)).size).toBe(1);
  });
});
