import type { ExpertTables } from '@gongshu/infra/experts/tables';
import type { QuestionState } from '@gongshu/shared/experts/codes';
import { type Kysely, sql } from 'kysely';
import type { MemberRow, OpinionRow, QuestionRow } from '../experts/questions.ts';

/** Questions of a city, latest first; only those an account is asked where it is named. */
export const listQuestions = (
  db: Kysely<ExpertTables>,
  {
    jurisdiction,
    account,
    state,
    caseNo,
    after,
    limit,
  }: {
    jurisdiction: string;
    account: string | undefined;
    state: QuestionState | undefined;
    caseNo: string | undefined;
    after: [at: string, id: string] | undefined;
    limit: number;
  },
): Promise<QuestionRow[]> =>
  db
    .selectFrom('expert_question')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .$if(state !== undefined, (query) => query.where('state', '=', state as QuestionState))
    .$if(caseNo !== undefined, (query) => query.where('case_no', '=', caseNo as string))
    .$if(account !== undefined, (query) =>
      query.where(
        sql<boolean>`exists (
          select from expert_question_member
          where expert_question_member.question = expert_question.id
            and expert_question_member.account = ${account ?? ''}
        )`,
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(asked_at, id) < (${after?.[0] ?? ''}::timestamptz, ${after?.[1] ?? ''})`),
    )
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

export const findQuestion = (db: Kysely<ExpertTables>, id: string): Promise<QuestionRow | undefined> =>
  db.selectFrom('expert_question').selectAll().where('id', '=', id).executeTakeFirst();

/** Members and opinions of questions, by expert. */
export const membersOf = (db: Kysely<ExpertTables>, questions: readonly string[]): Promise<MemberRow[]> =>
  questions.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('expert_question_member')
        .selectAll()
        .where('question', 'in', [...questions])
        .orderBy('expert')
        .execute();
export const opinionsOf = (db: Kysely<ExpertTables>, questions: readonly string[]): Promise<OpinionRow[]> =>
  questions.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('expert_opinion')
        .selectAll()
        .where('question', 'in', [...questions])
        .orderBy('expert')
        .execute();
