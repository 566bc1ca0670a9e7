/** Bids of a selection (O1, O2): sealed until the opening, opened, examined. */
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { RecordInForce } from '@gongshu/infra/incidents/record-in-force';
import { procedureFor, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { handlersOf } from '@gongshu/infra/procedures/view';
import { businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import { reaches } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { recordsInForce } from '../credit-records/in-force.ts';
import { actRoute } from '../selections/act-route.ts';
import { BidReceipt } from '../selections/bid-answers.ts';
import { Bid, closedBox, takeBid, unsealed, withdrawBid } from '../selections/bids.ts';
import { caseOf, clauseOf, type SelectionDeps } from '../selections/deps.ts';
import { seedOf } from '../selections/draw.ts';
import { Examination, examined } from '../selections/examine.ts';
import { Body } from '../selections/opening.ts';

/** A bid with its files: larger than a form. */
const bidLimit = 16 * 1024 * 1024;

const BidView = z
  .object({
    bidder: z.string(),
    envelopeHash: z.string(),
    receivedAt: z.iso.datetime({ offset: true }),
    valid: z.boolean().nullable().describe('Null until it is examined'),
    conditions: z
      .array(z.record(z.string(), z.unknown()))
      .nullable()
      .describe('Each condition as it was judged'),
    creditRecords: z
      .array(RecordInForce)
      .nullable()
      .describe('Measures in force on the day of the question (X1); null for a body that reads of another'),
    creditRecordsExamined: z
      .array(RecordInForce)
      .nullable()
      .describe(
        'As they stood when the bids were examined; null before, and for a body that reads of another',
      ),
  })
  .meta({ id: 'Bid' });

/** As it was kept; of bids examined before records were, there are none. */
type JudgedBid = {
  bidder: string;
  conditions: Record<string, unknown>[];
  creditRecords?: RecordInForce[];
};

const before = new Set(['consultation', 'announcement', 'bidding', 'opening']);

export const selectionBidRoutes =
  (deps: SelectionDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const find = (request: Parameters<typeof procedureFor>[1], caseNo: string) =>
      procedureFor(deps as never, request, 'selection', caseNo);
    /** Nobody, whatever the role, reads of bids before they are opened. */
    const mustBeOpened = (row: ProcedureRow): void => {
      const { state } = caseOf(row);
      if (before.has(state.stage) || (state.bids ?? []).length === 0)
        throw problem('bidsSealed', clauseOf(deps.packs.resolve(row.jurisdiction), 'bidsSealedUntil'));
    };

    app.post(
      '/v1/selections/:caseNo/bids',
      {
        config: { act: 'submitBid', sealed: true },
        bodyLimit: bidLimit,
        logLevel: 'silent',
        schema: {
          summary:
            '密封申报 · A bid, sealed until the opening; again replaces it until the close (national art. 12)',
          params: ProcedureParams,
          headers: IdempotencyKey,
          body: Bid,
          response: { 201: BidReceipt, ...problems(400, 401, 403, 404, 409, 413, 422) },
        },
      },
      async (request, reply) => {
        const { jurisdiction, organisation } = request.actor;
        request.mustBeAllowed({ jurisdiction, owner: organisation });
        const row = await find(request, request.params.caseNo);
        return reply
          .code(201)
          .send(
            await takeBid(
              deps,
              row,
              { bidder: organisation ?? '', key: request.idempotencyKey },
              request.body,
            ),
          );
      },
    );

    app.post(
      '/v1/selections/:caseNo/bids/withdrawal',
      {
        config: { act: 'submitBid', sealed: true },
        logLevel: 'silent',
        schema: {
          summary: '撤回申报 · A bidder withdraws its own bid before the close',
          params: ProcedureParams,
          headers: IdempotencyKey,
          body: z.strictObject({}),
          response: { 200: BidReceipt, ...problems(400, 401, 403, 404, 409, 422) },
        },
      },
      async (request) => {
        const { jurisdiction, organisation } = request.actor;
        request.mustBeAllowed({ jurisdiction, owner: organisation });
        const row = await find(request, request.params.caseNo);
        return withdrawBid(deps, row, { bidder: organisation ?? '', key: request.idempotencyKey });
      },
    );

    app.get(
      '/v1/selections/:caseNo/bids/own',
      {
        config: { act: 'readOwnBid', sealed: true },
        logLevel: 'silent',
        schema: {
          summary: 'A bidder reads its own bid, with its receipt and what proves it',
          params: ProcedureParams,
          response: {
            200: BidReceipt.extend({ bid: Bid, nonce: z.string() }).meta({ id: 'OwnBid' }),
            ...problems(400, 401, 403, 404),
          },
        },
      },
      async (request) => {
        const { jurisdiction, organisation } = request.actor;
        request.mustBeAllowed({ jurisdiction, owner: organisation });
        const { case_no: caseNo } = await find(request, request.params.caseNo);
        const own = await deps.db
          .selectFrom('sealed_bid')
          .selectAll()
          .where('case_no', '=', caseNo)
          .where('bidder', '=', organisation ?? '')
          .where('envelope', 'is not', null)
          .executeTakeFirst();
        const opened =
          own &&
          unsealed(deps.sealing, caseNo, {
            ...own,
            envelope: own.envelope ?? '',
            envelopeHash: own.envelope_hash,
          });
        if (!own || !opened) throw problem('noBid');
        const receivedAt = toInstantText(own.received_at.getTime());
        return { caseNo, envelopeHash: own.envelope_hash, receivedAt, bid: opened.bid, nonce: opened.nonce };
      },
    );

    app.get(
      '/v1/selections/:caseNo/bids',
      {
        config: { act: 'readSelections' },
        schema: {
          summary:
            'Bids as they were opened, with the hash and instant of each receipt; none before (national art. 12)',
          params: ProcedureParams,
          response: { 200: z.object({ items: z.array(BidView) }), ...problems(400, 401, 403, 404, 409) },
        },
      },
      async (request) => {
        const row = await find(request, request.params.caseNo);
        const handlers = await handlersOf(deps.db as never, row.case_no);
        request.mustBeAllowed({ jurisdiction: row.jurisdiction, handlers });
        mustBeOpened(row);
        const { state } = caseOf(row);
        const box = new Map((await closedBox(deps, row)).map((one) => [one.bidder, one]));
        const examination = await deps.db
          .selectFrom('procedure_entry')
          .select('data')
          .where('case_no', '=', row.case_no)
          .where('kind', '=', 'bidsExamined')
          .executeTakeFirst();
        const judged = await deps.db
          .selectFrom('selection_finding')
          .select('findings')
          .where('case_no', '=', row.case_no)
          .where('findings_hash', '=', z.string().catch('').parse(examination?.data['findingsHash']))
          .executeTakeFirst();
        const judgedOf = new Map(
          ((judged?.findings ?? []) as JudgedBid[]).map((one) => [one.bidder, one] as const),
        );
        const onRecord = await recordsInForce(deps.db, {
          ...{ jurisdiction: row.jurisdiction, bodies: state.bids.map(({ bidder }) => bidder) },
          on: businessDateOf((await request.lawNow()).getTime()),
        });
        // Bidders compete: of the others' records a bidder reads nothing. Who decides, and who oversees, reads them all.
        const { actor } = request;
        const all =
          reaches(actor, 'readSelections').includes('jurisdiction') || actor.roles.includes('expert');
        const readsOf = (bidder: string) => all || bidder === actor.organisation;
        return {
          items: state.bids.map(({ bidder, receivedAt, valid }) => ({
            ...{ bidder, envelopeHash: box.get(bidder)?.envelopeHash ?? '', valid },
            receivedAt: toInstantText(receivedAt),
            conditions: judgedOf.get(bidder)?.conditions ?? null,
            creditRecords: readsOf(bidder) ? (onRecord.get(bidder) ?? []) : null,
            creditRecordsExamined: readsOf(bidder) ? (judgedOf.get(bidder)?.creditRecords ?? null) : null,
          })),
        };
      },
    );

    app.get(
      '/v1/selections/:caseNo/bids/:bidder',
      {
        config: { act: 'readSelections' },
        schema: {
          summary: 'One bid after the opening: for the bureau and the panel',
          params: ProcedureParams.extend({ bidder: Body }),
          response: {
            200: BidReceipt.extend({ bidder: z.string(), bid: Bid, nonce: z.string() }).meta({
              id: 'OpenedBid',
            }),
            ...problems(400, 401, 403, 404, 409),
          },
        },
      },
      async (request) => {
        const { caseNo, bidder } = request.params;
        const row = await find(request, caseNo);
        const handlers = await handlersOf(deps.db as never, caseNo);
        request.mustBeAllowed({ jurisdiction: row.jurisdiction, handlers });
        if (!request.actor.roles.some((role) => role === 'bureau' || role === 'expert'))
          throw problem('forbidden', { params: { act: 'readSelections' } });
        mustBeOpened(row);
        const sealed = (await closedBox(deps, row)).find((one) => one.bidder === bidder);
        const opened = sealed && unsealed(deps.sealing, caseNo, sealed);
        if (!sealed || !opened) throw problem('notFound');
        const { envelopeHash, receivedAt } = sealed;
        return {
          caseNo,
          bidder,
          envelopeHash,
          receivedAt: toInstantText(receivedAt),
          bid: opened.bid,
          nonce: opened.nonce,
        };
      },
    );

    actRoute(app, deps, {
      ...{
        path: 'opening',
        permission: 'manageSelection',
        rule: 'bidsSealedUntil',
        body: z.strictObject({}),
      },
      summary:
        '开启 · Opens the bids after the close, lists them, and tells the seed of the draw (national art. 12)',
      make: async (_given, { request, row }) => {
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        if (!['bidding', 'opening'].includes(row.stage))
          throw problem('stepNotReached', {
            params: { stage: row.stage },
            ...clauseOf(deps.packs.resolve(row.jurisdiction), 'bidsSealedUntil'),
          });
        const bids = await closedBox(deps, row);
        if (bids.length > 100) throw problem('bidsTooMany');
        const seed = await seedOf(deps, row);
        return {
          act: {
            kind: 'openBids',
            seed,
            bids: bids.map(({ bidder, envelopeHash, receivedAt }) => ({ bidder, envelopeHash, receivedAt })),
          },
        };
      },
    });

    actRoute(app, deps, {
      ...{ path: 'examination', permission: 'manageSelection', rule: 'conditions', body: Examination },
      summary:
        '资格审查 · Judges each condition of each bid; too few valid ones fail the selection (national art. 12)',
      make: async (given, { request, row }) => {
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        const on = businessDateOf((await request.lawNow()).getTime());
        const { findings, details, findingsHash, conflicted } = await examined(deps, row, given, on);
        return {
          act: { kind: 'examineBids', findings, conflicted, findingsHash },
          also: async (trx, { receivedAt }) => {
            await (trx as unknown as typeof deps.db)
              .insertInto('selection_finding')
              .values({
                ...{ case_no: row.case_no, findings_hash: findingsHash, given_at: receivedAt },
                findings: JSON.stringify(details) as never,
              })
              .onConflict((conflict) => conflict.doNothing())
              .execute();
          },
        };
      },
    });
  };
