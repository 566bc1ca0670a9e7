/** What an agreement says, version by version: its items, its text, what two versions differ in (O5). */
import { problems } from '@gongshu/infra/http/problems';
import { procedureFor, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { handlersOf } from '@gongshu/infra/procedures/view';
import { toInstantText } from '@gongshu/shared/business-date';
import type { AgreementState } from '@gongshu/shared/operating-agreement/types';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { AgreementContents } from '../operating-agreements/contents.ts';
import { agreementDb } from '../operating-agreements/open.ts';
import { differencesOf, textOf, type TextRow } from '../operating-agreements/texts.ts';

const Version = z.coerce.number().int().min(1).max(10_000);
const Terms = z.object({
  version: z.int(),
  content: z.string(),
  document: z.string(),
  termMonths: z.int(),
  ground: z.string().nullable(),
  mandate: z.object({ mode: z.string(), fields: z.array(z.string()), scenarios: z.array(z.string()) }),
  coSignatories: z.array(z.string()),
  termSetters: z.array(z.string()),
});
const Contents = z
  .object({
    caseNo: z.string(),
    version: z.int(),
    state: z
      .enum(['draft', 'amendment', 'inForce', 'ended', 'earlier'])
      .describe('inForce: the version that binds; earlier: replaced by a later one'),
    hash: z.string(),
    givenAt: z.iso.datetime({ offset: true }),
    terms: Terms,
    contents: z
      .object({
        title: z.string(),
        items: z.record(z.string(), z.object({ text: z.string(), documents: z.array(z.string()) })),
      })
      .nullable()
      .describe('null for an agreement concluded on paper'),
    versions: z.array(z.object({ version: z.int(), hash: z.string() })).describe('Newest rendering of each'),
  })
  .meta({ id: 'OperatingAgreementContents' });

const standingOf = (
  { state }: ProcedureRow,
  { document_hash }: TextRow,
): z.output<typeof Contents>['state'] => {
  const { terms, amendment, stage } = state as unknown as AgreementState;
  if (amendment?.terms.document === document_hash) return 'amendment';
  if (terms.document !== document_hash) return 'earlier';
  if (stage === 'drafting' || stage === 'signing' || stage === 'filing') return 'draft';
  return stage === 'inForce' || stage === 'suspended' ? 'inForce' : 'ended';
};

const answers = problems(400, 401, 403, 404);

export const agreementTextRoutes =
  (deps: ProcedureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = agreementDb(deps);
    const rowFor = async (request: FastifyRequest, caseNo: string): Promise<ProcedureRow> => {
      const row = await procedureFor(deps, request, 'operatingAgreement', caseNo);
      request.mustBeAllowed({ jurisdiction: row.jurisdiction, handlers: await handlersOf(deps.db, caseNo) });
      return row;
    };
    /** The text asked for; without a version the one the case stands on. */
    const asked = async (row: ProcedureRow, version: number | undefined): Promise<TextRow> =>
      textOf(db, row.case_no, version ?? (row.state as Partial<AgreementState>).terms?.version);

    app.get(
      '/v1/operating-agreements/:caseNo/contents',
      {
        config: { act: 'readOperatingAgreements' },
        schema: {
          summary: 'What a version of the agreement says, item by item (national art. 14)',
          params: ProcedureParams,
          querystring: z.strictObject({ version: Version.optional() }),
          response: { 200: Contents, ...answers },
        },
      },
      async (request) => {
        const { caseNo } = request.params;
        const row = await rowFor(request, caseNo);
        const text = await asked(row, request.query.version);
        const all = await db
          .selectFrom('operating_agreement_text')
          .select(['version', 'document_hash'])
          .where('case_no', '=', caseNo)
          .orderBy('rendering')
          .execute();
        const versions = [...new Map(all.map(({ version, document_hash }) => [version, document_hash]))];
        return {
          ...{ caseNo, version: text.version, state: standingOf(row, text), hash: text.document_hash },
          givenAt: toInstantText(text.given_at.getTime()),
          terms: text.terms,
          contents: text.contents as AgreementContents | null as never,
          versions: versions.map(([version, hash]) => ({ version, hash })),
        };
      },
    );

    app.get(
      '/v1/operating-agreements/:caseNo/document',
      {
        config: { act: 'readOperatingAgreements' },
        schema: {
          summary: 'The text that is signed for, as it was rendered, with its hash',
          params: ProcedureParams,
          querystring: z.strictObject({ version: Version.optional() }),
          response: {
            200: z
              .object({
                ...{ caseNo: z.string(), version: z.int(), hash: z.string() },
                document: z.string().nullable().describe('null for an agreement concluded on paper'),
              })
              .meta({ id: 'OperatingAgreementDocument' }),
            ...answers,
          },
        },
      },
      async (request) => {
        const { caseNo } = request.params;
        const text = await asked(await rowFor(request, caseNo), request.query.version);
        return { caseNo, version: text.version, hash: text.document_hash, document: text.document };
      },
    );

    app.get(
      '/v1/operating-agreements/:caseNo/differences',
      {
        config: { act: 'readOperatingAgreements' },
        schema: {
          summary: 'What two versions of the agreement differ in, place by place',
          params: ProcedureParams,
          querystring: z.strictObject({ from: Version, to: Version }),
          response: {
            200: z
              .object({
                ...{ caseNo: z.string(), from: z.int(), to: z.int() },
                differences: z.array(
                  z.object({ place: z.string(), before: z.unknown(), after: z.unknown() }),
                ),
              })
              .meta({ id: 'OperatingAgreementDifferences' }),
            ...answers,
          },
        },
      },
      async (request) => {
        const { caseNo } = request.params;
        await rowFor(request, caseNo);
        const { from, to } = request.query;
        const said = async (version: number) => {
          const { terms, contents } = await textOf(db, caseNo, version);
          return { terms, contents: contents as AgreementContents | null };
        };
        const differences = differencesOf(await said(from), await said(to));
        return { caseNo, from, to, differences };
      },
    );
  };
