/** The committee of a selection over REST (O3): drawn, in conflict, scoring, voting. */
import { procedureFor } from '@gongshu/infra/procedures/acting';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { handlersOf } from '@gongshu/infra/procedures/view';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { conflictsOf } from '@gongshu/infra/experts/conflicts';
import { jsonHash } from '@gongshu/infra/hash';
import { problems } from '@gongshu/infra/http/problems';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import { businessDateOf } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import { everySheet } from '@gongshu/shared/selection/panel';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actRoute } from '../selections/act-route.ts';
import { caseOf, clauseOf, type SelectionDeps } from '../selections/deps.ts';
import { drawnFor, keepDrawn, memberOf, newSeed } from '../selections/draw.ts';
import { conflictedIn } from '../selections/examine.ts';
import { Body } from '../selections/opening.ts';
import { counted, mustBeWhole, ranked, Sheet, sheetsOf } from '../selections/scoring.ts';

const nothing = z.strictObject({});
const SheetView = z
  .object({
    expert: z.string(),
    scores: z.array(
      z.object({ bidder: z.string(), criterion: z.string(), score: z.union([z.string(), z.number()]) }),
    ),
  })
  .meta({ id: 'SelectionSheet' });

export const selectionCommitteeRoutes =
  (deps: SelectionDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const packOf = ({ jurisdiction }: ProcedureRow) => deps.packs.resolve(jurisdiction);
    const onDay = async (request: FastifyRequest) => businessDateOf((await request.lawNow()).getTime());
    /** Bodies that handle the case, for acts of its experts. */
    const object = async ({ case_no: caseNo, jurisdiction }: ProcedureRow) => ({
      jurisdiction,
      handlers: await handlersOf(deps.db as never, caseNo),
    });
    /** The member who asks. Throws `notOnPanel` (403), `expertInConflict` (409) for one who has left. */
    const sitting = async (request: FastifyRequest, row: ProcedureRow): Promise<string> => {
      const member = await memberOf(deps, row, request.actor.id);
      const article = clauseOf(packOf(row), 'conflictedExpert');
      if (member?.left) throw problem('expertInConflict', article);
      if (!member?.sits) throw problem('notOnPanel', article);
      return member.id;
    };

    actRoute(app, deps, {
      ...{ path: 'seed', permission: 'manageSelection', rule: 'committee', body: nothing },
      summary: '登记抽取种子 · Draws a seed and tells its hash; the seed itself at the opening',
      make: (_given, { row }) => {
        const seed = newSeed(deps, row.case_no);
        return {
          act: { kind: 'commitSeed', seedHash: seed.seed_hash },
          also: async (trx) => {
            await (trx as unknown as typeof deps.db).insertInto('selection_seed').values(seed).execute();
          },
        };
      },
    });

    actRoute(app, deps, {
      ...{ path: 'committee', permission: 'manageSelection', rule: 'committee', body: nothing },
      summary:
        '抽取评审委员会 · Draws the committee from the pool by the seed committed (Shuozhou 六（一）, Wuhai 四（二）)',
      make: async (_given, { request, row }) => {
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        const drawn = await drawnFor(deps, row);
        const seated = ({ id, seat }: (typeof drawn.members)[number]) => ({ id, seat });
        return {
          act: {
            kind: 'drawCommittee',
            members: drawn.members.map(seated),
            substitutes: drawn.substitutes.slice(0, 100).map(seated),
            poolHash: drawn.poolHash,
          },
          also: (trx) => keepDrawn(trx as never, row.case_no, drawn),
        };
      },
    });

    actRoute(app, deps, {
      ...{ path: 'conflicts', permission: 'declareConflict', rule: 'conflictedExpert', body: nothing },
      summary: '专家回避 · An expert drawn declares a conflict and leaves the whole panel',
      make: async (_given, { request, row }) => {
        const { organisation } = request.actor;
        request.mustBeAllowed({ jurisdiction: row.jurisdiction, owner: organisation });
        const expert = await sitting(request, row);
        return {
          object: { jurisdiction: row.jurisdiction, owner: organisation },
          act: { kind: 'declareConflict', experts: [expert], source: 'declared' },
        };
      },
    });

    actRoute(app, deps, {
      ...{ path: 'conflict-checks', permission: 'manageSelection', rule: 'conflictedExpert', body: nothing },
      summary: '核查回避 · Experts tied to a bidder by employment or ownership as now known leave the panel',
      make: async (_given, { request, row }) => {
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        const { state } = caseOf(row);
        const found = new Set(await conflictedIn(deps, row, await onDay(request)));
        const experts = (state.panel ?? []).map(({ id }) => id).filter((id) => found.has(id));
        return { act: { kind: 'declareConflict', experts, source: 'ownership' } };
      },
    });

    actRoute(app, deps, {
      ...{ path: 'sheets', permission: 'scoreBids', rule: 'assessment', body: Sheet },
      summary: '提交评分表 · An expert hands in a whole sheet, once (Shuozhou 六（一）, Wuhai 四（二）)',
      make: async (sheet, { request, row }) => {
        const on = await object(row);
        request.mustBeAllowed(on);
        if (row.stage !== 'assessment')
          throw problem('stepNotReached', {
            params: { stage: row.stage },
            ...clauseOf(packOf(row), 'assessment'),
          });
        const expert = await sitting(request, row);
        const { state } = caseOf(row);
        const { jurisdiction, case_no: caseNo } = row;
        const bodies = state.bids.map(({ bidder }) => bidder);
        const tied = await conflictsOf(deps.db, { jurisdiction, expert, bodies, on: await onDay(request) });
        if (tied.length > 0) throw problem('expertInConflict', clauseOf(packOf(row), 'conflictedExpert'));
        if (!state.sheets.includes(expert)) mustBeWhole(packOf(row), row, expert, sheet);
        return {
          object: on,
          act: { kind: 'submitSheet', expert, sheetHash: jsonHash({ caseNo, expert, ...sheet }) },
          also: async (trx, { receipt }) => {
            await (trx as unknown as typeof deps.db)
              .insertInto('selection_sheet')
              .values({
                ...{ receipt, case_no: caseNo, round: state.round, expert, accepted_at: null },
                scores: JSON.stringify(sheet.scores) as never,
              })
              .execute();
          },
        };
      },
    });

    app.get(
      '/v1/selections/:caseNo/sheets',
      {
        config: { act: 'readSelections' },
        schema: {
          summary: 'Sheets of the panel once every one is in; before, an expert reads its own',
          params: ProcedureParams,
          response: {
            200: z.object({ complete: z.boolean(), items: z.array(SheetView) }),
            ...problems(400, 401, 403, 404),
          },
        },
      },
      async (request) => {
        const row = await procedureFor(deps as never, request, 'selection', request.params.caseNo);
        request.mustBeAllowed(await object(row));
        const { state } = caseOf(row);
        const complete = (state.panel ?? []).length > 0 && everySheet(state);
        const own = complete ? undefined : await memberOf(deps, row, request.actor.id);
        const all = complete || own ? await sheetsOf(deps, row) : [];
        return { complete, items: complete ? all : all.filter(({ expert }) => expert === own?.id) };
      },
    );

    actRoute(app, deps, {
      path: 'feasibility',
      ...{ permission: 'manageSelection', rule: 'assessment' },
      summary: '可行性论证 · The committee’s opinion on feasibility, where the pack asks (Shuozhou 六（一）)',
      body: z.strictObject({ document: DocumentHash, feasible: z.boolean() }),
      make: ({ document, feasible }) => ({
        act: { kind: 'recordFeasibility', document, feasible },
        documents: [{ hash: document, role: 'feasibilityOpinion', pointer: '/body/document' }],
      }),
    });

    actRoute(app, deps, {
      ...{ path: 'assessment', permission: 'manageSelection', rule: 'assessment', body: nothing },
      summary:
        '汇总评审 · Ranks the bids once every sheet is in; closes the vote where the panel had to decide a tie',
      make: async (_given, { request, row }) => {
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        if (row.stage === 'tieVote') return { act: await counted(deps, packOf(row), row) };
        if (row.stage !== 'assessment')
          throw problem('stepNotReached', {
            params: { stage: row.stage },
            ...clauseOf(packOf(row), 'assessment'),
          });
        return { act: await ranked(deps, packOf(row), row) };
      },
    });

    actRoute(app, deps, {
      ...{ path: 'votes', permission: 'scoreBids', rule: 'lastTie' },
      summary: '并列表决 · A member of the panel votes on a tie for the first place',
      body: z.strictObject({ bidder: Body }),
      make: async ({ bidder }, { request, row }) => {
        const on = await object(row);
        request.mustBeAllowed(on);
        if (row.stage !== 'tieVote')
          throw problem('stepNotReached', {
            params: { stage: row.stage },
            ...clauseOf(packOf(row), 'lastTie'),
          });
        const expert = await sitting(request, row);
        const { state } = caseOf(row);
        if (!state.tied?.includes(bidder)) throw problem('notTied', clauseOf(packOf(row), 'lastTie'));
        return {
          object: on,
          act: { kind: 'voteOnTie', expert },
          also: async (trx, { receipt }) => {
            await (trx as unknown as typeof deps.db)
              .insertInto('selection_vote')
              .values({
                ...{ receipt, case_no: row.case_no, round: state.round, tie_round: state.tieRound },
                ...{ expert, bidder, accepted_at: null },
              })
              .execute();
          },
        };
      },
    });
  };
