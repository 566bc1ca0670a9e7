/** A question to the expert committee (X3): asked, answered by each member once, closed; kept, or published. */
import { randomUUID } from 'node:crypto';
import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import type { ExpertTables } from '@gongshu/infra/experts/tables';
import { jsonHash } from '@gongshu/infra/hash';
import { publish } from '@gongshu/infra/publications/publish';
import { record } from '@gongshu/infra/record';
import { businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import type { EventType } from '@gongshu/shared/events';
import type { ExpertTask, OpinionStance } from '@gongshu/shared/experts/codes';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { fitMembers, mustHaveTask } from './committee.ts';
import { type Declared, declareWithin } from './conflict.ts';
import type { ExpertBy } from './pool.ts';

export type QuestionRow = Selectable<ExpertTables['expert_question']>;
export type MemberRow = Selectable<ExpertTables['expert_question_member']>;
export type OpinionRow = Selectable<ExpertTables['expert_opinion']>;
export type Asked = {
  task: ExpertTask;
  caseNo: string | null;
  title: string;
  question: string;
  bodies: string[];
  members: string[];
  documents: string[];
};
type Trx = Transaction<ExpertTables>;

const told = async (
  trx: Trx,
  pack: ResolvedPack,
  row: QuestionRow,
  { id, role, organisation, at }: ExpertBy,
  event: { type: EventType; key: string; data: object },
): Promise<void> => {
  await record(trx, 'registry', {
    key: `${row.id}/${event.key}`,
    type: event.type,
    subject: row.id,
    jurisdiction: row.jurisdiction,
    at,
    actor: { id, role, organisation },
    data: {
      ...{ question: row.id, task: row.task, caseNo: row.case_no, at: toInstantText(at.getTime()) },
      ...restsOn(pack, 'expertCommittee', 'committee'),
      ...event.data,
    },
  });
};

/**
 * Asks the committee. Throws `noExpertCommittee`, `taskNotOfCommittee`, `membersUnfit`, `documentUnknown` (422), and
 * writes nothing then.
 */
export const askQuestion = (
  db: Kysely<ExpertTables>,
  pack: ResolvedPack,
  { task, caseNo, title, question, bodies, members, documents }: Asked,
  by: ExpertBy,
): Promise<QuestionRow> =>
  db.transaction().execute(async (trx) => {
    const { jurisdiction } = pack;
    mustHaveTask(pack, task);
    const on = businessDateOf(by.at.getTime());
    const chosen = await fitMembers(trx, pack, { members, bodies, on });
    const organisation = by.organisation ?? '';
    await mustAllBeStored(trx, {
      ...{ organisation, jurisdiction },
      cited: documents.map((hash, at) => ({ hash, pointer: `/body/documents/${at}` })),
    });
    const contentHash = jsonHash({ title, question });
    const row = await trx
      .insertInto('expert_question')
      .values({
        ...{ id: `ZJ-${randomUUID()}`, jurisdiction, case_no: caseNo, task, title, question },
        ...{ content_hash: contentHash, bodies: JSON.stringify(bodies) as never, state: 'open' },
        ...{ asked_by: by.id, organisation, asked_at: by.at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('expert_question_member')
      .values(
        chosen.map((expert) => ({
          ...{
            question: row.id,
            expert: expert.id,
            organisation: expert.organisation,
            account: expert.account,
          },
        })),
      )
      .execute();
    for (const hash of documents)
      await linkDocument(trx, {
        ...{ hash, jurisdiction, caseNo: row.id, role: 'question', by: organisation, at: by.at },
      });
    await told(trx, pack, row, by, {
      ...{ type: 'expertQuestion.asked.v1', key: 'asked' },
      data: { contentHash, members: chosen.map(({ id }) => id), documents },
    });
    return row;
  });

/** The open question, its row locked, and the member who acts. Throws `questionClosed`, `memberLeft` (409), `notFound`. */
const openFor = async (
  trx: Trx,
  question: string,
  account: string,
): Promise<{ row: QuestionRow; member: MemberRow }> => {
  const row = await lockedQuestion(trx, question);
  const member = await trx
    .selectFrom('expert_question_member')
    .selectAll()
    .where('question', '=', question)
    .where('account', '=', account)
    .executeTakeFirst();
  if (!member) throw problem('notFound');
  if (row.state === 'closed') throw problem('questionClosed');
  if (member.left_at !== null) throw problem('memberLeft');
  return { row, member };
};
const lockedQuestion = (trx: Trx, question: string): Promise<QuestionRow> =>
  trx
    .selectFrom('expert_question')
    .selectAll()
    .where('id', '=', question)
    .forUpdate()
    .executeTakeFirstOrThrow();

/** A member's opinion, once. Throws `questionClosed`, `memberLeft`, `opinionGiven` (409), `notFound` for no member. */
export const giveOpinion = (
  db: Kysely<ExpertTables>,
  pack: ResolvedPack,
  question: string,
  { stance, opinion }: { stance: OpinionStance; opinion: string },
  by: ExpertBy,
): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const { row, member } = await openFor(trx, question, by.id);
    const opinionHash = jsonHash({ question, expert: member.expert, stance, opinion });
    const given = await trx
      .insertInto('expert_opinion')
      .values({
        ...{ question, expert: member.expert, stance, opinion, opinion_hash: opinionHash, given_at: by.at },
      })
      .onConflict((conflict) => conflict.columns(['question', 'expert']).doNothing())
      .returning('expert')
      .executeTakeFirst();
    if (!given) throw problem('opinionGiven');
    await told(trx, pack, row, by, {
      ...{ type: 'expertQuestion.answered.v1', key: `answered/${member.expert}` },
      data: { expert: member.expert, stance, opinionHash },
    });
  });

/**
 * A member declares a conflict and leaves the question; the conflict is on record for the pool too. What was said
 * before stands in the table and counts no more. Throws `questionClosed`, `memberLeft` (409), `notFound`.
 */
export const leaveQuestion = (
  db: Kysely<ExpertTables>,
  pack: ResolvedPack,
  question: string,
  declared: Declared,
  by: ExpertBy,
): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const { row, member } = await openFor(trx, question, by.id);
    const { expert, organisation } = member;
    await declareWithin(trx, { id: expert, organisation, jurisdiction: row.jurisdiction }, declared, by);
    await trx
      .updateTable('expert_question_member')
      .set({ left_at: by.at, left_ground: declared.ground, left_body: declared.body })
      .where('question', '=', question)
      .where('expert', '=', expert)
      .execute();
    await told(trx, pack, row, by, {
      ...{ type: 'expertQuestion.memberLeft.v1', key: `left/${expert}` },
      data: {
        expert,
        body: declared.body,
        ground: declared.ground,
        ...restsOn(pack, 'expertCommittee', 'conflictedMember'),
      },
    });
  });

