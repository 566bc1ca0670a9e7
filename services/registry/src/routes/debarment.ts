import type { DebarmentPort } from '@gongshu/infra/debarment/folder';
import { debarmentMaxAgeDays, lookupDebarment } from '@gongshu/infra/debarment/lookup';
import type { DebarmentTables } from '@gongshu/infra/debarment/tables';
import { type CsvColumn, jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { businessDateOf, isBusinessDate, toInstantText } from '@gongshu/shared/business-date';
import { debarmentLists } from '@gongshu/shared/experts/codes';
import { line } from '@gongshu/shared/line';
import { actingRole, reaches } from '@gongshu/shared/may';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { type ProblemPlace, problem } from '@gongshu/shared/problems';
import { listsAsked } from '@gongshu/shared/selection/conditions';
import { type ListFault, readListRows } from '@gongshu/shared/selection/debarment-file';
import { isUscc } from '@gongshu/shared/uscc';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type ListRow, type LoadBy, loadList } from '../debarment/load.ts';
import { listLists } from '../queries/debarment.ts';

const List = z.enum(debarmentLists);
const Day = z.iso.date().refine(isBusinessDate, { message: '日期不存在 · no such day' });
const DebarmentList = z
  .object({
    list: List,
    asOf: z.string().describe('The day the list is of'),
    source: z.string(),
    contentHash: z.string(),
    entries: z.int().describe('Bodies listed, by credit code'),
    withoutCode: z.int().describe('Entries without a credit code: people'),
    loadedAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'DebarmentList' });
const view = (row: ListRow): z.output<typeof DebarmentList> => ({
  ...{ list: row.list, asOf: row.as_of, source: row.source, contentHash: row.content_hash },
  ...{ entries: row.entries, withoutCode: row.without_code },
  loadedAt: toInstantText(row.loaded_at.getTime()),
});

const cell = z.string().max(300).nullish();
const Given = z.strictObject({
  list: List,
  asOf: Day.describe('The day the list is of; today or before'),
  source: line(300).describe('Who published it, and where'),
  entries: z
    .array(
      z.strictObject({
        uscc: cell.describe('Credit code; left out for people'),
        name: cell,
        until: cell.describe('The last day on the list'),
      }),
    )
    .max(10_000),
});

const messages: Record<ListFault['code'], { zh: string; en: string }> = {
  usccCheckDigit: { zh: '统一社会信用代码的格式或校验码不符', en: 'Not a credit code: shape or check digit' },
  missingValue: { zh: '代码和名称均为空', en: 'Neither a code nor a name' },
  cellTooLong: { zh: '名称过长', en: 'The name is too long' },
  dateUnreadable: { zh: '日期读不出', en: 'Not a date' },
  unreadable: { zh: '文件不能读取', en: 'The file cannot be read' },
  tooManyRows: { zh: '行数过多', en: 'Too many rows' },
};
/** As many as help; the rest shows when these are mended. */
const places = (base: string, faults: readonly ListFault[]): ProblemPlace[] =>
  faults.slice(0, 100).map(({ row, column, code }) => ({
    pointer: column === 'file' ? base : `${base}/${row}/${column}`,
    code,
    message: messages[code],
  }));

const asCsv = {
  name: 'debarment-lists',
  columns: [
    { title: '名单', value: ({ list }) => list },
    { title: '名单日期', value: ({ asOf }) => asOf },
    { title: '来源', value: ({ source }) => source },
    { title: '主体数', value: ({ entries }) => entries },
    { title: '无代码条目数', value: ({ withoutCode }) => withoutCode },
    { title: '载入时间', value: ({ loadedAt }) => loadedAt },
  ] satisfies CsvColumn<z.output<typeof DebarmentList>>[],
};
const Answer = z.object({
  list: List,
  answer: z.enum(['listed', 'notListed', 'unknown']).describe('unknown: missing, or older than allowed'),
  asOf: z.string().nullable(),
  source: z.string().nullable(),
});

