/** What entries of a bulletin change beside their case: each draft with its cases, replies, the copy that is issued (S3). */
import type { DisclosureCaseTables } from '@gongshu/infra/disclosures/tables';
import { disclose, makeVersion, yearOfInstant } from '@gongshu/infra/disclosures/versions';
import { takePart } from '@gongshu/infra/procedures/bodies';
import type { BulletinFacts } from '@gongshu/shared/bulletin/machine';
import type { BulletinCaseRules } from '@gongshu/shared/bulletin/rules';
import type { Transaction } from 'kysely';
import type { EffectOf, Effects } from '../procedure/effects.ts';

type Trx = Transaction<DisclosureCaseTables>;

/** Those it names may read it, and look behind their figures. */
const draft = async (trx: Trx, { start: { caseNo }, entry }: EffectOf): Promise<void> => {
  await makeVersion(trx, { caseNo, receipt: entry.receipt ?? '', at: entry.at });
  const departments = entry.data['departments'] as string[];
  await takePart(
    trx,
    caseNo,
    departments.map((organisation) => ({ organisation, role: 'named' })),
  );
};

const reply = async (trx: Trx, { entry }: EffectOf): Promise<void> => {
  await trx
    .updateTable('statement')
    .set({ accepted_at: new Date(entry.at) })
    .where('receipt', '=', entry.receipt ?? '')
    .execute();
};

const issue = async (trx: Trx, { start, entry, actor }: EffectOf): Promise<void> => {
  const { caseNo, jurisdiction, authority } = start;
  const { from, until } = start.facts as BulletinFacts;
  const { published, rests } = start.rules as BulletinCaseRules;
  if (!published) return;
  const version = await trx
    .selectFrom('version')
    .selectAll()
    .where('case_no', '=', caseNo)
    .where('hash', '=', String(entry.data['content']))
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow();
  await disclose(trx, {
    ...{ jurisdiction, version, kind: 'bulletin', issuer: authority, until: null },
    title: {
      zh: `数源部门工作情况通报（${from}至${until}）`,
      en: `Bulletin on source departments, ${from} to ${until}`,
    },
    ...{ year: yearOfInstant(entry.at), rests: rests ?? undefined, actor, at: entry.at },
  });
};

const does: Readonly<Record<string, (trx: Trx, of: EffectOf) => Promise<void>>> = {
  drafted: draft,
  redrafted: draft,
  replied: reply,
  issued: issue,
};

export const bulletinEffects: Effects = async (trx, of) => {
  await does[of.entry.kind]?.(trx as unknown as Trx, of);
};
