import { z } from 'zod';
import { type EventType, eventTypeNames, eventTypes } from '../events.ts';
import { procedureKinds } from '../procedure/kinds.ts';
import { codeTables } from '../code-tables.ts';
import { codeWords, tablesOfPlace } from './code-words.ts';
import { sentences } from './sentences.ts';
import { noticeTable, openingKinds, outcomeKinds } from './table.ts';
import { noticeText } from './text.ts';

const lines = Object.entries(noticeTable).flatMap(([eventType, all]) =>
  (all ?? []).map((line) => ({ eventType, ...line })),
);
const words = (change: object) =>
  noticeText({
    ...{ kind: 'reviewOpened', eventType: 'application.reviewStarted.v1', caseNo: '640500-SQ-2024-000001' },
    ...{ instrument: '某办法', article: '第二十一条', data: { deadline: '2024-03-16T00:00:00+08:00' } },
    ...change,
  });

describe('every notice has words in both languages', () => {
  it.each(lines.map(({ kind, eventType }) => [kind, eventType] as const))('%s of %s', (kind, eventType) => {
    const { title, text } = words({ kind, eventType });
    for (const one of [title, text]) {
      expect(one.zh).toMatch(/\p{Script=Han}/u);
      expect(one.en).toMatch(/^[\x20-\x7e—’《》\p{Script=Han}]+$/u);
      expect(`${one.zh}${one.en}`).not.toMatch(/[{}[\]]|undefined/);
    }
  });

  it('and no words stand for a kind that nobody sends', () => {
    expect(Object.keys(sentences).sort()).toEqual([...new Set(lines.map(({ kind }) => kind))].sort());
    for (const kind of [...openingKinds, ...outcomeKinds])
      expect(lines.map((one) => one.kind)).toContain(kind);
  });

  it('a kind without words is a programmer’s fault', () => {
    expect(() => words({ kind: 'unheardOf' })).toThrow(RangeError);
  });
});

describe('codes are told in words', () => {
  it.each([
    ['complaintOpened', 'complaint.received.v1', { about: 'fees' }, '收到投诉，事项 收费', 'about Fees'],
    ['evidenceExpired', 'evidence.expired.v1', { kind: 'mlps3' }, '等级保护', 'Evidence '],
    ['disclosureOverdue', 'yearlyDisclosure.overdue.v1', { missing: ['productList', 'term'] }, '、', ', '],
  ] as const)('%s', (kind, eventType, data, zh, en) => {
    const { text } = words({ kind, eventType, data });
    expect(text.zh).toContain(zh);
    expect(text.en).toContain(en);
    for (const code of Object.values(data).flat()) expect(text.zh).not.toContain(code);
  });

  // Open lists: what a city's bodies and packs name; told as they are named.
  const openLists = ['itemCodes', 'conditionCodes', 'findings', 'code', 'notMet', 'lastDays'];
  it('every place that an event fills with a code has its tables', () => {
    const isCode = (schema: unknown): boolean => JSON.stringify(schema).includes('^[a-z][A-Za-z0-9.]{0,79}$');
    const without = lines.flatMap(({ eventType, kind }) => {
      const { shape } = eventTypes[eventType as EventType].schema;
      const places = JSON.stringify(sentences[kind]).matchAll(/\{(\w+)\}/g);
      return [...places].flatMap(([, place = '']) => {
        const field = shape[place];
        const known = Object.hasOwn(tablesOfPlace, place) || openLists.includes(place);
        return field && !known && isCode(z.toJSONSchema(field as z.ZodType, { io: 'input' }))
          ? [`${kind} ${place}`]
          : [];
      });
    });
    expect([...new Set(without)]).toEqual([]);
    const audit = eventTypes['audit.opened.v1'].schema.shape['audit'];
    expect(isCode(z.toJSONSchema(audit as z.ZodType, { io: 'input' }))).toBe(true);
  });

  it('every place has tables that there are; what is in none stays as it is', () => {
    for (const tables of Object.values(tablesOfPlace))
      for (const table of tables) expect(codeTables).toHaveProperty(table);
    expect(codeWords('item', 'merchant-item-1', 'zh')).toBe('merchant-item-1');
    expect(codeWords('body', 'operator', 'zh')).toBe('operator');
    expect(codeWords('about', 'constructor', 'zh')).toBe('constructor');
  });
});

describe('what happened, by when, under which article, what next', () => {
  it('a deadline at midnight is told as 24:00 of the day before', () => {
    expect(words({}).text.zh).toBe(
      '公共数据使用申请 640500-SQ-2024-000001：等待贵单位审核，期限 2024-03-15 24:00。依据：《某办法》第二十一条。' +
        '请在期限内同意或者列明理由不同意；确需延期的，须在期限内提出延期审核申请。',
    );
    expect(words({ data: { deadline: '2024-03-15T17:30:00+08:00' } }).text.en).toContain('2024-03-15 17:30');
  });

  it('without a deadline the clause is left out; a silent text is told as our reading', () => {
    const { text } = words({ data: { deadline: null }, article: '文本未规定，按解释' });
    expect(text.zh).toContain('等待贵单位审核。依据：文本未规定，按解释。');
    expect(text.en).toContain('Basis: the text is silent; as we read it.');
  });

  it.each([
    ['第二十七条', '某办法', '《某办法》第二十七条'],
    ['六（二）', '某方案', '《某方案》六（二）'],
    ['十一', '某实施方案（试行）（征求意见稿）', '《某实施方案（试行）（征求意见稿）》第十一部分'],
    ['二十七', null, '第二十七条'], // as notices of supplies stood once
  ])('the article %s of %s', (article, instrument, named) => {
    const { text } = words({ article, instrument });
    expect(text.zh).toContain(`依据：${named}。`);
    expect(text.en).toContain(`Basis: ${named}.`);
  });
});

