import type { ExpertTables } from '@gongshu/infra/experts/tables';
import { toInstantText } from '@gongshu/shared/business-date';
import { conflictGrounds, expertTasks, opinionStances, questionStates } from '@gongshu/shared/experts/codes';
import type { Actor } from '@gongshu/shared/may';
import { citedArticle, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { membersOf, opinionsOf } from '../queries/expert-question.ts';
import type { MemberRow, OpinionRow, QuestionRow } from './questions.ts';

const Instant = z.iso.datetime({ offset: true });
export const QuestionView = z
  .object({
    question: z.string(),
    task: z.enum(expertTasks),
    caseNo: z.string().nullable(),
    title: z.string(),
    text: z.string(),
    bodies: z.array(z.string()),
    state: z.enum(questionStates),
    askedAt: Instant,
    conclusion: z.string().nullable(),
    closedAt: Instant.nullable(),
    publication: z.string().nullable().describe('Where its opinions are published'),
    article: z.object({ instrument: z.string(), article: z.string() }).nullable(),
    members: z.array(
      z.object({
        expert: z.string(),
        leftAt: Instant.nullable().describe('Left for a conflict of interest'),
        leftGround: z.enum(conflictGrounds).nullable(),
        stance: z.enum(opinionStances).nullable(),
        opinion: z.string().nullable().describe('For the bureau, and for who gave it'),
        opinionHash: z.string().nullable(),
        givenAt: Instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'ExpertQuestion' });
export type QuestionView = z.output<typeof QuestionView>;

const instant = (at: Date | null | undefined): string | null => (at ? toInstantText(at.getTime()) : null);

const memberView = (member: MemberRow, opinion: OpinionRow | undefined, actor: Actor) => {
  const reads = actor.roles.includes('bureau') || member.account === actor.id;
  return {
    ...{ expert: member.expert, leftAt: instant(member.left_at), leftGround: member.left_ground },
    // A member does not see how the others answered.
    stance: opinion && (reads || !actor.roles.includes('expert')) ? opinion.stance : null,
    opinion: opinion && reads ? opinion.opinion : null,
    opinionHash: opinion?.opinion_hash ?? null,
    givenAt: instant(opinion?.given_at),
  };
};

/** Questions as an actor may read them: opinions in words are the bureau's, and their authors'. */
export const questionViews = async (
  db: Kysely<ExpertTables>,
  rows: readonly QuestionRow[],
  actor: Actor,
  packOf: (jurisdiction: string) => ResolvedPack,
): Promise<QuestionView[]> => {
  const ids = rows.map(({ id }) => id);
  const members = await membersOf(db, ids);
  const opinions = await opinionsOf(db, ids);
  return rows.map((row) => ({
    ...{ question: row.id, task: row.task, caseNo: row.case_no, title: row.title, text: row.question },
    ...{ bodies: row.bodies, state: row.state, askedAt: toInstantText(row.asked_at.getTime()) },
    ...{ conclusion: row.conclusion, closedAt: instant(row.closed_at), publication: row.publication },
    article: citedArticle(ruleOf(packOf(row.jurisdiction), 'expertCommittee', 'committee')).article ?? null,
    members: members
      .filter(({ question }) => question === row.id)
      .map((member) =>
        memberView(
          member,
          opinions.find((one) => one.question === row.id && one.expert === member.expert),
          actor,
        ),
      ),
  }));
};