/** What is published of a question: stances and opinions by number of the expert, no names. */
const published = (row: QuestionRow, conclusion: string, opinions: readonly OpinionRow[]) => ({
  ...{
    question: row.id,
    task: row.task,
    caseNo: row.case_no,
    title: row.title,
    text: row.question,
    conclusion,
  },
  opinions: opinions.map(({ stance, opinion }) => ({ stance, opinion })),
});

/**
 * The bureau closes a question once every member who stayed has answered, and one at least. Opinions are published
 * where the rules say so, and kept with the case else. Throws `questionClosed`, `opinionsMissing` (409).
 */
export const closeQuestion = (
  db: Kysely<ExpertTables>,
  pack: ResolvedPack,
  question: string,
  conclusion: string,
  by: ExpertBy,
): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const row = await lockedQuestion(trx, question);
    if (row.state === 'closed') throw problem('questionClosed');
    const members = await trx
      .selectFrom('expert_question_member')
      .selectAll()
      .where('question', '=', question)
      .orderBy('expert')
      .execute();
    const given = await trx
      .selectFrom('expert_opinion')
      .selectAll()
      .where('question', '=', question)
      .orderBy('expert')
      .execute();
    const staying = members.filter(({ left_at: left }) => left === null).map(({ expert }) => expert);
    const opinions = given.filter(({ expert }) => staying.includes(expert));
    const silent = staying.filter((expert) => !opinions.some((one) => one.expert === expert));
    if (silent.length > 0 || opinions.length === 0)
      throw problem('opinionsMissing', {
        errors: silent.map((expert) => ({
          ...{ pointer: '/body', code: 'opinionMissing' },
          message: { zh: `专家 ${expert} 未出具意见`, en: `${expert} has yet to answer` },
        })),
      });
    const { id, role, organisation, at } = by;
    const made =
      ruleOf(pack, 'expertCommittee', 'opinions').value === 'published'
        ? await publish(trx, {
            ...{ jurisdiction: row.jurisdiction, kind: 'expertOpinions', subject: row.case_no ?? row.id },
            title: { zh: `专家论证意见：${row.title}`, en: `Opinions of experts: ${row.title}` },
            content: published(row, conclusion, opinions),
            from: businessDateOf(at.getTime()),
            rests: restsOn(pack, 'expertCommittee', 'opinions'),
            ...{ actor: { id, role, organisation }, at },
          })
        : null;
    const publication = made?.publication ?? null;
    await trx
      .updateTable('expert_question')
      .set({ state: 'closed', conclusion, closed_at: at, publication })
      .where('id', '=', question)
      .execute();
    await told(trx, pack, row, by, {
      ...{ type: 'expertQuestion.closed.v1', key: 'closed' },
      data: {
        ...{ members: staying.length, opinions: opinions.length, publication },
        conclusionHash: jsonHash({ question, conclusion }),
      },
    });
  });
