/** Sanctions over REST (惩戒, X1; 中卫 27, 朔州 十（七）, 乌海 八（六）): opened, replied to, heard, decided, lifted, reviewed. */
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { Reason } from '@gongshu/infra/cases/case-routes';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { actOnProcedure } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import { handlersOf } from '@gongshu/infra/procedures/view';
import { type Act, actingRole } from '@gongshu/shared/may';
import { clauseIn } from '@gongshu/shared/packs/pack';
import { packWith } from '@gongshu/shared/packs/pack-with';
import { SanctionKind, type SanctionRules } from '@gongshu/shared/packs/topics/sanction';
import { procedures } from '@gongshu/shared/procedure/kinds';
import { sanctionRules } from '@gongshu/shared/sanction/rules';
import type { SanctionAct } from '@gongshu/shared/sanction/types';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { beginSanction, mustBeGrounds, SanctionOpening } from '../sanctions/open.ts';

const kind = 'sanction';
const Reasons = z.array(Reason).min(1).max(50);
const codes = (given: readonly { code: string }[]) => [...new Set(given.map(({ code }) => code))];
const words = z.string().trim().min(1).max(8_000);
const decided = z.strictObject({ document: DocumentHash, reasons: Reasons });

/** Where a measure that the pack does not take, or not for so long, stands in what was sent. */
const atMeasures = Object.fromEntries(
  (
    [
      ...(['measureNotInPack', 'measureNotOnGround', 'measureTwice', 'suspensionTermMissing'] as const),
      ...(['suspensionWithoutTerm', 'suspensionTooLong'] as const),
    ] as const
  ).map((code) => [code, '/body/measures']),
);

type Made = Pick<Parameters<typeof actOnProcedure>[3], 'documents' | 'text' | 'pointers'> & {
  act: SanctionAct;
};
const filed = (hash: string | null, role: string): Pick<Made, 'documents'> =>
  hash === null ? {} : { documents: [{ hash, role, pointer: '/body/document' }] };

