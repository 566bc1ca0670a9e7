/** The papers of a case over HTTP: their list, and each as PDF or as the content its hash is over. */
import { Paper } from '@gongshu/shared/paper/paper';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { tag } from '../http/etag.ts';
import { problems } from '../http/problems.ts';
import { PaperQuery, paperAnswer, sendPaper } from '../paper/send.ts';
import { type NamesOf, papersOf } from './papers.ts';
import { readableCase } from './read-routes.ts';
import { CaseNo } from './view.ts';
import type { ApplicationReader } from './visible.ts';

const params = z.object({ caseNo: CaseNo });
const PaperNo = z.string().regex(/^[A-Z]{2}-[\w.-]{1,200}$/);
const Listed = Paper.pick({
  ...{ number: true, kind: true, title: true, issuedBy: true, issuedAt: true, hash: true, hashOf: true },
}).meta({ id: 'CasePaper' });

export type CasePapers = {
  db: ApplicationReader;
  /** `/v1/applications`. */
  path: string;
  namesOf?: NamesOf;
};

/** For whoever may read the case (中卫 20, 21): receipts, notices of correction, opinions, decision, certificates. */
export const casePaperRoutes =
  ({ db, path, namesOf }: CasePapers): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      `${path}/:caseNo/papers`,
      {
        config: { act: 'readApplication' },
        schema: {
          summary: '文书 · The papers of a case with their numbers, in time',
          params,
          response: { 200: z.object({ items: z.array(Listed) }), ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const { caseNo } = request.params as { caseNo: string };
        const { row } = await readableCase(db, request, caseNo);
        return tag(reply, row.version).send({ items: await papersOf(db, row, namesOf) });
      },
    );

    app.get(
      `${path}/:caseNo/papers/:paper`,
      {
        config: { act: 'readApplication' },
        schema: {
          summary: '文书原文 · One paper as PDF, or the content that its hash is over',
          params: params.extend({ paper: PaperNo }),
          querystring: PaperQuery,
          response: { 200: paperAnswer, ...problems(400, 401, 403, 404, 422, 503) },
        },
      },
      async (request, reply) => {
        const { caseNo, paper: number } = request.params as { caseNo: string; paper: string };
        const { row } = await readableCase(db, request, caseNo);
        const paper = (await papersOf(db, row, namesOf)).find((one) => one.number === number);
        if (!paper) throw problem('notFound');
        return sendPaper(reply, paper, request.query);
      },
    );
  };
