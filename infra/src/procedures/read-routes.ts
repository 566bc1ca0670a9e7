/** Reading procedures of one kind: the list and one case, for every lifecycle the same. */
import { reaches } from '@gongshu/shared/may';
import { type ProcedureKind, procedures } from '@gongshu/shared/procedure/kinds';
import { readActs } from '@gongshu/shared/procedure/read-acts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Expression } from 'kysely';
import { z } from 'zod';
import { CaseNo } from '../cases/view.ts';
import { type CsvColumn, jsonOrCsv, sendPage } from '../http/csv.ts';
import { tag } from '../http/etag.ts';
import { decodeCursor, PageQuery, page, pageOf } from '../http/page.ts';
import { problems } from '../http/problems.ts';
import { type ProcedureRow, procedureFor } from './acting.ts';
import type { ProcedureDeps } from './deps.ts';
import { readerOf } from './reader.ts';
import {
  handlersOf,
  listProcedures,
  ProcedureRowView,
  procedureRowView,
  procedureView,
  ProcedureView,
} from './view.ts';

export const ProcedureParams = z.object({ caseNo: CaseNo });

const csv = (kind: ProcedureKind) => ({
  name: procedures[kind].path.slice('/v1/'.length),
  columns: [
    { title: '案件编号', value: ({ caseNo }) => caseNo },
    { title: '主办单位', value: ({ authority }) => authority },
    { title: '环节', value: ({ stage }) => stage },
    { title: '结果', value: ({ outcome }) => outcome },
    { title: '启动时间', value: ({ openedAt }) => openedAt },
    { title: '办结时间', value: ({ endedAt }) => endedAt },
    { title: '待办', value: ({ waitsFor }) => waitsFor.map(({ act }) => act).join(' ') },
    {
      title: '最近截止日',
      value: ({ waitsFor }) => waitsFor.map(({ lastDay }) => lastDay).find(Boolean) ?? null,
    },
  ] satisfies CsvColumn<ProcedureRowView>[],
});

/** Cases that are somebody's without its taking part. */
export type BesideCases = {
  own: (organisation: string) => Expression<boolean>;
  ownerOf: (row: ProcedureRow) => Promise<string | null>;
  ownRow: (view: ProcedureRowView) => ProcedureRowView;
  ownView: (row: ProcedureRow, view: ProcedureView) => Promise<ProcedureView>;
};

/** `GET path` and `GET path/{caseNo}`; the one as its reader may read it (reader.ts). */
export const procedureReadRoutes =
  (
    deps: ProcedureDeps,
    {
      kind,
      summary,
      beside,
    }: { kind: ProcedureKind; summary: { list: string; one: string }; beside?: BesideCases },
  ): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, documents } = deps;
    const { path } = procedures[kind];
    const act = readActs[kind];
    // A log that says who read which case would say whose it is.
    const sealed = beside && ({ sealed: true } as const);
    app.get(
      path,
      {
        config: { act, lists: true, ...sealed },
        schema: {
          summary: summary.list,
          querystring: PageQuery.extend({
            state: z.enum(['open', 'ended']).optional(),
            stage: z.string().max(60).optional(),
          }),
          response: {
            200: jsonOrCsv(pageOf(ProcedureRowView), 'A page of cases'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor, state, stage } = request.query;
        const [before] = decodeCursor(z.tuple([CaseNo]), cursor) ?? [];
        const now = await request.lawNow();
        const rows = await listProcedures(db, request.actor, {
          ...{ kind, act, state, stage, before },
          ...{ limit: limit + 1, own: beside?.own },
        });
        const { items, next } = page(request, reply, rows, limit, (row) => [row.case_no]);
        const overseen = reaches(request.actor, act).includes('jurisdiction');
        const views = await Promise.all(
          items.map(async (row) => {
            const view = await procedureRowView(db, row, now);
            if (!beside || overseen) return view;
            const takesPart = (await handlersOf(db, row.case_no)).includes(request.actor.organisation ?? '');
            return takesPart ? view : beside.ownRow(view);
          }),
        );
        return sendPage(request, reply, csv(kind), { items: views, next });
      },
    );

    app.get(
      `${path}/:caseNo`,
      {
        config: { act, ...sealed },
        schema: {
          summary: summary.one,
          params: ProcedureParams,
          response: { 200: ProcedureView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const row = await procedureFor(deps, request, kind, request.params.caseNo);
        const handlers = await handlersOf(db, row.case_no);
        const owner = await beside?.ownerOf(row);
        request.mustBeAllowed({ jurisdiction: row.jurisdiction, handlers, ...(owner && { owner }) });
        const reader = readerOf(request.actor, act, handlers);
        const view = await procedureView(db, row, { now: await request.lawNow(), reader, documents });
        const whole = !beside || !reader.partOnly || reader.takesPart;
        return tag(reply, row.version).send(whole ? view : await beside.ownView(row, view));
      },
    );
  };
