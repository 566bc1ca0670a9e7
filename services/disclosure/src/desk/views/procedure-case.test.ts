import type { ProcedureView } from '@gongshu/infra/procedures/view';
import { html } from '../../html/escape.ts';
import type { View } from '../../html/view.ts';
import type { CasePlace } from '../act-paths.ts';
import { procedureBody } from './procedure-case.ts';
import { type Changes, procedureChanges } from './procedure-changes.ts';

const view: View = { language: 'zh', large: false, path: '/', now: null, sandbox: false };
const caseNo = '640500-CY-2024-000001';
const place: CasePlace = {
  caseNo,
  kind: 'productEgress',
  service: 'registry',
  path: '/v1/egress-cases',
} as never;
const at = '2024-03-01T10:00:00+08:00';
const entry = (position: number, kind: string, data: object = {}) => ({
  ...{ position, kind, at, receipt: null, by: 'operator', data: { ...data }, words: null },
});
const one: ProcedureView = {
  ...{ caseNo, kind: 'productEgress', jurisdiction: 'zhongwei', authority: 'city-bureau', stage: 'check' },
  ...{ outcome: null, openedAt: at, endedAt: null, waitsFor: [], packVersion: 'p', facts: {}, state: {} },
  periods: [
    {
      ...{ key: 'check', lastDay: '2024-03-05', endsAt: '2024-03-06T00:00:00+08:00', provisional: false },
      ...{
        from: at,
        budget: 2,
        unit: 'workingDays',
        article: '第二十二条',
        articleInstrument: '某办法',
        daysCounted: 2,
        daysSkipped: 2,
      },
      days: [
        { date: '2024-03-02', counted: false, reason: 'weekend' },
        { date: '2024-03-03', counted: false, reason: 'weekend' },
        { date: '2024-03-04', counted: true, reason: 'workday' },
        { date: '2024-03-05', counted: true, reason: 'workday' },
      ],
    },
    {
      ...{
        key: 'report/authority',
        lastDay: '2024-03-01',
        endsAt: '2024-03-01T11:00:00+08:00',
        provisional: false,
      },
      ...{
        from: at,
        budget: 1,
        unit: 'hours',
        article: null,
        articleInstrument: null,
        days: [],
        daysCounted: 0,
        daysSkipped: 0,
      },
    },
  ],
  entries: [entry(1, 'submitted'), entry(2, 'filingReturned'), entry(3, 'artefactReplaced', { attempt: 2 })],
  documents: [],
};
const textOf = (markup: unknown): string =>
  String(markup)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/\s+/g, ' ');
const page = (given: ProcedureView, changes: Changes | null): string =>
  textOf(procedureBody(view, place, given, (act) => act, html`${procedureChanges(view, given, changes)}`));

it('tells every day of a period that runs, with its length and its article (A7)', () => {
  const text = page(one, null);
  expect(text).toContain('2 工作日');
  expect(text).toContain('《某办法》第二十二条');
  expect(text).toContain('逐日计算：计入 2 日，跳过 2 日');
  expect(text).toMatch(/周末/);
  expect(text).toContain('1 小时');
  expect(page({ ...one, periods: [] }, null)).not.toContain('逐日计算');
});

it('tells what changed since the last return: places, findings, and what was done since', () => {
  const text = page(one, {
    changed: [{ place: '/description', change: 'changed' }],
    findings: { resolved: 3, appeared: 1 },
  });
  expect(text).toContain('自上次退回后的改动');
  expect(text).toContain('检测发现：已消除 3 项，新增 1 项。');
  const since = text.slice(text.indexOf('退回以来的办理'));
  expect(since).toMatch(/退回/);
  const plan = page(one, {
    changed: [{ place: 'title', change: 'changed', before: '甲方案', after: '乙方案' }],
    findings: null,
  });
  expect(plan).toMatch(/甲方案.*乙方案/);
});

it('tells nothing of changes where nothing was returned', () => {
  const never = { ...one, entries: [entry(1, 'submitted')] };
  expect(page(never, null)).not.toContain('自上次退回后的改动');
  expect(page(never, { changed: [], findings: null })).toContain('没有改动');
});

it('names bodies where the reader may read their names, and tells stages in the words of the kind', () => {
  const named = { ...view, bodies: new Map([['city-bureau', '示例市数据局']]) };
  const incident = {
    ...{ ...one, kind: 'incident', stage: 'handling', periods: [], entries: [] },
    facts: { operator: 'city-bureau', declarerRole: 'operator' },
  };
  const text = textOf(procedureBody(named, place, incident, (act) => act, html``));
  expect(text).toContain('主办单位 示例市数据局（city-bureau）');
  expect(text).toContain('环节 处置');
  expect(text).toContain('运营机构 示例市数据局（city-bureau）');
  // A body that bears the code of a role as its id is told as the role: which of both is meant nobody can tell here.
  const role = { ...view, bodies: new Map([['operator', '某公司']]) };
  expect(textOf(procedureBody(role, place, incident, (act) => act, html``))).toContain(
    '申报单位身份 运营机构',
  );
  expect(textOf(procedureBody(view, place, incident, (act) => act, html``))).toContain(
    '主办单位 city-bureau',
  );
});
