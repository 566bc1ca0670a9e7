/** Objections to a result under public notice (O4): by a body of the city, or by anybody who leaves a way to be answered. */
import { actAnswers } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { actOnProcedure, procedureFor, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { toInstantText } from '@gongshu/shared/business-date';
import { anyone } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { clauseOf, type SelectionDeps } from '../selections/deps.ts';

const Contact = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    phone: z
      .string()
      .regex(/^[+\d][\d -]{4,29}$/)
      .nullable()
      .default(null),
    email: z.email().max(200).nullable().default(null),
  })
  .refine(({ phone, email }) => phone !== null || email !== null, {
    path: ['phone'],
    params: { code: 'contactMissing' },
    message: '电话和电子邮箱至少填一项 · a phone number or an e-mail address is needed',
  });

const Objection = z.strictObject({
  text: z.string().trim().min(1).max(5_000),
  documents: z.array(DocumentHash).max(20).default([]).describe('Uploaded by a body; nobody else has any'),
  contact: Contact.nullable()
    .default(null)
    .describe('Of who is no body of the city; kept from everybody but the bureau'),
});

const Contacts = z.object({
  items: z.array(
    z.object({
      receipt: z.string(),
      ...{ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() },
      receivedAt: z.iso.datetime({ offset: true }),
    }),
  ),
});

type ContactTable = {
  receipt: string;
  case_no: string;
  jurisdiction: string;
  name: string;
  phone: string | null;
  email: string | null;
  received_at: Date;
};
type Tables = { objection_contact: ContactTable };
// biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
const contacts = (db: Kysely<any>): Kysely<Tables> => db;

/** More than a hundred people behind one address are rare; a loop is not. */
const rateLimit = { max: 30, timeWindow: 600_000 };
const most = 200;

/** A selection whose result stands, or stood, in public notice: of others nobody outside hears. */
const noticed = async ({ db }: SelectionDeps, caseNo: string): Promise<ProcedureRow> => {
  const row = await db
    .selectFrom('procedure')
    .selectAll()
    .where('case_no', '=', caseNo)
    .where('kind', '=', 'selection')
    .where(
      sql<boolean>`exists (
        select from publication
        where subject = procedure.case_no and kind = 'selectionNotice' and withdrawn_at is null)`,
    )
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  return row;
};

const needs = (field: string, zh: string, en: string) =>
  problem('invalidRequest', {
    errors: [{ pointer: `/body/${field}`, code: 'required', message: { zh, en } }],
  });

export const selectionObjectionRoutes =
  (deps: SelectionDeps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/selections/:caseNo/objections',
      {
        config: { act: 'publicObjection', rateLimit },
        schema: {
          summary:
            '提出异议 · Objects while the public notice runs: a registered body, or anybody with a way to be answered',
          params: ProcedureParams,
          headers: IdempotencyKey,
          body: Objection,
          response: actAnswers,
        },
      },
      async (request, reply) => {
        const { text, documents, contact } = request.body;
        const outside = request.actor === anyone;
        const row = outside
          ? await noticed(deps, request.params.caseNo)
          : await procedureFor(deps as never, request, 'selection', request.params.caseNo);
        const { jurisdiction } = row;
        if (outside && contact === null)
          throw needs('contact', '须留下联系方式以便答复', 'leave a way to be answered');
        if (outside && documents.length > 0)
          throw needs('documents', '须先由登记主体上传', 'documents are uploaded by a registered body');
        return actOnProcedure(deps as never, request, reply, {
          ...clauseOf(deps.packs.resolve(jurisdiction), 'publicNotice'),
          ...{ row, permission: 'publicObjection', act: { kind: 'raiseObjection' } },
          object: { jurisdiction, published: outside },
          documents: documents.map((hash, at) => ({
            hash,
            role: 'objection',
            pointer: `/body/documents/${at}`,
          })),
          text: { contents: { objection: text } },
          also: async (trx, { receipt, receivedAt }) => {
            if (contact)
              await contacts(trx)
                .insertInto('objection_contact')
                .values({ receipt, case_no: row.case_no, jurisdiction, ...contact, received_at: receivedAt })
                .execute();
          },
        });
      },
    );

    app.get(
      '/v1/selections/:caseNo/objections/contacts',
      {
        config: { act: 'manageSelection' },
        schema: {
          summary:
            '异议人联系方式 · How to answer those who objected from outside, oldest first; the bureau alone',
          params: ProcedureParams,
          response: { 200: Contacts, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await procedureFor(deps as never, request, 'selection', request.params.caseNo);
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        const rows = await contacts(deps.db)
          .selectFrom('objection_contact')
          .selectAll()
          .where('case_no', '=', row.case_no)
          .orderBy('received_at')
          .limit(most)
          .execute();
        return {
          items: rows.map(({ receipt, name, phone, email, received_at }) => ({
            ...{ receipt, name, phone, email },
            receivedAt: toInstantText(received_at.getTime()),
          })),
        };
      },
    );
  };
