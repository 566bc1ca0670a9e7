/** Handling complaints over REST (S4; 国家 十八, 乌海 十一): acceptance, inquiries, answer, review; who complained, on record. */
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { instant } from '@gongshu/infra/cases/view-time';
import { problems } from '@gongshu/infra/http/problems';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { actOnProcedure, type ProcedureRow, procedureFor } from '@gongshu/infra/procedures/acting';
import { takePart } from '@gongshu/infra/procedures/bodies';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams, procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import { handlersOf } from '@gongshu/infra/procedures/view';
import {
  type ComplaintAct,
  complaintMeasures,
  complaintResults,
  inquiryFindings,
} from '@gongshu/shared/complaint/types';
import { type Act, type ActObject, actingRole } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import {
  ComplaintRefusal,
  type ComplaintRules,
  NoDepartmentGround,
} from '@gongshu/shared/packs/topics/complaint';
import { type ArticleRef, problem, type ProblemCode } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { bringerOf, broughtBy, complaintsAbout, ownRow, ownView } from '../complaints/owned.ts';
import { readAttachment, readIdentity, readingPurposes } from '../complaints/identity.ts';
import { inquiryRoleOf, ownWordsOf } from '../complaints/inquiries.ts';
import { letterRole } from '../complaints/own.ts';
import { reviewerOf } from '../complaints/reviewer.ts';
import type { ComplaintTables } from '../complaints/tables.ts';
import type { DisclosureDeps } from '../deps.ts';

const kind = 'complaint';
/** Refusals that rest on another rule than their route's: what only one text says is not cited for the others. */
const restsOn = {
  inquiryPending: 'departmentLimit',
  departmentNotAsked: 'handledWith',
  departmentAsked: 'handledWith',
  noDepartmentGround: 'noDepartmentGrounds',
} as const satisfies Partial<Record<ProblemCode, keyof ComplaintRules>>;
/** By their codes, the clauses of the city's pack. */
const articlesOf = (pack: ResolvedPack): Partial<Record<ProblemCode, ArticleRef>> =>
  Object.fromEntries(
    Object.entries(restsOn).map(([code, rule]) => [code, clauseIn(pack, 'complaint', rule).article]),
  );
const Words = z.string().trim().min(1).max(4_000);
const Documents = z.array(DocumentHash).max(10).default([]);

type Made = Pick<Parameters<typeof actOnProcedure>[3], 'documents' | 'text' | 'also'> & { act: ComplaintAct };
const filed = (hashes: readonly string[], role: string): Pick<Made, 'documents'> => ({
  documents: hashes.map((hash, at) => ({ hash, role, pointer: `/body/documents/${at}` })),
});

const Identity = z
  .object({
    ...{ caseNo: z.string(), name: z.string().nullable(), contact: z.string().nullable() },
    ...{ organisation: z.string().nullable(), linkedCase: z.string().nullable() },
    attachments: z.array(z.object({ hash: z.string(), mediaType: z.string(), bytes: z.int() })),
  })
  .meta({ id: 'Complainant' });
const AboutCase = z.object({
  items: z.array(
    z.object({
      ...{ caseNo: z.string(), stage: z.string(), outcome: z.string().nullable() },
      openedAt: z.iso.datetime({ offset: true }),
    }),
  ),
});
const Purpose = z.object({ purpose: z.enum(readingPurposes).default('contact') });

/** Who reads who complained, in which role, and when: what is put on record. Throws `notFound`, `forbidden`. */
const readingAs = async (request: FastifyRequest, object: ActObject) => {
  request.mustBeAllowed(object);
  const { id, organisation } = request.actor;
  const role = actingRole(request.actor, 'readComplainant', object);
  const { jurisdiction } = object;
  return { jurisdiction, at: await request.lawNow(), actor: { id, organisation, role } };
};

