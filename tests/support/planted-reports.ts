/** What of a city's disclosures, bulletins and periodic reports is planted where a column's name and type do not say it. */
import { loadPacks } from '@gongshu/infra/packs';
import { bulletinRules } from '@gongshu/shared/bulletin/rules';
import { type ProcedureKind, procedureNo } from '@gongshu/shared/procedure/kinds';
import { yearlyRules } from '@gongshu/shared/yearly-disclosure/rules';
import type { City } from './planting.ts';

const hashOf = ({ hex }: City) => `sha256:${hex.repeat(8)}`;
const yearlyOf = ({ digits }: City) => procedureNo('yearlyDisclosure', digits, 2024, 1);
const bulletinOf = ({ digits }: City) => procedureNo('bulletin', digits, 2024, 1);
const content = ({ mark, jurisdiction }: City) => ({
  ...{ form: 'gongshu-yearly-disclosure-1', jurisdiction, part: 'operator', year: 2024 },
  ...{ body: mark, operator: mark, items: [] },
});

/** What a planted case begins with; nothing for a kind that is another's. */
export const plantedReport = (kind: ProcedureKind, city: City): object => {
  const pack = loadPacks().resolve(city.jurisdiction);
  const base = { jurisdiction: city.jurisdiction, authority: 'city-bureau' };
  if (kind === 'yearlyDisclosure')
    return {
      start: {
        ...{ ...base, rules: yearlyRules(pack, 'operator') },
        facts: {
          ...{ part: 'operator', year: 2024, body: 'operator', operator: 'operator', dueOn: '2025-03-31' },
          ...{ keptUntil: '2030-03-31', draft: { hash: hashOf(city), items: [], figures: 0 } },
        },
      },
    };
  if (kind === 'bulletin')
    return {
      start: {
        ...{ ...base, rules: bulletinRules(pack) },
        facts: {
          ...{ from: '2024-01-01', until: '2024-03-31' },
          draft: { hash: hashOf(city), departments: [city.mark] },
        },
      },
    };
  return {};
};

/** By table and column, as `special` of the planting. */
export const plantedReports: Record<string, (city: City) => unknown> = {
  'disclosure.official_fact.type': () => 'merchant.exited.v1',
  'disclosure.official_fact.data': ({ mark }) => JSON.stringify({ merchant: mark }),
  'disclosure.report_due.kind': () => 'work',
  'disclosure.report_due.step': () => 'open',
  // Long over: no Schedule is made of it.
  'disclosure.report_due.state': () => 'cancelled',
  'disclosure.yearly.case_no': yearlyOf,
  'disclosure.yearly.part': () => 'operator',
  'disclosure.yearly.year': () => 2024,
  'disclosure.bulletin_period.case_no': bulletinOf,
  'disclosure.statement.case_no': yearlyOf,
  'disclosure.draft.case_no': yearlyOf,
  'disclosure.draft.cases': () => '[]',
  'disclosure.version.case_no': yearlyOf,
  'disclosure.version.version': () => 1,
  'disclosure.version.document': (city) => `${yearlyOf(city)}-V1`,
  'disclosure.version.content': (city) => JSON.stringify(content(city)),
  'disclosure.version.hash': hashOf,
  'disclosure.figure_case.case_no': yearlyOf,
  'disclosure.figure_case.version': () => 1,
  'disclosure.figure_case.figure': () => 'grantsMade',
  'disclosure.figure_case.body': () => '',
  'disclosure.work_report.id': ({ hex }) => `GB-${hex}-0000-4000-8000-000000000041`,
  'disclosure.work_report.kind': () => 'work',
  'disclosure.work_report.state': () => 'filed',
  'disclosure.work_report.words': ({ mark }) => mark,
  'disclosure.work_report.hash': hashOf,
  'disclosure.work_report.content': ({ mark }) =>
    JSON.stringify({ form: 'gongshu-work-report-1', operator: mark, figures: [] }),
};
