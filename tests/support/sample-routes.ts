import { expectedVersion, mustBeCurrent, tag } from '@gongshu/infra/http/etag';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import type { Routes } from '@gongshu/infra/http/service';
import {
  ServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';

/** A part that cannot be reached, as Node says it. */
export const away = () =>
  Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' });
const fromPostgres = (code: string) =>
  Object.assign(new Error('value "张三" refused'), { code, severity: 'ERROR' });
const inUpdate = (type: string, details: unknown[] = []) =>
  new WorkflowUpdateFailedError(
    'Workflow Update failed',
    ApplicationFailure.create({ type, details, nonRetryable: true }),
  );

const faults: Record<string, () => unknown> = {
  databaseAway: away,
  databaseStops: () => fromPostgres('57P01'),
  duplicate: () => fromPostgres('23505'),
  refusedValue: () => fromPostgres('22P05'),
  updateTimedOut: () => new WorkflowUpdateRPCTimeoutOrCancelledError('timed out'),
  temporalAway: () =>
    new ServiceError('unavailable', { cause: Object.assign(new Error('14 UNAVAILABLE'), { code: 14 }) }),
  refusedByWorkflow: () =>
    inUpdate('deadlinePassed', [
      { params: { deadline: '2024-03-15T24:00' }, article: { instrument: '中卫', article: '二十一' } },
    ]),
  strangeFailure: () => inUpdate('SomethingElse'),
  unforeseen: () => new Error('张三 13800000000 is in the message'),
};

/** One route for each thing the kit promises; `/v1/faults/:fault` throws what `faults` holds under that name. */
export const sampleRoutes: Routes = async (app) => {
  app.post(
    '/v1/things/:thingId',
    {
      config: { act: 'previewDeadline', changes: false },
      schema: {
        summary: 'a body that is checked',
        params: z.object({ thingId: z.string() }),
        body: z.object({ count: z.int(), names: z.array(z.object({ text: z.string().min(2) })).optional() }),
        response: { 200: z.object({ id: z.string() }), ...problems(400) },
      },
    },
    async (request) => ({ id: request.params.thingId }),
  );
  app.get(
    '/v1/things',
    {
      config: { act: 'readPolicies' },
      schema: {
        summary: 'pages',
        querystring: PageQuery,
        response: { 200: pageOf(z.int()), ...problems(400) },
      },
    },
    async (request, reply) => {
      const after = decodeCursor(z.tuple([z.int()]), request.query.cursor)?.[0] ?? 0;
      const { limit } = request.query;
      const rows = Array.from({ length: Math.min(limit + 1, 7 - after) }, (_, at) => after + at + 1);
      return page(request, reply, rows, limit, (row) => [row]);
    },
  );
  app.put(
    '/v1/things/:thingId',
    {
      config: { act: 'editResource' },
      schema: {
        summary: 'an edit',
        response: { 200: z.object({ version: z.int() }), ...problems(412, 428) },
      },
    },
    async (request, reply) => {
      request.mustBeAllowed({ jurisdiction: 'zhongwei', owner: 'dept' });
      mustBeCurrent(request, 3);
      return tag(reply, 4).send({ version: expectedVersion(request) + 1 });
    },
  );
  app.get(
    '/v1/faults/:fault',
    { config: { act: 'readPolicies' }, schema: { summary: 'throws', response: { 200: z.object({}) } } },
    async (request) => {
      throw faults[(request.params as { fault: string }).fault]?.();
    },
  );
  app.get(
    '/v1/wrong-answer',
    {
      config: { act: 'readPolicies' },
      schema: { summary: 'breaks its schema', response: { 200: z.object({ a: z.int() }) } },
    },
    async () => ({ a: 'text' }) as never,
  );
  app.get(
    '/v1/unasked',
    {
      config: { act: 'readParties' },
      schema: { summary: 'forgets to ask', response: { 200: z.object({}) } },
    },
    async () => ({}),
  );
};