export const complaintRoutes = (deps: DisclosureDeps): FastifyPluginAsyncZod[] => {
  const procedureDeps = deps as unknown as ProcedureDeps;
  const db = deps.db as unknown as Kysely<ComplaintTables>;
  return [
    procedureReadRoutes(procedureDeps, {
      kind,
      summary: {
        list: 'Complaints of the city, newest first; a body reads those it was asked about, a merchant its own (S4)',
        one: 'One complaint: its steps and limits, whom it was put to, the answer; never who complained (S4)',
      },
      beside: {
        own: broughtBy,
        ownerOf: ({ case_no }) => bringerOf(db, case_no),
        ownRow,
        ownView: (row, view) => ownView(db, row, view),
      },
    }),
    async (app) => {
      app.get(
        '/v1/complaints/about/:caseNo',
        {
          config: { act: 'readComplainant', sealed: true },
          schema: {
            summary:
              'Named complaints about one case, which says who complained: each reading is on record; of anonymous ones nothing is told (S4)',
            params: ProcedureParams,
            response: { 200: AboutCase, ...problems(400, 401, 403, 404) },
          },
        },
        async (request) => {
          const { jurisdiction } = request.actor;
          const reading = await readingAs(request, { jurisdiction });
          const rows = await complaintsAbout(db, request.params.caseNo, reading);
          // Another city's case is none, and one without a complaint looks the same.
          if (rows.length === 0) throw problem('notFound');
          return {
            items: rows.map(({ case_no, stage, outcome, opened_at }) => ({
              ...{ caseNo: case_no, stage, outcome, openedAt: instant(opened_at) },
            })),
          };
        },
      );
    },
    async (app) => {
      const actRoute = <B extends z.ZodType>(
        path: string,
        permission: Act,
        rule: keyof ComplaintRules,
        summary: string,
        body: B,
        make: (given: z.output<B>, row: ProcedureRow, organisation: string | null) => Made | Promise<Made>,
      ): void =>
        procedureActRoute(
          ...([app, procedureDeps, kind, { path, permission, summary, body }] as const),
          async ({ row, given, request, reply }) => {
            const { jurisdiction, case_no } = row;
            const object = { jurisdiction, handlers: await handlersOf(procedureDeps.db, case_no) };
            request.mustBeAllowed(object);
            const pack = deps.packs.resolve(jurisdiction);
            return actOnProcedure(procedureDeps, request, reply, {
              ...{ row, permission, object, articles: articlesOf(pack) },
              ...clauseIn(pack, 'complaint', rule),
              ...(await make(given, row, request.actor.organisation)),
            });
          },
        );

      actRoute(
        ...(['acceptance', 'handleComplaint', 'acceptanceLimit'] as const),
        '受理 · Accepts the complaint; its answer is due within the pack’s limit (S4)',
        z.strictObject({}),
        () => ({ act: { kind: 'acceptComplaint' } }),
      );
      actRoute(
        ...(['refusal', 'handleComplaint', 'refusalGrounds'] as const),
        '不予受理 · Does not accept it, on a ground of the pack, in words for the complainant (S4)',
        z.strictObject({ ground: ComplaintRefusal, words: Words }),
        ({ ground, words }) => ({ act: { kind: 'declineComplaint', ground }, text: { reason: words } }),
      );
      actRoute(
        ...(['facts-requests', 'handleComplaint', 'correctionLimit'] as const),
        '要求补充 · Asks back what is lacking, once (S4)',
        z.strictObject({ words: Words.describe('What is lacking, for the complainant') }),
        ({ words }) => ({ act: { kind: 'requestFacts' }, text: { reason: words } }),
      );
      actRoute(
        ...(['inquiries', 'handleComplaint', 'departmentLimit'] as const),
        '协查 · Puts it to a body, in a statement that tells nothing of who complained (S4)',
        z
          .strictObject({
            body: OrganisationId,
            statement: Words.nullable().default(null).describe('Written by the handler'),
            ownWords: z.boolean().default(false).describe('The complainant’s own words, where allowed'),
          })
          .refine(
            ({ statement, ownWords }) => ownWords !== (statement !== null),
            'a statement, or own words',
          ),
        async ({ body, statement, ownWords }, { jurisdiction, case_no }) => {
          const role = await inquiryRoleOf(db, jurisdiction, body);
          return {
            act: { kind: 'askBody', body, role, ownWords },
            text: { reason: statement ?? (await ownWordsOf(db, case_no)) },
            also: (trx, { receipt }) => takePart(trx, case_no, [{ organisation: body, role }], receipt),
          };
        },
      );
      actRoute(
        ...(['inquiry-answers', 'answerInquiry', 'departmentLimit'] as const),
        '协查答复 · A body that was asked tells what it found (S4)',
        z.strictObject({ finding: z.enum(inquiryFindings), words: Words, documents: Documents }),
        ({ finding, words, documents }, _row, organisation) => ({
          act: { kind: 'answerInquiry', body: organisation ?? '', finding },
          text: { reason: words },
          ...filed(documents, 'inquiryAnswer'),
        }),
      );
      actRoute(
        ...(['extension', 'handleComplaint', 'extension'] as const),
        '延期答复 · Puts the answer off, as often and as long as the pack allows (S4)',
        z.strictObject({ workingDays: z.int().min(1).max(366), words: Words }),
        ({ workingDays, words }) => ({ act: { kind: 'extendAnswer', workingDays }, text: { reason: words } }),
      );
      actRoute(
        ...(['answer', 'handleComplaint', 'handledBy'] as const),
        '答复 · Answers with its grounds and what follows, once who was asked has been heard (S4)',
        z.strictObject({
          result: z.enum(complaintResults),
          measures: z
            .array(z.enum(complaintMeasures))
            .min(1)
            .max(7)
            .refine(
              (all) => !all.includes('none') || new Set(all).size === 1,
              'none 不得与其他措施并用 · none stands alone',
            ),
          words: Words.describe('The grounds, for the complainant'),
          documents: Documents,
          noDepartment: NoDepartmentGround.nullable()
            .default(null)
            .describe('Why no department was asked, where none was'),
        }),
        ({ result, measures, words, documents, noDepartment }) => ({
          act: { kind: 'answerComplaint', result, measures: [...new Set(measures)], noDepartment },
          text: { reason: words },
          ...filed(documents, letterRole),
        }),
      );
      actRoute(
        ...(['review', 'decideComplaintReview', 'reviewedBy'] as const),
        '复核决定 · Upholds or changes the answer: another person than who gave it (S4)',
        z.strictObject({
          decision: z.enum(['upheld', 'changed']),
          result: z.enum(complaintResults).nullable().default(null),
          words: Words.describe('The grounds, for the complainant'),
          documents: Documents,
        }),
        ({ decision, result, words, documents }) => ({
          act: { kind: 'decideReview', decision, result },
          text: { reason: words },
          ...filed(documents, letterRole),
        }),
      );

      const readings = { params: ProcedureParams, querystring: Purpose };
      app.get(
        '/v1/complaints/:caseNo/complainant',
        {
          config: { act: 'readComplainant' },
          schema: {
            summary: 'Who complained, its case and what it sent along; each reading is on record (S4)',
            ...readings,
            response: { 200: Identity, ...problems(400, 401, 403, 404) },
          },
        },
        async (request, reply) => {
          const row = await procedureFor(procedureDeps, request, kind, request.params.caseNo);
          const { case_no: caseNo, jurisdiction } = row;
          const handlers = reviewerOf(row, request.actor);
          const reading = await readingAs(request, { jurisdiction, handlers });
          reply.header('cache-control', 'no-store');
          return readIdentity(db, { caseNo, purpose: request.query.purpose, ...reading });
        },
      );
      app.get(
        '/v1/complaints/:caseNo/attachments/:hash',
        {
          config: { act: 'readComplainant' },
          schema: {
            summary: 'A file that a complainant sent along; each reading is on record (S4)',
            params: ProcedureParams.extend({ hash: DocumentHash }),
            querystring: Purpose,
            response: {
              200: {
                description: 'The file',
                content: { 'application/octet-stream': { schema: z.unknown() } },
              },
              ...problems(400, 401, 403, 404),
            },
          },
        },
        async (request, reply) => {
          const { caseNo, hash } = request.params;
          const row = await procedureFor(procedureDeps, request, kind, caseNo);
          const handlers = reviewerOf(row, request.actor);
          const reading = await readingAs(request, { jurisdiction: row.jurisdiction, handlers });
          const { mediaType, content } = await readAttachment(
            db,
            { caseNo, purpose: request.query.purpose, ...reading },
            hash,
          );
          return reply
            .header('content-disposition', 'attachment')
            .header('cache-control', 'no-store')
            .type(mediaType)
            .send(content as never);
        },
      );
    },
  ];
};
