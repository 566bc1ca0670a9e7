/** A year's disclosure over REST (S1, S2): the completeness list, what bodies supply, publication, corrections. */
import { DocumentHash } from '@gongshu/infra/documents/cite';
import type { DisclosureCaseTables } from '@gongshu/infra/disclosures/tables';
import { draftYearly, keepDraft, type Saying, yearlyOpening } from '@gongshu/infra/disclosures/yearly';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { sha256 } from '@gongshu/infra/hash';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { actOnProcedure, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { actingRole } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { DisclosureItem } from '@gongshu/shared/packs/topics/disclosure';
import { problem } from '@gongshu/shared/problems';
import { procedures } from '@gongshu/shared/procedure/kinds';
import { statedGrounds } from '@gongshu/shared/yearly-disclosure/items';
import { disclosureParts, type YearlyRules } from '@gongshu/shared/yearly-disclosure/rules';
import { correctionGrounds, type YearlyAct, type YearlyFacts } from '@gongshu/shared/yearly-disclosure/types';
import type { FastifyRequest } from 'fastify';
import { figureNames } from '@gongshu/shared/yearly-disclosure/figures';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { mustBeOperator } from '../reports/bodies.ts';
import { figureRoutesOf } from '../reports/figure-routes.ts';
import { plainWords } from '../reports/words.ts';
import { versionRoutes } from '../reports/version-routes.ts';
import { completenessRoute } from '../reports/completeness.ts';

const kind = 'yearlyDisclosure';
const Words = z.string().trim().min(1).max(5_000);
const Documents = z
  .array(DocumentHash)
  .max(20)
  .refine((all) => new Set(all).size === all.length, '材料重复 · a document stands twice')
  .default([]);

type At = { row: ProcedureRow; request: FastifyRequest };
type Made = Awaited<ReturnType<typeof draftYearly>>;

export const yearlyDisclosureRoutes = (deps: DisclosureDeps): FastifyPluginAsyncZod[] => {
  const procedureDeps = deps as unknown as ProcedureDeps;
  const db = deps.db as unknown as Kysely<DisclosureCaseTables>;
  const objectOf = ({ jurisdiction, start }: ProcedureRow) => {
    const { operator } = start.facts as YearlyFacts;
    return { jurisdiction, owner: operator, handlers: operator === null ? [] : [operator] };
  };
  /** As the facts make it now, with what is being said. */
  const drafted = ({ row }: At, saying?: Saying): Promise<Made> => {
    const { rules, facts } = row.start as { rules: YearlyRules; facts: YearlyFacts };
    const { part, year, body, operator } = facts;
    const of = { jurisdiction: row.jurisdiction, part, year, body, operator };
    return draftYearly(db, of, rules, row.case_no, saying);
  };

  return [
    procedureReadRoutes(procedureDeps, {
      kind,
      summary: {
        list: 'Disclosures of the city, each year and part a case, newest first (S1, S2)',
        one: 'One disclosure: its items, steps and versions (S1, S2)',
      },
    }),
    completenessRoute(deps, drafted),
    versionRoutes(deps, { kind, act: 'readDisclosures' }),
    figureRoutesOf(deps, { kind, act: 'readDisclosureCases', names: figureNames, live: drafted }),
    async (app) => {
      app.post(
        procedures[kind].path,
        {
          config: { act: 'manageDisclosure' },
          schema: {
            summary:
              '启动年度披露 · By the bureau where its Schedule has not: once a city, year and part (S1, S2)',
            headers: IdempotencyKey,
            body: z.strictObject({
              part: z.enum(disclosureParts),
              year: z.int().min(2020).max(2200),
              operator: OrganisationId.optional().describe('Of the operator’s part alone'),
            }),
            response: submissionAnswers,
          },
        },
        async (request, reply) => {
          const { jurisdiction, id, organisation } = request.actor;
          const { part, year, operator } = request.body;
          const object = { jurisdiction };
          request.mustBeAllowed(object);
          if ((part === 'operator') !== (operator !== undefined)) throw problem('disclosurePartOperator');
          if (operator !== undefined) await mustBeOperator(db, jurisdiction, operator);
          const role = actingRole(request.actor, 'manageDisclosure', object);
          const opening = await yearlyOpening(procedureDeps, deps.packs.resolve(jurisdiction), {
            ...{ jurisdiction, part, year, operator: operator ?? null },
            ...{ by: { id, role, organisation }, lawNow: await request.lawNow() },
          });
          return answerOpening(procedureDeps, request, reply, { ...opening, role });
        },
      );

      const actRoute = <B extends z.ZodType>(
        path: string,
        summary: string,
        body: B,
        act: (
          given: z.output<B>,
          at: At,
        ) => Promise<{ act: YearlyAct; made: Made; saying?: Saying; documents?: string[] }>,
      ): void =>
        procedureActRoute(
          ...([
            app,
            procedureDeps,
            kind,
            { path, permission: 'contributeDisclosure', summary, body },
          ] as const),
          async ({ row, given, request, reply }) => {
            const object = objectOf(row);
            request.mustBeAllowed(object);
            const { rules, facts } = row.start as { rules: YearlyRules; facts: YearlyFacts };
            // Each body answers for its own part: nobody supplies another's.
            if (request.actor.organisation !== facts.body)
              throw problem('forbidden', { params: { act: 'contributeDisclosure' } });
            const { act: asked, made, saying, documents = [] } = await act(given, { row, request });
            return actOnProcedure(procedureDeps, request, reply, {
              ...{ row, permission: 'contributeDisclosure', object, act: asked },
              ...(rules.rests && { article: rules.rests }),
              documents: documents.map((hash, at) => ({
                ...{ hash, role: 'disclosure', pointer: `/body/documents/${at}` },
              })),
              also: async (caseTrx, { receipt }) => {
                const trx = caseTrx as unknown as Transaction<DisclosureCaseTables>;
                if (!saying) return keepDraft(trx, receipt, row.case_no, made);
                const { item, words, hash, ground } = saying;
                await trx
                  .insertInto('statement')
                  .values({
                    ...{ receipt, case_no: row.case_no, about: item, words, hash, ground },
                    accepted_at: null,
                  })
                  .execute();
              },
            });
          },
        );

      actRoute(
        'items',
        '补充事项 · The body that owes an item says it in its own words, with documents (S1, S2)',
        z.strictObject({ item: DisclosureItem, statement: Words, documents: Documents }),
        async ({ item, statement, documents }, at) => {
          const words = plainWords(statement);
          const hash = sha256(words);
          const saying: Saying = { item, words, hash, ground: null };
          const made = await drafted(at, saying);
          return {
            ...{ made, saying, documents },
            act: { kind: 'supplyItem', item, words: hash, documents, draft: made.draft },
          };
        },
      );
      actRoute(
        'empty-items',
        '说明无内容 · The body states that there is nothing to disclose of a missing item, and why (S1, S2)',
        z.strictObject({ item: DisclosureItem, ground: z.enum(statedGrounds), statement: Words }),
        async ({ item, ground, statement }, at) => {
          const words = plainWords(statement);
          const hash = sha256(words);
          const saying: Saying = { item, words, hash, ground };
          const made = await drafted(at, saying);
          return { made, saying, act: { kind: 'stateEmpty', item, ground, words: hash, draft: made.draft } };
        },
      );
      actRoute(
        'publication',
        '发布 · By the body itself once nothing is missing; the last day publishes what stands (notice of 2026-02-10)',
        z.strictObject({}),
        async (_given, at) => {
          const made = await drafted(at);
          return { made, act: { kind: 'publishDisclosure', draft: made.draft, bySchedule: false } };
        },
      );
      actRoute(
        'corrections',
        '更正 · A new version in the place of what was published; the one before is kept (S1, S2)',
        z.strictObject({ grounds: z.array(z.enum(correctionGrounds)).min(1).max(4) }),
        async ({ grounds }, at) => {
          const made = await drafted(at);
          return { made, act: { kind: 'correctDisclosure', draft: made.draft, grounds } };
        },
      );
    },
  ];
};
