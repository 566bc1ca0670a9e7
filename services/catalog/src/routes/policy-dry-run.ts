import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { problems } from '@gongshu/infra/http/problems';
import { applicationRules } from '@gongshu/shared/application/rules';
import { businessDateOf, isBusinessDate, toInstantText, yearOf } from '@gongshu/shared/business-date';
import { policyOf } from '@gongshu/shared/packs/policies';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { DifferingTurn, TurnAsJudged } from '@gongshu/shared/packs/dry-run';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { dryRun } from '../policies/dry-run.ts';
import { Jurisdiction } from './deadlines.ts';

const DateOn = z.string().refine(isBusinessDate, {
  params: { code: 'date' },
  error: '日期写作 YYYY-MM-DD · a date as YYYY-MM-DD',
});

const Query = z.strictObject({
  from: DateOn.optional().describe('First day on which a case ended, Asia/Shanghai; the first of last year'),
  until: DateOn.optional().describe('Last such day, inclusive; the last of the year of `from`'),
  under: Jurisdiction.optional().describe('Whose pack they are replayed under; the city’s own as it stands'),
  limit: z.coerce.number().int().min(1).max(1000).default(200).describe('Differing turns listed'),
});

/** The days asked for; last year's where none were, by the law's clock. Throws `invalidRequest` for an end before its beginning. */
const periodOf = ({ from, until }: z.output<typeof Query>, now: Date): { from: string; until: string } => {
  const first = from ?? `${yearOf(businessDateOf(now.getTime())) - 1}-01-01`;
  const period = { from: first, until: until ?? `${first.slice(0, 4)}-12-31` };
  if (period.from <= period.until) return period;
  const message = { zh: '止期不得早于起期', en: 'Ends before it begins' };
  throw problem('invalidRequest', { errors: [{ pointer: '/query/until', code: 'order', message }] });
};

const outcome = z.enum([
  'open',
  'approved',
  'refused',
  'deemedApproved',
  'deemedRefused',
  'withdrawn',
  'lapsed',
]);
const Judged = z
  .object({
    outcome,
    overdue: z.boolean(),
    late: z.boolean(),
    lastDay: z.iso.date().nullable(),
    deadline: z.string().nullable(),
  })
  .meta({ id: 'TurnAsJudged' });
const Turn = z
  .object({
    caseNo: z.string(),
    turn: z.string(),
    step: z.enum(['acceptance', 'check', 'review']),
    organisation: z.string(),
    differs: z.array(z.enum(['deadline', 'silence', 'outcome', 'acts'])),
    recorded: Judged,
    replayed: Judged,
    notCounted: z.array(z.object({ kind: z.string(), at: z.string(), code: z.string() })),
  })
  .meta({ id: 'DryRunTurn' });
export const DryRunView = z
  .object({
    jurisdiction: z.string(),
    under: z.string(),
    packVersion: z.string().describe('Of the pack they were replayed under'),
    from: z.iso.date(),
    until: z.iso.date(),
    cases: z.int(),
    turns: z.int(),
    counts: z.object({
      deadlines: z.int(),
      silences: z.int(),
      outcomes: z.int(),
      actsNotCounted: z.int(),
      cases: z.int(),
    }),
    outcomes: z.object({
      recorded: z.record(z.string(), z.int()),
      replayed: z.record(z.string(), z.int()),
    }),
    items: z.array(Turn),
    leftOff: z.int(),
  })
  .meta({ id: 'DryRun' });

const judged = ({ deadline, ...turn }: TurnAsJudged) => ({
  outcome: turn.outcome,
  overdue: turn.overdue,
  late: turn.late,
  lastDay: turn.lastDay,
  deadline: deadline === null ? null : toInstantText(deadline),
});
const shown = ({ recorded, replayed, notCounted, ...turn }: DifferingTurn) => ({
  ...turn,
  recorded: judged(recorded),
  replayed: judged(replayed),
  notCounted: notCounted.map((act) => ({ ...act, at: toInstantText(act.at) })),
});

/** Before a rule is adopted: what it would have done to the cases that are closed. Reads only. */
export const policyDryRunRoutes =
  ({ db, packs }: { db: Kysely<ApplicationTables>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/policies/:jurisdiction/dry-run',
      {
        config: { act: 'readDryRun' },
        schema: {
          summary: '政策试算 · Closed data-use applications replayed under another pack: what would differ',
          params: z.object({ jurisdiction: Jurisdiction }),
          querystring: Query,
          response: { 200: DryRunView, ...problems(400, 401, 403, 404, 409) },
        },
      },
      async (request) => {
        const { jurisdiction } = request.params;
        const { under = jurisdiction, limit } = request.query;
        request.mustBeAllowed({ jurisdiction });
        const now = await request.lawNow();
        const period = periodOf(request.query, now);
        const pack = policyOf(packs, under);
        if (!pack) {
          const message = { zh: '没有此地的政策包', en: 'No policy pack of that jurisdiction' };
          throw problem('invalidRequest', {
            errors: [{ pointer: '/query/under', code: 'unknown', message }],
          });
        }
        if (!pack.rules['dataUseApplication'])
          throw problem('lifecycleNotInPack', { params: { jurisdiction: under } });
        const { items, ...run } = await dryRun(
          db,
          { jurisdiction, ...period },
          { rules: applicationRules(pack), now, limit },
        );
        return {
          jurisdiction,
          under,
          packVersion: pack.version,
          ...period,
          ...run,
          items: items.map(shown),
        };
      },
    );
  };
