/** A city's public year as its events tell it: every event that the public pages read, at least once. */
import type { CloudEvent } from '@gongshu/infra/cloud-event';
import { type EventType, eventTypes, topicOf } from '@gongshu/shared/events';

const hash = (letter: string) => `sha256:${letter.repeat(64)}`;
export type PublicEvent = { topic: string; event: CloudEvent };

const article = { article: '第二十一条', articleInstrument: '某办法' };
const base = { caseNo: '640500-XY-2024-000001', packVersion: 'v1', at: '2024-03-02T10:00:00+08:00' };
const mandate = {
  ...base,
  ...{ agreement: base.caseNo, operator: 'operator', mode: 'whole', fields: ['transport'], scenarios: [] },
  ...{ from: '2024-04-01', until: '2027-03-31' },
};
const inForce = { ...mandate, version: 1, document: hash('f'), origin: 'selected', predecessor: null };
const selection = { ...base, caseNo: '640500-XZ-2024-000001' };
const tariff = {
  ...{ tariff: 'T-1', operator: 'operator', product: 'P-1', unit: 'call', packVersion: 'v1' },
  ...{ class: 'merchants', scenario: null, purpose: 'industry', fen: 900, discount: '0' },
  ...{ from: '2024-05-01', until: null },
};
const listed = { operator: 'operator', item: 'training', version: 1, fee: 'FW-1' };
const resource = (id: string, title: string, change: object = {}) => ({
  ...{
    resource: id,
    provider: 'dept-transport',
    contentHash: hash('a'),
    title,
    abstract: '全市停车场剩余车位',
  },
  ...{ providerName: '交通局', fields: [{ name: '车位数', grade: 'general' }], updateFrequency: 'daily' },
  ...{
    classification: '交通运输',
    grade: '一般数据1级',
    level: 'city',
    registrationCode: null,
    state: 'public',
  },
  ...change,
});
const published = {
  ...{ publication: 'GB-640500-2024-000001', kind: 'selectionNotice', subject: selection.caseNo },
  ...{ hash: hash('b'), at: '2024-03-05T10:00:00+08:00' },
};
const disclosed = {
  ...{ document: '640500-PL-2024-000001', kind: 'yearlyReport', subject: '640500-PL-2024-000001' },
  ...{ hash: hash('c'), at: '2025-03-20T10:00:00+08:00' },
};
const worded = {
  ...{ title: { zh: '年度披露报告', en: 'Yearly report' }, content: '{"figures":[]}', issuer: 'city-bureau' },
  ...{ year: 2024, from: '2025-03-20', until: null },
};

