/** The standing expert committee as a city's rules have it (X3; 中卫 七, 乌海 十一). */
import { conflictsOf } from '@gongshu/infra/experts/conflicts';
import type { ExpertTables } from '@gongshu/infra/experts/tables';
import { clauseOfRule, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import type { ExpertCommitteeRules } from '@gongshu/shared/packs/topics/expert-committee';
import { type ProblemPlace, problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import type { ExpertRow } from './pool.ts';

/** Throws `noExpertCommittee` where the city has none, `taskNotOfCommittee` (422), each with the clause. */
export const mustHaveTask = (pack: ResolvedPack, task: string): void => {
  const rule = ruleOf(pack, 'expertCommittee', 'committee');
  const committee = rule.value as ExpertCommitteeRules['committee'];
  const article = clauseOfRule(pack, rule);
  if (committee === 'none') throw problem('noExpertCommittee', { article });
  if (!committee.tasks.some((one) => one === task))
    throw problem('taskNotOfCommittee', {
      article,
      errors: [
        {
          pointer: '/body/task',
          code: 'taskNotOfCommittee',
          message: { zh: '政策未列此任务', en: 'The rules do not name this task' },
        },
      ],
    });
};

const unfit = (at: number, code: string, zh: string, en: string): ProblemPlace => ({
  pointer: `/body/members/${at}`,
  code,
  message: { zh, en },
});

/**
 * The experts chosen for a question, all without conflict. Throws `membersUnfit` (422) with every place: unknown,
 * suspended, from outside the kinds of institutions that the rules name, or in conflict with a body the question is
 * about; the clause is that of the first fault.
 */
export const fitMembers = async (
  trx: Transaction<ExpertTables>,
  pack: ResolvedPack,
  { members, bodies, on }: { members: readonly string[]; bodies: readonly string[]; on: string },
): Promise<ExpertRow[]> => {
  const { jurisdiction } = pack;
  const rows = await (trx as Kysely<ExpertTables>)
    .selectFrom('expert')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('id', 'in', [...members])
    .execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  const kinds = ruleOf(pack, 'expertCommittee', 'members');
  const allowed = kinds.value as ExpertCommitteeRules['members'];
  const places: ProblemPlace[] = [];
  let rule: typeof kinds | ReturnType<typeof conflictRule> | undefined;
  for (const [at, id] of members.entries()) {
    const row = known.get(id);
    if (!row) places.push(unfit(at, 'expertUnknown', '专家库中没有此人', 'Not in the pool'));
    else if (row.state !== 'standing') places.push(unfit(at, 'expertSuspended', '专家已暂停', 'Suspended'));
    else if (allowed !== 'none' && !allowed.some((one) => one === row.institution)) {
      places.push(
        unfit(at, 'institutionNotNamed', '专家来源不在规定之列', 'Not of an institution the rules name'),
      );
      rule ??= kinds;
    } else if ((await conflictsOf(trx, { jurisdiction, expert: id, bodies, on })).length > 0) {
      places.push(unfit(at, 'memberInConflict', '与所涉单位有利害关系', 'In conflict with a body concerned'));
      rule ??= conflictRule(pack);
    }
  }
  if (places.length > 0)
    throw problem('membersUnfit', { errors: places, ...(rule && { article: clauseOfRule(pack, rule) }) });
  return members.flatMap((id) => known.get(id) ?? []);
};

/** Who has a conflict leaves the question. */
export const conflictRule = (pack: ResolvedPack) => ruleOf(pack, 'expertCommittee', 'conflictedMember');
