/** Ceiling prices over REST (上限收费标准, F3; 65号 二, 乌海 九（二）): drafted, set, reported in writing, receipted. */
import { bureauOf, standingBody } from '@gongshu/infra/cases/bodies';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { DocumentHash, linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { actOnProcedure, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { takePart } from '@gongshu/infra/procedures/bodies';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import { businessDateOf } from '@gongshu/shared/business-date';
import { receiptOutside, type CeilingAct, type CeilingFacts } from '@gongshu/shared/ceiling/machine';
import type { CeilingState } from '@gongshu/shared/ceiling/types';
import { type Act, actingRole } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { packWith } from '@gongshu/shared/packs/pack-with';
import { type CeilingRules, ceilingRules } from '@gongshu/shared/pricing/rules';
import { problem } from '@gongshu/shared/problems';
import { procedures } from '@gongshu/shared/procedure/kinds';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  besideBefore,
  type CeilingDb,
  type CeilingTrx,
  forecastWith,
  mustBeCharged,
  mustBeSettable,
  PriceDay,
  ProductNo,
  UnitDraft,
} from '../ceilings/draft.ts';
import type { PricingDeps } from '../deps.ts';
import { mustBeOperator } from '../revenues/open.ts';

const kind = 'ceilingPrice';
const Opening = z.strictObject({
  product: ProductNo,
  operator: OrganisationId.optional().describe('Who offers the product; needed where a city has several'),
  ceilings: z
    .array(UnitDraft)
    .min(1)
    .max(4)
    .refine((units) => new Set(units.map(({ unit }) => unit)).size === units.length, 'each unit once'),
  grounds: z.string().trim().min(1).max(4_000).describe('Why this much'),
  documents: z.array(DocumentHash).min(1).max(20).describe('What it rests on, uploaded before'),
});

type Given = Pick<Parameters<typeof actOnProcedure>[3], 'documents' | 'also'> & { act: CeilingAct };

export const ceilingPriceRoutes = (deps: PricingDeps): FastifyPluginAsyncZod[] => {
  const procedureDeps = deps as unknown as ProcedureDeps;
  const db = deps.db as CeilingDb;
  return [
    procedureReadRoutes(procedureDeps, {
      kind,
      summary: {
        list: 'Ceiling prices of the city, each determination a case, newest first (F3)',
        one: 'One ceiling price: units, amounts in fen, forecast against the permitted revenue, report (F3)',
      },
    }),
    async (app) => {
      app.post(
        procedures[kind].path,
        {
          config: { act: 'setCeiling' },
          schema: {
            summary:
              '拟制上限收费标准 · Drafts the ceiling price of a product by charging unit, with its forecast (F3)',
            headers: IdempotencyKey,
            body: Opening,
            response: submissionAnswers,
          },
        },
        async (request, reply) => {
          const { jurisdiction, organisation } = request.actor;
          request.mustBeAllowed({ jurisdiction });
          const pack = packWith(deps.packs, jurisdiction, 'pricing');
          const { product, ceilings, grounds, documents } = request.body;
          const rules = ceilingRules(pack);
          const operator =
            request.body.operator ?? (await standingBody(db, 'body', jurisdiction, 'operator')) ?? '';
          const of = { jurisdiction, operator, product };
          await mustBeOperator(db as never, { ...of, year: 0 });
          mustBeSettable(pack, ceilings, businessDateOf((await request.lawNow()).getTime()));
          await mustBeCharged(db, pack, product, false);
          return answerOpening(procedureDeps, request, reply, {
            ...{ kind, pack, rules },
            authority: await bureauOf(db, 'body', jurisdiction),
            role: actingRole(request.actor, 'setCeiling', { jurisdiction }),
            text: { reason: grounds },
            facts: async (caseTrx, { caseNo, receivedAt: at }): Promise<CeilingFacts> => {
              const trx = caseTrx as unknown as CeilingTrx;
              await mustBeCharged(trx as never, pack, product, true);
              const cited = documents.map((hash, index) => ({ hash, pointer: `/body/documents/${index}` }));
              await mustAllBeStored(trx, { cited, organisation, jurisdiction });
              for (const hash of documents)
                await linkDocument(trx, {
                  ...{ hash, jurisdiction, caseNo, role: 'ceilingGround', by: organisation ?? '', at },
                });
              const { reportedTo } = rules.ceilings.value;
              const reportBody = (await standingBody(trx as never, 'body', jurisdiction, reportedTo)) ?? null;
              await takePart(trx, caseNo, [
                { organisation: operator, role: 'operator' },
                ...(reportBody === null ? [] : [{ organisation: reportBody, role: reportedTo }]),
              ]);
              return {
                ...{ product, operator, reportBody, areaCode: pack.areaCode },
                ceilings: await besideBefore(trx, of, ceilings),
                forecast: await forecastWith(trx, of, ceilings),
              };
            },
          });
        },
      );

      const actRoute = <B extends z.ZodType>(
        path: string,
        permission: Act,
        summary: string,
        body: B,
        make: (given: z.output<B>, of: { row: ProcedureRow; now: Date }) => Given | Promise<Given>,
      ): void =>
        procedureActRoute(
          ...([app, procedureDeps, kind, { path, permission, summary, body }] as const),
          async ({ row, given, request, reply }) => {
            request.mustBeAllowed({ jurisdiction: row.jurisdiction });
            const { rests } = (row.start.rules as CeilingRules).ceilings;
            return actOnProcedure(procedureDeps, request, reply, {
              ...{ row, permission, ...(rests && { article: rests }) },
              ...(await make(given, { row, now: await request.lawNow() })),
            });
          },
        );

      actRoute(
        'setting',
        'setCeiling',
        '制定 · Sets the ceiling: it stands from its days, and no published tariff stays above it (F3)',
        z.strictObject({}),
        async (_given, { row }) => {
          const { product, operator, ceilings } = row.start.facts as CeilingFacts;
          const pack = deps.packs.resolve(row.jurisdiction);
          const of = { jurisdiction: row.jurisdiction, operator, product };
          return {
            act: { kind: 'setCeiling', forecast: await forecastWith(db, of, ceilings) },
            also: (trx) => mustBeCharged(trx as never, pack, product, true),
          };
        },
      );
      actRoute(
        'report',
        'setCeiling',
        '书面报告 · The bureau reports the ceiling in writing to the price authority (65号 二)',
        z.strictObject({ document: DocumentHash.describe('The report, uploaded before') }),
        ({ document }) => ({
          act: { kind: 'reportCeiling', document },
          documents: [{ hash: document, role: 'ceilingReport', pointer: '/body/document' }],
        }),
      );
      actRoute(
        'receipt',
        'receiptCeiling',
        '回执 · The price office receipts the report, or the bureau records its paper',
        z.strictObject({ on: PriceDay.describe('The date on the receipt'), document: DocumentHash }),
        ({ on, document }, { row, now }) => {
          const { stage, reportedAt } = row.state as CeilingState;
          const outside =
            stage === 'reported' &&
            receiptOutside(on, { reportedAt: reportedAt ?? now.getTime(), at: now.getTime() });
          if (outside) throw problem('dateOutside', { params: outside });
          return {
            act: { kind: 'receiptCeiling', on, document },
            documents: [{ hash: document, role: 'ceilingReceipt', pointer: '/body/document' }],
          };
        },
      );
      actRoute(
        'withdrawal',
        'setCeiling',
        '撤回 · The bureau withdraws the draft before it is set',
        z.strictObject({}),
        () => ({ act: { kind: 'withdrawCeiling' } }),
      );
    },
  ];
};