/** Debarment lists (失信名单, O2): loaded by import or from the folder, asked by credit code. */
export const debarmentRoutes =
  ({
    db,
    packs,
    debarment,
  }: {
    db: Kysely<DebarmentTables>;
    packs: PackSet;
    debarment?: DebarmentPort;
  }): FastifyPluginAsyncZod =>
  async (app) => {
    const loader = async (request: FastifyRequest): Promise<LoadBy> => {
      const { id, organisation, jurisdiction } = request.actor;
      request.mustBeAllowed({ jurisdiction });
      return {
        id,
        organisation,
        role: actingRole(request.actor, 'manageSelection', { jurisdiction }),
        at: await request.lawNow(),
      };
    };
    const mustHavePassed = (asOf: string, at: Date, pointer: string) => {
      if (asOf > businessDateOf(at.getTime()))
        throw problem('invalidRequest', {
          errors: [{ pointer, code: 'dateAhead', message: { zh: '晚于今日', en: 'After today' } }],
        });
    };

    app.get(
      '/v1/debarment-lists',
      {
        config: { act: 'readExperts', lists: true },
        schema: {
          tags: ['debarment lists'],
          summary: 'Versions of the lists, by list, newest first (O2)',
          querystring: PageQuery.extend({ list: List.optional() }),
          response: { 200: jsonOrCsv(pageOf(DebarmentList), 'A page'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, list } = request.query;
        const { actor } = request;
        const after = decodeCursor(z.tuple([z.string().max(60), Day]), cursor);
        const jurisdiction = reaches(actor, 'readExperts').includes('jurisdiction') ? actor.jurisdiction : '';
        const rows = await listLists(db, { jurisdiction, list, after, limit: limit + 1 });
        const { items, next } = page(request, reply, rows, limit, (row) => [row.list, row.as_of]);
        return sendPage(request, reply, asCsv, { items: items.map(view), next });
      },
    );

    app.post(
      '/v1/debarment-lists/imports',
      {
        config: { act: 'manageSelection' },
        schema: {
          tags: ['debarment lists'],
          summary: 'Imports a version of a list, whole or not at all; the same again changes nothing',
          headers: IdempotencyKey,
          body: Given,
          response: {
            201: z.object({ loaded: z.boolean(), entries: z.int(), withoutCode: z.int() }),
            ...problems(400, 401, 403, 404, 409, 413, 422),
          },
        },
      },
      async (request, reply) => {
        const by = await loader(request);
        const { list, asOf, source, entries: rows } = request.body;
        mustHavePassed(asOf, by.at, '/body/asOf');
        const { entries, withoutCode, faults } = readListRows(rows);
        if (faults.length > 0)
          throw problem('debarmentFileRefused', { errors: places('/body/entries', faults) });
        const given = { list, asOf, source, entries, withoutCode };
        const row = await loadList(db, request.actor.jurisdiction, given, by);
        return reply.code(201).send({ loaded: row !== undefined, entries: entries.length, withoutCode });
      },
    );

    app.post(
      '/v1/debarment-lists/refresh',
      {
        config: { act: 'manageSelection' },
        schema: {
          tags: ['debarment lists'],
          summary: 'Loads what is new in the folder of lists; each file whole or not at all',
          headers: IdempotencyKey,
          response: {
            200: z.object({
              loaded: z.array(z.object({ list: List, asOf: z.string() })),
              refused: z.array(z.object({ list: List, asOf: z.string(), rows: z.array(z.int()) })),
              unknown: z.array(z.string()).describe('Files whose names are no lists'),
            }),
            ...problems(400, 401, 403, 409),
          },
        },
      },
      async (request) => {
        const by = await loader(request);
        if (!debarment) throw problem('debarmentSourceMissing');
        const { files, unknown } = await debarment.read();
        const today = businessDateOf(by.at.getTime());
        const sound = files.filter(({ faults, asOf }) => faults.length === 0 && asOf <= today);
        const loaded = [];
        for (const file of sound.toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1))) {
          const newest = await listLists(db, {
            jurisdiction: request.actor.jurisdiction,
            ...{ list: file.list, after: undefined, limit: 1 },
          });
          if (newest[0] && newest[0].as_of >= file.asOf) continue;
          if (await loadList(db, request.actor.jurisdiction, file, by))
            loaded.push({ list: file.list, asOf: file.asOf });
        }
        const refused = files
          .filter(({ faults }) => faults.length > 0)
          .map(({ list, asOf, faults }) => ({
            list,
            asOf,
            rows: faults.slice(0, 100).map(({ row }) => row),
          }));
        return { loaded, refused, unknown: [...unknown] };
      },
    );

    app.get(
      '/v1/debarment-lists/lookup',
      {
        config: { act: 'readExperts' },
        schema: {
          tags: ['debarment lists'],
          summary: 'A credit code asked of every list that the city’s conditions name',
          querystring: z.strictObject({
            uscc: z.string().length(18).refine(isUscc, { message: '统一社会信用代码的格式或校验码不符' }),
          }),
          response: {
            200: z.object({ on: z.string(), maxAgeDays: z.int(), answers: z.array(Answer) }),
            ...problems(400, 401, 403, 404),
          },
        },
      },
      async (request) => {
        const { jurisdiction } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const on = businessDateOf((await request.lawNow()).getTime());
        const rule = packs.resolve(jurisdiction).rules['operatorSelection']?.['conditions'];
        const lists = listsAsked((rule?.value ?? []) as Parameters<typeof listsAsked>[0]);
        const answers = await lookupDebarment(db, { jurisdiction, uscc: request.query.uscc, lists, on });
        return {
          ...{ on, maxAgeDays: debarmentMaxAgeDays },
          answers: answers.map(({ listed, list, asOf, source }) => ({
            ...{ list: list as z.output<typeof List>, asOf, source },
            answer:
              listed === 'unknown'
                ? ('unknown' as const)
                : listed
                  ? ('listed' as const)
                  : ('notListed' as const),
          })),
        };
      },
    );
  };