describe('a title names who and when, as the text does', () => {
  it.each<[string, string, object, string, string]>([
    [
      'reviewApproved',
      'application.reviewApproved.v1',
      { reviewer: 'dept-health' },
      'dept-health 审核同意',
      'dept-health approved',
    ],
    [
      'resubmitted',
      'onboarding.resubmitted.v1',
      { receivedAt: '2024-03-16T00:07:39+08:00' },
      '补正后的材料已于 2024-03-16 00:07 收到',
      'The corrected application came back at 2024-03-16 00:07',
    ],
    ['accepted', 'application.accepted.v1', {}, '已受理', 'It was accepted'],
    [
      'correctionRequested',
      'application.correctionRequested.v1',
      { itemCodes: ['term'] },
      '需要补正',
      'A correction is needed',
    ],
  ])('%s', (kind, eventType, data, zh, en) => {
    const { title } = words({ kind, eventType, data });
    expect(title.zh.split('：')[1]).toBe(zh);
    expect(title.en.slice(title.en.indexOf(': ') + 2)).toBe(en);
  });
});

/** What cases, grants, supplies, merchants and norms say is told; other events are the platform's bookkeeping. */
const told = new RegExp(
  `^(${[
    ...['application', 'onboarding', 'agreement', 'grant', 'supply', 'merchant', 'norm', ...procedureKinds],
    ...['scenario', 'partner', 'socialData', 'staff', 'expertQuestion', 'supplyChannel', 'mandate'],
    ...['productFeedback', 'spotCheck', 'cost', 'costReport', 'serviceOrder', 'serviceCharge'],
  ].join('|')})\\.`,
);
/** Of one body alone: who of its people does it, and what it has not sent yet. */
const within = /\.(task|draft)[A-Z]/;
/**
 * What the bureau records itself and waits for nobody else; what is public; what one bidder may not know of another;
 * and what a body does for itself.
 */
const untoldOfProcedures = Object.entries({
  plan: ['opened', 'revised', 'notCarried', 'filed', 'filingReceipted', 'filingReturned'],
  selection: [
    ...['opened', 'consulted', 'announced', 'seedCommitted', 'announcementEnded', 'substituteDrawn'],
    ...['bidsOpened', 'bidsExamined', 'sheetReceived', 'feasibilityRecorded', 'ranked', 'assessed'],
    ...['tieVoted', 'tieDecided', 'tieRepeated', 'negotiated', 'coreAnnexFiled', 'notCarried', 'noticeEnded'],
  ],
  // A further order beside others changes nothing for anybody; what rests and runs again is told by its own event.
  operatingAgreement: [
    ...['consulted', 'filed', 'succeeded', 'heldByOrder', 'orderLifted', 'suspensionLifted'],
  ],
  evaluation: ['questionnaireAnswered', 'scored', 'resultPublished', 'newSelection', 'agreementEnded'],
  // Who checks and that one of them has spoken is nobody’s to hear; what was agreed and registered, the list tells.
  productEgress: [
    ...['checkersNamed', 'voteCast', 'agreed', 'registered'],
    ...['heldByOrder', 'orderLifted', 'suspensionLifted'],
  ],
  supply: ['suspensionLifted'],
  incident: ['reviewed'],
  // What suspends and what is lifted, the merchant’s or the agreement’s own event tells.
  sanction: ['heard', 'applied', 'lifted', 'measureEnded', 'terminationRecorded'],
  ceilingPrice: ['opened'],
  // What the bureau does itself; who complained reads it by number and code.
  complaint: ['accepted', 'notAccepted', 'factsRequested', 'extended', 'answered', 'identityRead'],
  yearlyDisclosure: ['closed'],
  partner: ['registered', 'revised'],
  socialData: ['used'],
  // Entries an operator makes in its own ledger.
  cost: ['recorded', 'reversed', 'imported'],
  staff: [
    ...['registered', 'identityVerified', 'filed', 'confidentialitySigned', 'assigned', 'assignmentEnded'],
    ...['acted', 'left'],
  ],
}).flatMap(([domain, names]) => names.map((name) => `${domain}.${name}.v1`));
/** Told to nobody by notice: what another event tells, or what waits for nobody. */
const untoldTypes = [
  'application.clockHeld.v1',
  'onboarding.clockHeld.v1',
  'grant.suspensionLifted.v1',
  'merchant.enrolled.v1',
  'norm.deposited.v1',
  'norm.issued.v1',
  'norm.replaced.v1',
  ...untoldOfProcedures,
];

it('an event is told to somebody, or is on the list of those that are not', () => {
  const known = new Set(Object.keys(noticeTable));
  const missing = eventTypeNames.filter((type) => told.test(type) && !known.has(type) && !within.test(type));
  expect(missing.sort()).toEqual(untoldTypes.toSorted());
});
