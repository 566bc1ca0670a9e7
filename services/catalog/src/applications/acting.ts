/** Acting on a running case: who may, on which turn, taken in and handed on, with the receipt as answer. */
import type { ApplicationTable, IntakeText, TurnTable } from '@gongshu/infra/application-tables';
import { receiptFor, takeIn } from '@gongshu/infra/intake/take';
import { turnId } from '@gongshu/shared/application/ids';
import type { Step } from '@gongshu/shared/application/types';
import { toInstantText } from '@gongshu/shared/business-date';
import { type Act, type ActObject, actingRole } from '@gongshu/shared/may';
import { articleOf, ruleOf } from '@gongshu/shared/packs/pack';
import type { DataUseApplicationRules } from '@gongshu/shared/packs/topics/data-use-application';
import { type ArticleRef, type ProblemCode, problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { ApplicationDeps } from './deps.ts';
import type { UpdateAct } from './hand.ts';

export type ApplicationRow = Selectable<ApplicationTable>;
export type TurnRow = Selectable<TurnTable>;

export const CaseNo = z.string().regex(/^[0-9A-Z]{2,12}-SQ-\d{4}-\d{6,9}$/);
export { OrganisationId } from '@gongshu/shared/organisation-id';
export const CaseParams = z.object({ caseNo: CaseNo });

/** The clause a rule of applications rests on, to stand beside a refusal; nothing where the text is silent. */
export const articleIn = (
  packs: ApplicationDeps['packs'],
  jurisdiction: string,
  key: keyof DataUseApplicationRules,
): { article?: ArticleRef } => {
  const article = articleOf(ruleOf(packs.resolve(jurisdiction), 'dataUseApplication', key));
  return 'article' in article ? { article } : {};
};

/** What a person gets for an act. `taken`: Temporal is away, the act counts from `receivedAt` and is delivered on its return. */
export const Receipt = z
  .object({
    receipt: z.string(),
    act: z.string(),
    caseNo: z.string(),
    turn: z.string().nullable(),
    receivedAt: z.string(),
    state: z.enum(['taken', 'delivered', 'parked', 'struckOut', 'refused']),
  })
  .meta({ id: 'Receipt' });

/** The case as permission sees it. */
export const objectOf = async (
  deps: ApplicationDeps,
  application: ApplicationRow,
  assignee: string | null,
): Promise<ActObject> => {
  const reviewers = await deps.db
    .selectFrom('application_resource')
    .select('reviewer_organisation')
    .distinct()
    .where('case_no', '=', application.case_no)
    .execute();
  return {
    jurisdiction: application.jurisdiction,
    owner: application.applicant_organisation,
    handlers: [application.operator_organisation, ...reviewers.map((row) => row.reviewer_organisation)],
    ...(assignee !== null && { assignee }),
  };
};

/** The case of the address, if the actor may do this with it. Throws `notFound`, `forbidden`. */
export const caseFor = async (
  deps: ApplicationDeps,
  request: FastifyRequest,
  caseNo: string,
  act: Act,
  assignee: string | null = null,
): Promise<{ application: ApplicationRow; object: ActObject }> => {
  const application = await deps.db
    .selectFrom('application')
    .selectAll()
    .where('case_no', '=', caseNo)
    .executeTakeFirst();
  if (!application) throw problem('notFound');
  const object = await objectOf(deps, application, assignee);
  request.mustBeAllowed(object, act);
  return { application, object };
};

/** The turn of a step, if it has begun. Throws `turnNotOpen`, or `notFound` for a body that does not review here. */
export const turnFor = async (
  deps: ApplicationDeps,
  application: ApplicationRow,
  step: Step,
  organisation: string,
): Promise<TurnRow> => {
  const id = turnId(application.case_no, step, organisation);
  const turn = await deps.db.selectFrom('turn').selectAll().where('turn_id', '=', id).executeTakeFirst();
  if (turn) return turn;
  if (step === 'review') {
    const asked = await deps.db
      .selectFrom('application_resource')
      .select('resource_id')
      .where('case_no', '=', application.case_no)
      .where('reviewer_organisation', '=', organisation)
      .executeTakeFirst();
    if (!asked) throw problem('notFound');
  }
  throw problem(application.outcome === null ? 'turnNotOpen' : 'alreadyDecided');
};

/** The clause a refusal rests on: silence's where it has spoken, the limit's otherwise. */
const articleOfRefusal = (
  application: ApplicationRow,
  turn: TurnRow | null,
  code: ProblemCode,
): ArticleRef => {
  const { instrument, article, silenceArticle } = application.rules[turn?.step ?? application.stage];
  return { instrument, article: code === 'deadlinePassed' ? silenceArticle : article };
};

const refuse = (application: ApplicationRow, turn: TurnRow | null, code: ProblemCode) =>
  problem(code, {
    params: { deadline: turn?.deadline ? toInstantText(turn.deadline.getTime()) : '—' },
    article: articleOfRefusal(application, turn, code),
  });

export type ActOnCase = {
  act: UpdateAct;
  permission: Act;
  application: ApplicationRow;
  object: ActObject;
  /** `null` where the act is on the whole case. */
  turn: TurnRow | null;
  /** The act as the workflow takes it, without stamp and receipt. */
  message: (receipt: string) => object;
  /** Ids, codes and hashes that the tables need beside it. */
  payload?: Record<string, unknown>;
  text?: IntakeText;
};

/** Takes the act in, hands it on, and answers 200 with the receipt, 202 while Temporal is away, or the refusal. */
export const actOnCase = async (
  deps: ApplicationDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { act, permission, application, object, turn, message, payload, text }: ActOnCase,
): Promise<z.output<typeof Receipt>> => {
  const { id, organisation } = request.actor;
  const role = actingRole(request.actor, permission, object);
  const base = {
    act,
    jurisdiction: application.jurisdiction,
    caseNo: application.case_no,
    turnId: turn?.turn_id ?? null,
    workflowId: turn?.turn_id ?? application.case_no,
    actor: { id, role, organisation },
    ...(text && { text }),
  };
  const { receipt, receivedAt } = await takeIn(
    deps.db as never,
    base.caseNo,
    async (_trx, taken) => ({
      ...base,
      payload: { ...payload, act: message(taken.receipt) },
    }),
    { receipt: receiptFor(id, request.idempotencyKey, request.url) },
  );
  const { state, code } = await deps.deliver(receipt);
  if (state === 'refused') throw refuse(application, turn, code ?? 'alreadyDecided');
  void reply.code(state === 'delivered' ? 200 : 202);
  return {
    receipt,
    act,
    caseNo: application.case_no,
    turn: turn?.turn_id ?? null,
    receivedAt: toInstantText(receivedAt.getTime()),
    state,
  };
};