/** Each with its subject; the order within a subject is the order of its events. */
const told: [EventType, string, object][] = [
  ['party.named.v1', 'zhongwei:dept-transport', named('dept-transport', 'sourceDepartment', '交通局')],
  ['party.named.v1', 'zhongwei:operator', named('operator', 'operator', '数据集团')],
  ['party.named.v1', 'zhongwei:operator', named('operator', 'operator', '数据发展集团')],
  ...stands('merchant-1', 'enrolled', 'suspended', 'restored'),
  ...stands('merchant-2', 'enrolled'),
  ...stands('merchant-3', 'enrolled', 'suspended'),
  ...stands('merchant-4', 'enrolled', 'exited'),
  [
    'resource.published.v1',
    'R-1',
    { resource: 'R-1', provider: 'dept-transport', contentHash: hash('a'), publishedOn: '2024-03-01' },
  ],
  ['resource.described.v1', 'R-1', resource('R-1', '公共停车场车位')],
  ['resource.described.v1', 'R-1', resource('R-1', '公共停车场即时车位')],
  [
    'resource.published.v1',
    'R-2',
    { resource: 'R-2', provider: 'd', contentHash: hash('a'), publishedOn: '2024-03-02' },
  ],
  [
    'resource.described.v1',
    'R-2',
    resource('R-2', '不动产登记', { abstract: null, level: null, grade: null }),
  ],
  ['resource.suspended.v1', 'R-2', { resource: 'R-2', reasonCode: 'consentWithdrawn' }],
  ['resource.restored.v1', 'R-2', { resource: 'R-2' }],
  ['resource.described.v1', 'R-2', resource('R-2', '不动产登记信息', { abstract: '行政许可与登记' })],
  [
    'resource.published.v1',
    'R-3',
    { resource: 'R-3', provider: 'd', contentHash: hash('a'), publishedOn: '2024-03-03' },
  ],
  ['resource.described.v1', 'R-3', resource('R-3', '旧目录')],
  ['resource.closed.v1', 'R-3', { resource: 'R-3', reasonCode: 'discontinued' }],
  ['resource.suspended.v1', 'R-4', { resource: 'R-4', reasonCode: 'consentWithdrawn' }],
  ['product.described.v1', 'P-1', product('listed')],
  ['product.described.v1', 'P-1', product('released')],
  ['product.described.v1', 'P-2', { ...product('recalled'), product: 'P-2', title: '召回的产品' }],
  ['product.checkRecorded.v1', 'CP-1-1', { record: 'CP-1-1', hash: hash('d'), at: base.at }],
  ...(['catalog', 'registry', 'pricing', 'disclosure'] as const).map(
    (service): [EventType, string, object] => [
      `${service}Receipt.issued.v1`,
      `SJ-${service}`,
      { receipt: `SJ-${service}`, hash: hash('9'), at: base.at },
    ],
  ),
  ['ceilingPrice.set.v1', '640500-SX-2024-000001', ceiling(1_200, '2024-04-01', null)],
  [
    'ceilingPrice.set.v1',
    '640500-SX-2024-000002',
    { ...ceiling(700, '2024-09-01', 1_200), caseNo: '640500-SX-2024-000002' },
  ],
  ['tariff.published.v1', 'T-1', { ...tariff, replaces: [] }],
  [
    'tariff.published.v1',
    'T-2',
    {
      ...{ ...tariff, tariff: 'T-2', fen: 800, from: '2024-06-01', replaces: ['T-1'] },
      ...{ scenario: 'parking', discount: '0.125' },
    },
  ],
  [
    'tariff.cut.v1',
    'T-3',
    {
      ...{ ...tariff, tariff: 'T-3', fen: 700, from: '2024-09-01', until: '2024-12-31' },
      ...{ caseNo: '640500-SX-2024-000002', cutFrom: 'T-2', beforeFen: 800 },
    },
  ],
  ['tariff.published.v1', 'T-4', { ...tariff, tariff: 'T-4', from: '2025-01-01', replaces: [] }],
  ['tariff.ended.v1', 'T-4', { ...ofTariff('T-4'), until: null }],
  ['tariff.ended.v1', 'T-3', { ...ofTariff('T-3'), until: '2024-10-31' }],
  [
    'serviceFee.published.v1',
    'FW-1',
    {
      ...{
        ...listed,
        kind: 'training',
        unit: 'day',
        costFen: 1_000,
        margin: '0.05',
        marginFen: 50,
        fen: 1_050,
      },
      ...{ from: '2024-04-01', contentHash: hash('e') },
    },
  ],
  ['serviceFee.titled.v1', 'FW-1', { ...listed, title: '数据开发培训' }],
  ['serviceFee.withdrawn.v1', 'FW-2', { ...listed, version: 2, fee: 'FW-2', from: '2024-12-01' }],
  ['serviceFee.titled.v1', 'FW-2', { ...listed, version: 2, fee: 'FW-2', title: '数据开发培训' }],
  ['operatingAgreement.inForce.v1', base.caseNo, inForce],
  [
    'operatingAgreement.amended.v1',
    base.caseNo,
    { ...mandate, fields: ['transport', 'health'], version: 2, document: hash('f') },
  ],
  [
    'operatingAgreement.suspended.v1',
    base.caseNo,
    { ...mandate, reasonCodes: ['risk'], document: hash('f') },
  ],
  ['operatingAgreement.restored.v1', base.caseNo, { ...mandate, document: hash('f') }],
  ['operatingAgreement.inForce.v1', other('2').caseNo, { ...inForce, ...other('2') }],
  [
    'operatingAgreement.amended.v1',
    other('3').caseNo,
    { ...mandate, ...other('3'), version: 2, document: hash('f') },
  ],
  [
    'operatingAgreement.suspended.v1',
    other('4').caseNo,
    { ...mandate, ...other('4'), reasonCodes: ['risk'], document: hash('f') },
  ],
  [
    'operatingAgreement.ended.v1',
    '640500-XY-2023-000001',
    {
      ...{ ...mandate, caseNo: '640500-XY-2023-000001', agreement: '640500-XY-2023-000001' },
      ...{ ground: 'termExpired', kind: 'ended', evaluation: null, runningGrants: 'ended', successor: null },
    },
  ],
  [
    'selection.announced.v1',
    selection.caseNo,
    { ...selection, contentHash: hash('1'), closesOn: '2024-03-31', mode: 'openTender' },
  ],
  ['selection.assessed.v1', selection.caseNo, { ...selection, round: 1, winner: 'bidder-1' }],
  [
    'selection.noticePublished.v1',
    selection.caseNo,
    { ...selection, winner: 'bidder-1', notice: 1, workingDays: 5 },
  ],
  [
    'selection.selected.v1',
    selection.caseNo,
    {
      ...{ ...selection, selection: selection.caseNo, winner: 'bidder-1', plan: 'FA-1', mode: 'openTender' },
      ...{ fields: ['transport'], scenarios: [], termMonths: 36, annex: null, signedBy: 'city' },
    },
  ],
  [
    'selection.failed.v1',
    '640500-XZ-2024-000002',
    { ...selection, caseNo: '640500-XZ-2024-000002', reason: 'tooFewBids' },
  ],
  [
    'selection.withdrawn.v1',
    '640500-XZ-2024-000003',
    { ...selection, caseNo: '640500-XZ-2024-000003', reasonCodes: [] },
  ],
  [
    'evaluation.resultPublished.v1',
    '640500-PG-2024-000001',
    {
      ...{
        ...base,
        caseNo: '640500-PG-2024-000001',
        agreement: base.caseNo,
        operator: 'operator',
        year: 2024,
      },
      ...{ outcome: 'pass', round: 1, exact: '83.5', shown: '83.5', withoutSource: [], secondRectify: false },
    },
  ],
  [
    'publication.published.v1',
    published.publication,
    { ...published, from: '2024-03-05', until: '2024-03-11', ...article },
  ],
  [
    'publication.worded.v1',
    published.publication,
    {
      ...{ ...published, title: { zh: '评选结果公示', en: 'Public notice of the result' } },
      ...{ document: '{"content":{"winner":"bidder-1"}}', from: '2024-03-05', until: '2024-03-11' },
    },
  ],
  ['publication.withdrawn.v1', published.publication, { ...published, reasonCode: 'replaced' }],
  ['disclosed.published.v1', disclosed.document, { ...disclosed, ...worded }],
  [
    'disclosed.published.v1',
    'TB-1',
    { ...disclosed, ...worded, document: 'TB-1', kind: 'bulletin', subject: 'TB-1' },
  ],
  [
    'disclosed.withdrawn.v1',
    'TB-1',
    { ...disclosed, document: 'TB-1', kind: 'bulletin', subject: 'TB-1', reasonCode: 'replaced', by: 'TB-2' },
  ],
  [
    'application.silenceCertified.v1',
    '640500-SQ-2024-000001',
    silence('640500-SQ-2024-000001', 'MS-640500-SQ-2024-000001-review'),
  ],
  [
    'onboarding.silenceCertified.v1',
    '640500-JZ-2024-000001',
    silence('640500-JZ-2024-000001', 'MS-640500-JZ-2024-000001-review'),
  ],
  [
    'complaint.overdue.v1',
    '640500-TS-2024-000001',
    { ...base, caseNo: '640500-TS-2024-000001', step: 'answer', lastDay: '2024-03-29' },
  ],
  [
    'complaint.reminderDue.v1',
    '640500-TS-2024-000001',
    { ...base, caseNo: '640500-TS-2024-000001', period: 'answer', lastDay: '2024-03-29' },
  ],
];