export const sanctionRoutes = (deps: DisclosureDeps): FastifyPluginAsyncZod[] => {
  const procedureDeps = deps as unknown as ProcedureDeps;
  const packOf = (jurisdiction: string) => packWith(deps.packs, jurisdiction, 'sanction');
  return [
    procedureReadRoutes(procedureDeps, {
      kind,
      summary: {
        list: 'Sanctions of the city, newest first; a body reads those against it (X1)',
        one: 'One sanction: grounds, reply, decision, measures and when they end (X1)',
      },
    }),
    async (app) => {
      app.post(
        procedures[kind].path,
        {
          config: { act: 'manageSanction' },
          schema: {
            summary:
              '启动惩戒 · Opens a sanction on grounds; the body is heard before anything is decided (X1)',
            headers: IdempotencyKey,
            body: SanctionOpening,
            response: submissionAnswers,
          },
        },
        async (request, reply) => {
          const { jurisdiction, organisation } = request.actor;
          request.mustBeAllowed({ jurisdiction });
          const pack = packOf(jurisdiction);
          const rules = sanctionRules(pack);
          mustBeGrounds(pack, rules, request.body);
          return answerOpening(procedureDeps, request, reply, {
            ...{ kind, pack, rules, text: { reason: request.body.facts } },
            role: actingRole(request.actor, 'manageSanction', { jurisdiction }),
            authority: await bureauOf(deps.db, 'body', jurisdiction),
            facts: (trx, { caseNo, receivedAt: at }) =>
              beginSanction(
                trx,
                request.body,
                { pack, rules },
                { caseNo, at, organisation: organisation ?? '' },
              ),
          });
        },
      );

      const actRoute = <B extends z.ZodType>(
        path: string,
        permission: Act,
        rule: keyof SanctionRules,
        summary: string,
        body: B,
        make: (given: z.output<B>) => Made,
      ): void =>
        procedureActRoute(
          ...([app, procedureDeps, kind, { path, permission, summary, body }] as const),
          async ({ row, given, request, reply }) => {
            const { jurisdiction } = row;
            const object = { jurisdiction, handlers: await handlersOf(procedureDeps.db, row.case_no) };
            request.mustBeAllowed(object);
            const pack = packOf(jurisdiction);
            return actOnProcedure(procedureDeps, request, reply, {
              ...{ row, permission, object, ...clauseIn(pack, 'sanction', rule) },
              articles: { measureNotOnGround: clauseIn(pack, 'sanction', 'measureGrounds').article },
              ...make(given),
            });
          },
        );

      actRoute(
        ...(['reply', 'replyToSanction', 'reply'] as const),
        '陈述申辩 · The body replies in words, within the pack’s days; final: nothing more is to come (X1)',
        z
          .strictObject({
            words: words.optional(),
            document: DocumentHash.nullable().default(null),
            final: z.boolean().default(false),
          })
          .refine(
            ({ words: said, document, final }) => said !== undefined || document !== null || final,
            '请陈述，或者说明不再陈述 · say something, or that nothing is to come',
          ),
        ({ words: said, document, final }) => ({
          act: { kind: 'replyToSanction', document, final },
          ...filed(document, 'reply'),
          ...(said !== undefined && { text: { reason: said } }),
        }),
      );
      actRoute(
        ...(['hearing', 'manageSanction', 'reply'] as const),
        '听取陈述申辩 · The body was heard; the minutes are a document (X1)',
        z.strictObject({ on: z.iso.date(), document: DocumentHash }),
        ({ on, document }) => ({
          act: { kind: 'recordHearing', on, document },
          ...filed(document, 'hearing'),
        }),
      );
      actRoute(
        ...(['decision', 'decideSanction', 'kinds'] as const),
        '惩戒决定 · Measures that the pack knows, by whom it says, once the reply has passed (X1)',
        decided.extend({
          measures: z
            .array(
              z.strictObject({
                measure: SanctionKind,
                months: z.int().min(1).max(60).nullable().default(null).describe('Of a suspension'),
              }),
            )
            .min(1)
            .max(5),
        }),
        ({ measures, document, reasons }) => ({
          act: { kind: 'decideSanction', measures, document, reasonCodes: codes(reasons) },
          ...filed(document, 'sanctionDecision'),
          text: { reasons },
          pointers: atMeasures,
        }),
      );
      actRoute(
        ...(['drop', 'manageSanction', 'grounds'] as const),
        '不予惩戒 · No measure is taken, with reasons (X1)',
        decided,
        ({ document, reasons }) => ({
          act: { kind: 'dropSanction', document, reasonCodes: codes(reasons) },
          ...filed(document, 'sanctionDropped'),
          text: { reasons },
        }),
      );
      actRoute(
        ...(['lifting', 'decideSanction', 'liftedBy'] as const),
        '解除惩戒 · What stands is lifted before its end, with reasons (X1)',
        decided,
        ({ document, reasons }) => ({
          act: { kind: 'liftSanction', document, reasonCodes: codes(reasons) },
          ...filed(document, 'sanctionLifted'),
          text: { reasons },
        }),
      );
      actRoute(
        ...(['termination', 'manageSanction', 'kinds'] as const),
        '登记终止 · The mandate was ended under its own rules, by this document (X1)',
        z.strictObject({ document: DocumentHash }),
        ({ document }) => ({
          act: { kind: 'recordTermination', document },
          ...filed(document, 'termination'),
        }),
      );
      actRoute(
        ...(['review', 'replyToSanction', 'reviewRequest'] as const),
        '申请复核 · The body asks once, within the pack’s days of the decision, for a review of it (X1)',
        z.strictObject({ words, document: DocumentHash.nullable().default(null) }),
        ({ words: said, document }) => ({
          act: { kind: 'requestSanctionReview', document },
          ...filed(document, 'reviewRequest'),
          text: { reason: said },
        }),
      );
      actRoute(
        ...(['review/decision', 'decideSanction', 'reviewedByAnother'] as const),
        '复核决定 · Upheld or lifted, with reasons, by another account than decided (X1)',
        decided.extend({ outcome: z.enum(['uphold', 'lift']) }),
        ({ outcome, document, reasons }) => ({
          act: { kind: 'decideSanctionReview', outcome, document, reasonCodes: codes(reasons) },
          ...filed(document, 'reviewDecision'),
          text: { reasons },
        }),
      );
    },
  ];
};
