import { createHash } from 'node:crypto';
import {
  type AgreementBody,
  asked,
  auditor,
  codeOf,
  type GrantCity,
  hash,
  items,
  merchant,
  otherMerchant,
  startGrants,
  zhongwei,
} from './grants-support.ts';
import { bodiesOf } from './resources-support.ts';

let city: GrantCity;
beforeAll(async () => {
  city = await startGrants();
});
afterAll(() => city.stop());

const masked = {
  code: 'fieldsMasked',
  text: '隐去车牌',
  fields: ['车牌号码'],
};

describe('Zhongwei art. 19: the standard agreement is rendered', () => {
  it('with its ten items, scenario, data scope and term from the application', async () => {
    const caseNo = await city.approved();
    const one = await city.rendered(caseNo);
    expect(one).toMatchObject({
      state: 'offered',
      version: 1,
      term: asked.term,
      signatures: [],
      grantNo: null,
    });
    expect(one.items.map(({ item }) => item)).toEqual([
      ...['rightsAndDuties', 'scenario', 'dataScope', 'term', 'conditions', 'dataSecurity'],
      ...['serviceFees', 'tradingConditions', 'termination', 'liability'],
    ]);
    expect(one.items.find(({ item }) => item === 'scenario')?.words).toBe(asked.scenario);
    expect(await city.told(caseNo)).toEqual(['agreement.rendered']);
  });

  it.each(['approvedWithDeemedReviews', 'deemedApproved'])('after %s too', async (outcome) => {
    const answer = await city.render(await city.approved({ outcome }));
    expect(answer.statusCode).toBe(201);
  });

  it.each([null, 'refused', 'withdrawn'])('not while the outcome is %s', async (outcome) => {
    const answer = await city.render(await city.approved({ outcome }));
    expect(codeOf(answer)).toEqual([409, 'notApproved']);
    expect(answer.json()).toMatchObject({ article: { article: '十九' } });
  });

  it('every item left out is listed, with the article', async () => {
    const { liability: _, serviceFees: __, ...rest } = items;
    const answer = await city.render(await city.approved(), { items: rest });
    expect(codeOf(answer)).toEqual([422, 'agreementItemMissing']);
    expect(answer.json()).toMatchObject({
      article: { article: '十九' },
      errors: [{ pointer: '/body/items/serviceFees' }, { pointer: '/body/items/liability' }],
    });
  });

  it('the text is served as bytes whose SHA-256 is the hash', async () => {
    const one = await city.rendered(await city.approved());
    const answer = await city.call(merchant, 'GET', `/v1/agreements/${one.agreementNo}/content`);
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(`sha256:${createHash('sha256').update(answer.rawPayload).digest('hex')}`).toBe(one.hash);
    expect(answer.body).toContain('违约责任');
  });

  it.each([
    ['begins before what was approved', { from: '2024-02-29', until: '2025-02-28' }],
    ['ends after it', { from: '2024-03-01', until: '2026-03-01' }],
    ['has ended already', { from: '2024-02-01', until: '2024-02-20' }],
  ])('a term that %s is refused', async (_name, term) => {
    expect(codeOf(await city.render(await city.approved(), { term }))).toEqual([422, 'agreementTermOutside']);
  });

  it('the strictest condition shortens the term', async () => {
    const conditions = {
      'dept-transport': [{ code: 'shorterTerm', text: '一年', until: '2025-02-28' }],
      'dept-health': [{ code: 'shorterTerm', text: '半年', until: '2024-08-31' }],
    };
    const caseNo = await city.approved({ conditions });
    expect((await city.rendered(caseNo)).term).toEqual({ from: '2024-03-01', until: '2024-08-31' });
    const longer = await city.render(caseNo, { term: { from: '2024-03-01', until: '2024-09-01' } });
    expect(codeOf(longer)).toEqual([422, 'agreementTermOutside']);
  });
});

