/** Acting on a running case: who may, on which turn, taken in and handed on, with the receipt as answer. */
import type { ApplicationTable, ApplicationTables, IntakeText, TurnTable } from './tables.ts';
import { receiptHash } from '../intake/receipts.ts';
import { receiptFor, type Taken, takeIn } from '../intake/take.ts';
import type { UpdateAct } from '@gongshu/shared/application/messages';
import type { Step } from '@gongshu/shared/application/types';
import { toInstantText } from '@gongshu/shared/business-date';
import { lifecycles } from '@gongshu/shared/lifecycle';
import { type Act, type ActObject, type Actor, actingRole } from '@gongshu/shared/may';
import { type ArticleRef, type ProblemCode, problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Selectable, Transaction } from 'kysely';
import { z } from 'zod';
import type { CaseDeps } from './deps.ts';
import { actObjectOf } from './visible.ts';

/** What is done to a case by the bodies that handle it. */
const handling: ReadonlySet<Act> = new Set<Act>([
  'acceptApplication',
  'returnApplication',
  'checkApplication',
  'directCheck',
  'decideReview',
  'returnReview',
  'requestExtension',
  'decideExtension',
]);

/** Whether the act is a handler's, and the actor is he who applied, or of the body that did. */
export const isOwnCase = (
  actor: Actor,
  act: Act,
  application: Pick<ApplicationRow, 'submitted_by' | 'applicant_organisation'>,
): boolean =>
  handling.has(act) &&
  (actor.id === application.submitted_by || actor.organisation === application.applicant_organisation);

export type ApplicationRow = Selectable<ApplicationTable>;
export type TurnRow = Selectable<TurnTable>;

/** What a person gets for an act. `taken`: Temporal is away, the act counts from `receivedAt` and is delivered on its return. */
export const Receipt = z
  .object({
    receipt: z.string(),
    act: z.string(),
    caseNo: z.string(),
    turn: z.string().nullable(),
    receivedAt: z.string(),
    hash: z.string().describe('Over the canonical JSON of receipt, jurisdiction, act, caseNo and receivedAt'),
    state: z.enum(['taken', 'delivered', 'parked', 'struckOut', 'refused']),
  })
  .meta({ id: 'Receipt' });

/** The case of the address, if the actor may do this with it. Throws `notFound`, `forbidden`, `actorIsApplicant` (403). */
export const caseFor = async (
  deps: CaseDeps,
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
  const object = { ...(await actObjectOf(deps.db, application)), ...(assignee !== null && { assignee }) };
  request.mustBeAllowed(object, act);
  if (isOwnCase(request.actor, act, application)) throw problem('actorIsApplicant');
  return { application, object };
};

/** The turn of a step, if it has begun. Throws `turnNotOpen`, or `notFound` for a body that does not review here. */
export const turnFor = async (
  deps: CaseDeps,
  application: ApplicationRow,
  step: Step,
  organisation: string,
): Promise<TurnRow> => {
  // By its body, not by its number: a successor answers for turns that began as another's; an open one first.
  const turn = await deps.db
    .selectFrom('turn')
    .selectAll()
    .where('case_no', '=', application.case_no)
    .where('step', '=', step)
    .where('organisation', '=', organisation)
    .orderBy((eb) => eb('outcome', '=', 'open'), 'desc')
    .orderBy('turn_id')
    .executeTakeFirst();
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
  /** Tells several acts of one request apart: each is one, however often the request comes. */
  part?: string;
  /** What is asked and written with the act's row, all or none; what it throws refuses the act. */
  also?: (trx: Transaction<ApplicationTables>, taken: Taken) => Promise<void>;
};

/** Takes the act in and hands it on: its receipt, `taken` while Temporal is away. Throws the refusal. */
export const takeAct = async (
  deps: CaseDeps,
  request: FastifyRequest,
  { act, permission, application, object, turn, message, payload, text, part, also }: ActOnCase,
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
    async (trx, taken) => {
      await also?.(trx, taken);
      return { ...base, payload: { ...payload, act: message(taken.receipt) } };
    },
    {
      service: lifecycles[application.lifecycle].service,
      receipt: receiptFor(
        id,
        `${request.idempotencyKey}${part === undefined ? '' : ` ${part}`}`,
        request.url,
      ),
    },
  );
  const { state, code } = await deps.deliver(receipt);
  if (state === 'refused') throw refuse(application, turn, code ?? 'alreadyDecided');
  return {
    receipt,
    act,
    caseNo: application.case_no,
    turn: turn?.turn_id ?? null,
    receivedAt: toInstantText(receivedAt.getTime()),
    hash: receiptHash({ ...base, receipt, receivedAt }),
    state,
  };
};

/** The same as an answer: 200 with the receipt, 202 while Temporal is away. Throws the refusal. */
export const actOnCase = async (
  deps: CaseDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  given: ActOnCase,
): Promise<z.output<typeof Receipt>> => {
  const receipt = await takeAct(deps, request, given);
  void reply.code(receipt.state === 'delivered' ? 200 : 202);
  return receipt;
};
