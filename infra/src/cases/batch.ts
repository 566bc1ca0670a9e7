/** Several alike decided in one call, each judged and handed on as if it had come alone. */
import type { Step } from '@gongshu/shared/application/types';
import type { Act } from '@gongshu/shared/may';
import { problemBody } from '@gongshu/shared/problem-body';
import { Problem, problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { IdempotencyKey } from '../http/idempotency.ts';
import { languageOf } from '../http/language.ts';
import { ProblemDocument, problems } from '../http/problems.ts';
import { type ActOnCase, caseFor, Receipt, takeAct } from './acting.ts';
import { Acceptance, type CaseRoutes, Check } from './case-routes.ts';
import { acceptanceAct, type At, checkAct } from './decisions.ts';
import type { CaseDeps } from './deps.ts';

/** How a step is decided: by whom, with what body, as which act. */
export type Decider<B extends z.ZodType> = {
  permission: Act;
  body: B;
  act: (routes: CaseRoutes, at: At, body: z.output<B>) => ActOnCase;
};
// biome-ignore lint/suspicious/noExplicitAny: each step's act takes what its own body says
export type Deciders = Partial<Record<Step, Decider<any>>>;

/** The steps that every lifecycle has. */
export const deciders = {
  acceptance: { permission: 'acceptApplication', body: Acceptance, act: acceptanceAct },
  check: { permission: 'checkApplication', body: Check, act: checkAct },
} satisfies Deciders;

const TurnId = z.string().regex(/^[\w./-]{1,200}$/);
/** As the single route takes it, and the turn it decides; what a step takes is its own schema's to say. */
const Item = z.looseObject({ turn: TurnId, outcome: z.enum(['approve', 'refuse']) });
const Body = z.strictObject({ decisions: z.array(Item).min(1).max(100) }).check((context) => {
  const seen = new Set<string>();
  for (const [at, { turn }] of context.value.decisions.entries()) {
    if (seen.has(turn))
      context.issues.push({
        code: 'custom',
        input: turn,
        path: ['decisions', at, 'turn'],
        message: '同一环节列了两次 · repeated',
        params: { code: 'repeated' },
      });
    seen.add(turn);
  }
});
type Item = z.output<typeof Item>;

const Decided = z.object({
  turn: z.string(),
  receipt: Receipt.nullable(),
  problem: ProblemDocument.nullable(),
});
type Decided = z.output<typeof Decided>;

/** Side by side, so that a hundred are decided well within the time an answer may take. */
const atOnce = 5;

const bodyOf = <B extends z.ZodType>(schema: B, body: object, index: number): z.output<B> => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw problem('invalidRequest', {
    errors: parsed.error.issues.slice(0, 20).map(({ path, code, message }) => ({
      pointer: ['', 'body', 'decisions', index, ...path].join('/'),
      code,
      message,
    })),
  });
};

const decideOne = async (
  routes: CaseRoutes,
  by: Deciders,
  request: FastifyRequest,
  { turn: turnId, ...body }: Item,
  index: number,
): Promise<z.output<typeof Receipt>> => {
  const turn = await routes.deps.db
    .selectFrom('turn')
    .selectAll()
    .where('turn_id', '=', turnId)
    .where('jurisdiction', '=', request.actor.jurisdiction)
    .executeTakeFirst();
  const decider = turn && by[turn.step];
  if (!turn || !decider) throw problem('notFound');
  const { permission } = decider;
  const found = await caseFor(routes.deps, request, turn.case_no, permission, turn.organisation);
  // A handler of the case is not yet the body of the turn: the single route's address says so, here the turn does.
  if (turn.organisation !== request.actor.organisation) throw problem('notFound');
  const act = decider.act(routes, { ...found, turn }, bodyOf(decider.body, body, index));
  return takeAct(routes.deps, request, { ...act, part: turnId });
};

/** With Temporal away the first act waits for it; those after it are taken in at once, and handed on on its return. */
const patientOnce = (deps: CaseDeps): CaseDeps => {
  let away = false;
  return {
    ...deps,
    deliver: async (receipt) => {
      if (away) return { state: 'taken', code: null };
      const delivery = await deps.deliver(receipt);
      if (delivery.state === 'taken') away = true;
      return delivery;
    },
  };
};

/**
 * `POST /v1/tasks/decisions`: at most a hundred turns, each with its own outcome and reasons. Each is asked of `may()`,
 * judged, taken in and handed on on its own; the answer lists a receipt or a problem for each, in the order given. The
 * same call again finds every act where it was.
 */
export const batchRoutes =
  (routes: CaseRoutes, act: Act, by: Deciders): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/tasks/decisions',
      {
        config: { act, lists: true },
        schema: {
          tags: ['tasks'],
          summary: '批量办理 · Decides several turns in one call, a reason each; each answered on its own',
          headers: IdempotencyKey,
          body: Body,
          response: {
            200: z.object({ decisions: z.array(Decided) }),
            ...problems(400, 401, 403, 409, 413, 415, 422, 503),
          },
        },
      },
      async (request) => {
        const language = languageOf(request.headers['accept-language']);
        const told = { instance: '/v1/tasks/decisions', traceId: request.id };
        const own = { ...routes, deps: patientOnce(routes.deps) };
        const one = (item: Item, index: number): Promise<Decided> =>
          decideOne(own, by, request, item, index).then(
            (receipt) => ({ turn: item.turn, receipt, problem: null }),
            (error: unknown) => {
              if (!(error instanceof Problem) || error.status >= 500) throw error;
              return { turn: item.turn, receipt: null, problem: problemBody(error, language, told) };
            },
          );
        const decisions: Decided[] = [];
        const items = [...request.body.decisions.entries()];
        for (let from = 0; from < items.length; from += atOnce)
          decisions.push(
            ...(await Promise.all(items.slice(from, from + atOnce).map(([index, item]) => one(item, index)))),
          );
        return { decisions };
      },
    );
  };
