/** What of a city's evidence and audits is planted where a column's name and type do not say it (X4, X5). */
import { loadPacks } from '@gongshu/infra/packs';
import { auditKindsOf, auditRules } from '@gongshu/shared/audit/rules';
import { procedureNo } from '@gongshu/shared/procedure/kinds';
import type { City } from './planting.ts';

const id = (prefix: string, n: number) => (city: City) =>
  `${prefix}-${city.hex}-0000-4000-8000-${String(n).padStart(12, '0')}`;
const auditOf = ({ digits }: City) => procedureNo('audit', digits, 2024, 1);

/** The audit that is planted, as it was opened. */
const audit = ({ jurisdiction }: City) => {
  const pack = loadPacks().resolve(jurisdiction);
  return {
    ...{ jurisdiction, authority: 'city-bureau', rules: auditRules(pack) },
    facts: {
      ...{ audit: auditKindsOf(pack)[0], operator: 'operator', from: '2023-01-01', until: '2023-12-31' },
      scheduled: false,
    },
  };
};

/** By table and column, as `special` of the planting. */
export const plantedEvidence: Record<string, (city: City) => unknown> = {
  'disclosure.evidence.id': id('ZM', 50),
  'disclosure.evidence.kind': ({ jurisdiction }) =>
    jurisdiction === 'zhongwei' ? 'mlps3' : 'toolCertification',
  'disclosure.evidence_order.id': id('ZD', 51),
  'disclosure.procedure.case_no': auditOf,
  'disclosure.procedure.kind': () => 'audit',
  'disclosure.procedure.start': (city) => JSON.stringify(audit(city)),
  'disclosure.procedure.state': ({ mark }) =>
    JSON.stringify({ stage: 'opened', outcome: null, overdue: false, findings: [], mark }),
  'disclosure.audit_finding.grade': () => 'high',
};
