/** What entries of a year's disclosure change beside their case: what was said counts, versions, the public's copy (S1, S2). */
import type { DisclosureCaseTables } from '@gongshu/infra/disclosures/tables';
import { disclose, makeVersion, replaceBefore } from '@gongshu/infra/disclosures/versions';
import type { YearlyRules } from '@gongshu/shared/yearly-disclosure/rules';
import type { YearlyFacts } from '@gongshu/shared/yearly-disclosure/types';
import type { Transaction } from 'kysely';
import type { EffectOf, Effects } from '../procedure/effects.ts';

type Trx = Transaction<DisclosureCaseTables>;

const titles = {
  implementingBody: ['年度公共数据资源授权运营情况披露', 'Disclosure of the implementing body for'],
  operator: ['年度公共数据资源授权运营情况披露（运营机构）', 'Disclosure of the operator for'],
  overallReport: ['年度公共数据资源授权运营总体情况', 'Overall report on authorised operation in'],
} as const;

/** What was said with the act counts from now on. */
const accept = async (trx: Trx, { entry }: EffectOf): Promise<void> => {
  await trx
    .updateTable('statement')
    .set({ accepted_at: new Date(entry.at) })
    .where('receipt', '=', entry.receipt ?? '')
    .execute();
};

const publish = async (trx: Trx, { start, entry, actor }: EffectOf): Promise<void> => {
  const { caseNo, jurisdiction } = start;
  const { part, year, body, keptUntil } = start.facts as YearlyFacts;
  const version = await makeVersion(trx, { caseNo, receipt: entry.receipt ?? '', at: entry.at });
  const [zh, en] = titles[part];
  const nth = version.version > 1 ? [`（第${version.version}版）`, `, version ${version.version}`] : ['', ''];
  const rests = (start.rules as YearlyRules).rests ?? undefined;
  const told = { jurisdiction, version, kind: `yearlyDisclosure.${part}`, rests, actor, at: entry.at };
  await disclose(trx, {
    ...{ ...told, issuer: body, year, until: keptUntil },
    title: { zh: `${year}${zh}${nth[0]}`, en: `${en} ${year}${nth[1]}` },
  });
  await replaceBefore(trx, told);
};

const does: Readonly<Record<string, (trx: Trx, of: EffectOf) => Promise<void>>> = {
  itemSupplied: accept,
  itemStatedEmpty: accept,
  published: publish,
  corrected: publish,
};

export const yearlyDisclosureEffects: Effects = async (trx, of) => {
  await does[of.entry.kind]?.(trx as unknown as Trx, of);
};