describe('what conditions mask is in no agreement', () => {
  it('left out by itself, and refused where it is asked for', async () => {
    const caseNo = await city.approved({ conditions: { 'dept-transport': [masked] } });
    const one = await city.rendered(caseNo);
    expect(one.resources.find(({ resource }) => resource === city.parking)).toMatchObject({
      fields: ['停车场名称', '剩余车位'],
      masked: ['车牌号码'],
    });
    const answer = await city.render(caseNo, { fields: { [city.parking]: ['车牌号码'] } });
    expect(codeOf(answer)).toEqual([422, 'agreementFieldMasked']);
  });

  it.each([
    ['an unknown field', () => ({ [city.parking]: ['没有这一项'] })],
    ['an entry of another case', () => ({ 'ZY-other': ['名称'] })],
  ])('%s is refused with its place', async (_name, fields) => {
    const answer = await city.render(await city.approved(), { fields: fields() });
    expect(codeOf(answer)).toEqual([422, 'agreementFieldUnknown']);
    expect(answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toMatch(/^\/body\/fields\//);
  });

  it('an agreement on no field at all is none', async () => {
    const fields = { [city.parking]: [], [city.clinics]: [] };
    expect(codeOf(await city.render(await city.approved(), { fields }))).toEqual([
      422,
      'agreementScopeEmpty',
    ]);
  });
});

describe('it is signed by both over its hash', () => {
  it('each once; with the second signature there is a grant', async () => {
    const one = await city.rendered(await city.approved());
    const first = await city.sign(merchant, one);
    expect(first.json()).toMatchObject({ state: 'offered', grantNo: null });
    expect(codeOf(await city.sign(merchant, one))).toEqual([409, 'agreementSignedAlready']);
    const second = await city.sign(zhongwei.operator, one);
    expect(second.json()).toMatchObject({
      state: 'signed',
      grantNo: expect.stringMatching(/^640500-SY-2024-\d{6}$/),
      signatures: [{ party: 'merchant' }, { party: 'operator' }],
    });
  });

  it('two signatures at one instant make one grant', async () => {
    const one = await city.rendered(await city.approved());
    const answers = await Promise.all([city.sign(merchant, one), city.sign(zhongwei.operator, one)]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    const grants = await city.db
      .selectFrom('use_grant')
      .select('grant_no')
      .where('agreement_no', '=', one.agreementNo)
      .execute();
    expect(grants).toHaveLength(1);
  });

  it('another hash is refused', async () => {
    const one = await city.rendered(await city.approved());
    expect(codeOf(await city.sign(merchant, { ...one, hash }))).toEqual([409, 'agreementHashDiffers']);
  });

  it.each([
    ['the text', { document: '公共数据开发利用协议：什么都可以用' }],
    ['the terms', { terms: JSON.stringify({ purpose: 'anything', resources: [] }) as never }],
    ['the words of an item', { items: JSON.stringify({ ...items, serviceFees: '免费' }) as never }],
  ])('an agreement of which %s was changed keeps its hash and cannot be signed', async (_name, change) => {
    const one = await city.rendered(await city.approved());
    await city.sign(merchant, one);
    await city.db.updateTable('agreement').set(change).where('agreement_no', '=', one.agreementNo).execute();
    expect(codeOf(await city.sign(zhongwei.operator, one))).toEqual([409, 'agreementAltered']);
    expect(await grantsOf(one)).toEqual([]);
    const content = await city.call(merchant, 'GET', `/v1/agreements/${one.agreementNo}/content`);
    expect(codeOf(content)).toEqual([409, 'agreementAltered']);
  });

  it('a newer text replaces it: signatures of the old do not count', async () => {
    const caseNo = await city.approved();
    const old = await city.rendered(caseNo);
    await city.sign(merchant, old);
    const one = await city.rendered(caseNo, { purpose: 'anotherPurpose' });
    expect(one).toMatchObject({ version: 2, signatures: [] });
    expect(codeOf(await city.sign(zhongwei.operator, old))).toEqual([409, 'agreementReplaced']);
    expect((await city.sign(zhongwei.operator, one)).json()).toMatchObject({ grantNo: null });
    const all = await city.call(merchant, 'GET', `/v1/applications/${caseNo}/agreements`);
    expect(all.json<{ items: AgreementBody[] }>().items.map(({ state }) => state)).toEqual([
      'offered',
      'replaced',
    ]);
  });

  it('once signed by both no other is rendered: one agreement a use', async () => {
    const caseNo = await city.approved();
    await city.signedBy(await city.rendered(caseNo));
    expect(codeOf(await city.render(caseNo))).toEqual([409, 'agreementSigned']);
    const next = await city.rendered(await city.approved());
    expect(next.signatures).toEqual([]);
  });

  it('a second signature and a new rendering at one instant: one of them stands, without a fault', async () => {
    for (let round = 0; round < 12; round += 1) {
      const caseNo = await city.approved();
      const one = await city.rendered(caseNo);
      await city.sign(merchant, one);
      const both = await Promise.all([city.sign(zhongwei.operator, one), city.render(caseNo)]);
      const answers = both.map(codeOf);
      expect([
        [
          [201, undefined],
          [409, 'agreementSigned'],
        ],
        [
          [409, 'agreementReplaced'],
          [201, undefined],
        ],
      ]).toContainEqual(answers);
      const rows = await city.db
        .selectFrom('agreement')
        .select('state')
        .where('case_no', '=', caseNo)
        .execute();
      expect(rows.filter(({ state }) => state !== 'replaced')).toHaveLength(1);
    }
  });

  it('a merchant that was suspended meanwhile signs nothing', async () => {
    const one = await city.rendered(await city.approved({ applicant: 'merchant-2' }));
    const stands = (standing: 'enrolled' | 'suspended') =>
      city.db.updateTable('merchant').set({ standing }).where('organisation', '=', 'merchant-2').execute();
    await stands('suspended');
    const refused = await city.sign(otherMerchant, one);
    expect(codeOf(refused)).toEqual([409, 'merchantSuspended']);
    expect(refused.json()).toMatchObject({ article: { article: '十八' } });
    await stands('enrolled');
    expect((await city.sign(otherMerchant, one)).statusCode).toBe(201);
  });
});

describe('who may', () => {
  it('renders is the operator; signs are its two parties; reads who handles the case', async () => {
    const caseNo = await city.approved();
    expect((await city.render(caseNo, {}, merchant)).statusCode).toBe(403);
    const one = await city.rendered(caseNo);
    const at = `/v1/agreements/${one.agreementNo}`;
    expect((await city.sign(zhongwei.bureau, one)).statusCode).toBe(403);
    expect((await city.sign(otherMerchant, one)).statusCode).toBe(404);
    // A reviewing body that holds the operator's role elsewhere is not this operator.
    const posing = { roles: ['operator'], organisation: 'dept-health', jurisdiction: 'zhongwei' } as const;
    expect((await city.sign(posing, one)).statusCode).toBe(403);
    expect(await grantsOf(one)).toEqual([]);
    for (const who of [merchant, zhongwei.operator, zhongwei.other, zhongwei.bureau, auditor])
      expect((await city.call(who, 'GET', at)).statusCode).toBe(200);
    for (const who of [otherMerchant, bodiesOf('wuhai').bureau])
      expect((await city.call(who, 'GET', at)).statusCode).toBe(404);
    expect((await city.call(null, 'GET', at)).statusCode).toBe(401);
  });

  it.each([
    ['an unknown item', { items: { ...items, gift: '礼物' } }],
    ['a purpose with spaces', { purpose: 'parking guidance' }],
    ['a date that is none', { term: { from: '2024-02-30', until: '2024-12-31' } }],
    ['a NUL character', { items: { ...items, liability: 'a\u0000b' } }],
    ['fields that are no list', { fields: { x: 'y' } }],
    ['a name of the language itself', { fields: JSON.parse('{"__proto__": ["a"]}') as object }],
  ])('%s is a clear 4xx', async (_name, change) => {
    const answer = await city.render(await city.approved(), change);
    expect([400, 422]).toContain(answer.statusCode);
  });
});

const grantsOf = ({ agreementNo }: AgreementBody) =>
  city.db.selectFrom('use_grant').select('grant_no').where('agreement_no', '=', agreementNo).execute();
