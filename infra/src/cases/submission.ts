/** Submitting a case over REST, whichever lifecycle it is of. */
import { toInstantText } from '@gongshu/shared/business-date';
import { actingRole } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { problems } from '../http/problems.ts';
import { receiptHash } from '../intake/receipts.ts';
import type { Taken } from '../intake/take.ts';
import { Receipt } from './acting.ts';
import type { CaseDeps } from './deps.ts';

export type Submitter = { id: string; role: string; organisation: string; jurisdiction: string };

export const submissionAnswers = {
  201: Receipt,
  202: Receipt,
  ...problems(400, 401, 403, 404, 409, 422, 503),
};

/**
 * Submits for the actor's body, and answers with the receipt: 201, or 202 while Temporal is away. `path` is where the
 * cases of the lifecycle stand. Throws `forbidden` for an actor without a body.
 */
export const answerSubmission = async (
  { deliver }: Pick<CaseDeps, 'deliver'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { act, path }: { act: string; path: string },
  submit: (by: Submitter, lawNow: Date) => Promise<Taken & { caseNo: string }>,
): Promise<z.output<typeof Receipt>> => {
  const { jurisdiction, organisation, id } = request.actor;
  const object = { jurisdiction, owner: organisation };
  request.mustBeAllowed(object, 'submitApplication');
  if (organisation === null) throw problem('forbidden', { params: { act: 'submitApplication' } });
  const role = actingRole(request.actor, 'submitApplication', object);
  const by = { id, role, organisation, jurisdiction };
  const { receipt, receivedAt, caseNo } = await submit(by, await request.lawNow());
  const { state } = await deliver(receipt);
  void reply.code(state === 'delivered' ? 201 : 202).header('location', `${path}/${caseNo}`);
  return {
    ...{ receipt, act, caseNo, state },
    turn: null,
    receivedAt: toInstantText(receivedAt.getTime()),
    hash: receiptHash({ receipt, jurisdiction, act, caseNo, receivedAt }),
  };
};
