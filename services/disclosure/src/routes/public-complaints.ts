/** Complaining over REST (投诉举报, S4): without an account, by number and code afterwards. Nothing of it is logged. */
import { byAddress } from '@gongshu/infra/http/address';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { sendDocument } from '@gongshu/infra/documents/send';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type Attachment, Attachments, broughtOf, jsonBytes } from '../complaints/attached.ts';
import { ComplaintGiven, ComplaintNo, ComplaintText } from '../complaints/given.ts';
import { actAsComplainant, complaintStatus, ownLetter, type OwnAct } from '../complaints/own.ts';
import type { ComplaintTables } from '../complaints/tables.ts';
import { takeComplaint } from '../complaints/take.ts';
import type { DisclosureDeps } from '../deps.ts';
import { fewLargeBodies } from '../large-bodies.ts';

/** A flood from one address is stopped here; whoever has something to complain about has not thirty things an hour. */
export const complaintLimit = { max: 30, timeWindow: 3_600_000 } as const;
/** Nobody guesses eighty bits at this pace. */
export const statusLimit = { max: 60, timeWindow: 60_000 } as const;

const Instant = z.iso.datetime({ offset: true });
const Handed = z.enum(['taken', 'delivered']);
const NumberAndCode = z.object({
  number: ComplaintNo,
  code: z
    .string()
    .max(24)
    .regex(/^([0-9A-Za-z]{4}-?){3}[0-9A-Za-z]{4}$/),
});

const Receipt = z
  .object({
    ...{ number: z.string(), receipt: z.string(), receivedAt: Instant, state: Handed },
    hash: z.string().describe('With the number of the receipt it can be verified'),
    code: z.string().describe('Told here alone: keep it'),
  })
  .meta({ id: 'ComplaintReceipt' });
const Status = z
  .object({
    ...{ number: z.string(), about: z.string(), stage: z.string(), outcome: z.string().nullable() },
    ...{ result: z.string().nullable(), receivedAt: Instant },
    limit: z
      .object({
        ...{ key: z.string(), lastDay: z.iso.date().nullable() },
        onSilence: z
          .literal('deemedAccepted')
          .nullable()
          .describe('What follows if nobody answers by the last day: accepted as of its receipt'),
      })
      .nullable(),
    acts: z.array(z.string()).describe('What may be done with number and code now'),
    told: z.array(z.object({ kind: z.string(), at: Instant, words: z.string().nullable() })),
    letters: z
      .array(z.object({ hash: z.string(), title: z.string(), mediaType: z.string(), bytes: z.int() }))
      .describe('Documents that came with the answer; none to whom its words are withheld'),
  })
  .meta({ id: 'ComplaintStatus' });
const OwnReceipt = z
  .object({
    number: z.string(),
    act: z.string(),
    receipt: z.string(),
    receivedAt: Instant,
    hash: z.string(),
    state: Handed,
  })
  .meta({ id: 'ComplaintActReceipt' });

const acts = [
  {
    ...{ path: 'facts', kind: 'supplyFacts' as const, files: true },
    summary: '补充材料 · Supplies what was asked back, once (S4)',
  },
  {
    ...{ path: 'review-requests', kind: 'requestReview' as const, files: false },
    summary: '申请复核 · Asks for a review of the answer, within the pack’s limit (S4)',
  },
  {
    ...{ path: 'withdrawals', kind: 'withdrawComplaint' as const, files: false },
    summary: '撤回投诉 · Withdraws the complaint before it is answered (S4)',
  },
];

export const publicComplaintRoutes =
  (deps: DisclosureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const preParsing = fewLargeBodies();
    app.post(
      '/v1/complaints',
      {
        ...{ bodyLimit: jsonBytes, preParsing },
        config: { act: 'publicComplaint', sealed: true, rateLimit: { ...complaintLimit, ...byAddress } },
        schema: {
          summary: '投诉举报 · Complains, by name or anonymously; answers number and code (S4)',
          headers: IdempotencyKey,
          body: ComplaintGiven,
          response: { 201: Receipt, 202: Receipt, ...problems(400, 401, 403, 404, 408, 409, 422, 429, 503) },
        },
      },
      async (request, reply) => {
        const given = { ...request.body, attachments: broughtOf(request.body.attachments) };
        const taken = await takeComplaint(deps, given, {
          ...{ actor: request.actor, key: request.idempotencyKey, lawNow: await request.lawNow() },
        });
        return reply.code(taken.state === 'delivered' ? 201 : 202).send(taken);
      },
    );

    // Asked by POST: the code is a secret, and addresses stand in logs and histories.
    app.post(
      '/v1/complaints/status',
      {
        config: {
          ...{ act: 'publicComplaintStatus', sealed: true, changes: false },
          rateLimit: { ...statusLimit, ...byAddress },
        },
        schema: {
          summary: 'What became of a complaint, for who has its number and code (S4)',
          body: z.strictObject(NumberAndCode.shape),
          response: { 200: Status, ...problems(400, 401, 403, 404, 429) },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        return complaintStatus(deps.db as unknown as Kysely<ComplaintTables>, request.body);
      },
    );

    app.post(
      '/v1/complaints/letters',
      {
        config: {
          ...{ act: 'publicComplaintStatus', sealed: true, changes: false },
          rateLimit: { ...statusLimit, ...byAddress },
        },
        schema: {
          summary: 'A document that came with the answer, for who has number and code (S4)',
          body: z.strictObject({ ...NumberAndCode.shape, hash: DocumentHash }),
          response: {
            200: {
              description: 'The file, under its media type',
              content: { 'application/octet-stream': { schema: z.any() } },
            },
            ...problems(400, 401, 403, 404, 409, 410, 429),
          },
        },
      },
      async (request, reply) => {
        const { hash, ...own } = request.body;
        const letter = await ownLetter(deps.db as unknown as Kysely<ComplaintTables>, own, hash);
        return sendDocument(reply, deps.documents, letter) as never;
      },
    );

    for (const { path, kind, files, summary } of acts)
      app.post(
        `/v1/complaints/${path}`,
        {
          ...(files && { bodyLimit: jsonBytes, preParsing }),
          config: {
            ...{ act: 'publicComplaintStatus', sealed: true },
            rateLimit: { ...statusLimit, ...byAddress },
          },
          schema: {
            summary,
            headers: IdempotencyKey,
            body: z.strictObject({
              ...NumberAndCode.shape,
              ...(kind !== 'withdrawComplaint' && { text: ComplaintText }),
              ...(files && { attachments: Attachments }),
            }),
            response: {
              200: OwnReceipt,
              202: OwnReceipt,
              ...problems(400, 401, 403, 404, 408, 409, 422, 429, 503),
            },
          },
        },
        async (request, reply) => {
          const { number, code, text, attachments } = request.body as z.output<typeof NumberAndCode> &
            Partial<Pick<OwnAct, 'text'>> & { attachments?: Attachment[] };
          const made = await actAsComplainant(
            deps,
            { number, code },
            { kind, text: text ?? null, attachments: broughtOf(attachments ?? []) },
            request.idempotencyKey,
          );
          return reply.code(made.state === 'delivered' ? 200 : 202).send(made);
        },
      );
  };
