import type { View } from '../../html/view.ts';
import { inLanguage } from '../language.ts';
import { creditRecordList, type OnRecord } from './credit-records.ts';

const view: View = { language: 'zh', large: false, path: '/', now: null, sandbox: false };
const one: OnRecord = {
  body: 'bidder-b',
  records: [
    {
      ...{ caseNo: '140600-CJ-2024-000001', measure: 'creditRecord', decidedOn: '2024-02-01' },
      ...{ article: '十（七）', instrument: '某方案', lastDay: '2027-02-01' },
    },
  ],
};
const textOf = (markup: unknown): string =>
  String(markup)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

it('shows case, measure, day, article and last day, in both languages (X1)', () => {
  const zh = textOf(creditRecordList(view, [one, { body: 'bidder-a', records: [] }]));
  for (const words of ['信用记录', 'bidder-b', '140600-CJ-2024-000001', '纳入信用记录', '某方案 十（七）'])
    expect(zh).toContain(words);
  expect(zh).toMatch(/2024.*2027/);
  const en = inLanguage('en', () => textOf(creditRecordList({ ...view, language: 'en' }, [one])));
  expect(en).toContain('Credit record');
  expect(en).not.toMatch(/惩戒|信用/);
});

it('says that nothing is in force, and shows nothing of whom the reader may not read', () => {
  expect(textOf(creditRecordList(view, [{ body: 'bidder-a', records: [] }]))).toContain(
    '没有现行有效的惩戒措施',
  );
  expect(textOf(creditRecordList(view, []))).toBe('');
});