function named(party: string, kind: string, name: string) {
  return { party, kind, name, uscc: null, level: 'city', county: null, successor: null };
}
/** How a merchant came to stand; it is named like any body, and that alone enrols none. */
function stands(
  merchant: string,
  ...acts: ('enrolled' | 'suspended' | 'restored' | 'exited')[]
): [EventType, string, object][] {
  const subject = `zhongwei:${merchant}`;
  const at = '2024-03-01T10:00:00+08:00';
  return [
    ['party.named.v1', subject, named(merchant, 'merchant', `示例数商 ${merchant}`)],
    ...acts.map((act): [EventType, string, object] => [
      `merchant.${act}.v1`,
      subject,
      { merchant, at, ...article, ...(act === 'enrolled' ? { caseNo: null } : { reasonCodes: ['risk'] }) },
    ]),
  ];
}
function product(state: string) {
  return {
    ...{ product: 'P-1', caseNo: '640500-CY-2024-000001', version: 1, state, title: '停车热力图' },
    ...{ description: '按小时的车位紧张程度', class: 'dataset', purpose: 'industry', owner: 'merchant-1' },
    ...{ operator: 'operator', resources: ['R-1'], registrationCode: 'GS-1', nationalCode: null },
    ...{ artefact: hash('9'), listedOn: '2024-04-20' },
  };
}
function other(number: string) {
  const caseNo = `640500-XY-2022-00000${number}`;
  return { caseNo, agreement: caseNo, from: `2022-0${number}-01`, until: '2023-12-31' };
}
function ceiling(fen: number, from: string, before: number | null) {
  return {
    ...{ ...base, caseNo: '640500-SX-2024-000001', product: 'P-1', operator: 'operator' },
    ceilings: [{ unit: 'call', fen, from, expectedQty: '1000', before }],
    forecast: { year: 2024, fen: 1_200_000, permittedRevenueFen: null, overCap: false, trial: null },
  };
}
function ofTariff(number: string) {
  return { tariff: number, operator: 'operator', product: 'P-1', unit: 'call', packVersion: 'v1' };
}
function silence(caseNo: string, certificate: string) {
  return {
    ...{ caseNo, turn: 'review', reviewer: 'dept-health', packVersion: hash('8') },
    ...{
      certificate,
      certificateHash: hash('7'),
      outcome: 'deemedApproved',
      daysCounted: 10,
      daysSkipped: 4,
    },
    ...{ deadline: '2024-03-16T00:00:00+08:00', calendarVersion: 'cn-1' },
  };
}

/** The story as records, each with its topic; a schema that does not take an event throws. */
export const publicStory = (): PublicEvent[] => {
  const versions = new Map<string, number>();
  return told.map(([type, subject, data], at) => {
    const { service, visibility, schema } = eventTypes[type];
    const sequence = (versions.get(subject) ?? 0) + 1;
    versions.set(subject, sequence);
    return {
      topic: topicOf(service, visibility),
      event: {
        ...{
          specversion: '1.0',
          id: `story-${at}`,
          source: `/gongshu/${service}`,
          type: `cn.gongshu.${type}`,
        },
        ...{ subject, time: '2026-01-01T00:00:00+08:00', datacontenttype: 'application/json' },
        ...{ dataschema: `urn:gongshu:event:${type}`, partitionkey: subject, jurisdiction: 'zhongwei' },
        ...{ sequence: String(sequence).padStart(10, '0'), previoussequence: '0000000000' },
        lawtime: new Date(Date.UTC(2024, 2, 1, 2) + at * 3_600_000).toISOString(),
        data: schema.parse(data),
      } as CloudEvent,
    };
  });
};
