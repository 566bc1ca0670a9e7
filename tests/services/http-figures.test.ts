import type { CloudEvent } from '@gongshu/infra/cloud-event';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import { loadPacks } from '@gongshu/infra/packs';
import { buildDisclosure } from '@gongshu/service-disclosure';
import { takeFigure } from '@gongshu/service-disclosure/figures-subscriber';
import type { EventType } from '@gongshu/shared/events';
import type { FastifyInstance } from 'fastify';
import { noCases } from '../support/catalog.ts';
import { type TestDatabase, testDatabase } from '../support/parts.ts';
import { serviceDeps } from '../support/service.ts';
import { type TestTokens, testTokens } from '../support/tokens.ts';

const event = (
  type: EventType,
  subject: string,
  sequence: number,
  lawtime = '2024-03-31T23:59:59+08:00',
): CloudEvent => ({
  specversion: '1.0',
  id: `${subject}-${sequence}`,
  source: '/gongshu/catalog',
  type: `cn.gongshu.${type}`,
  subject,
  time: '2026-01-01T00:00:00+08:00',
  datacontenttype: 'application/json',
  dataschema: `urn:gongshu:event:${type}`,
  partitionkey: subject,
  sequence: String(sequence).padStart(10, '0'),
  previoussequence: '0000000000',
  jurisdiction: 'zhongwei',
  lawtime,
  data: {},
});

describe('S2, S3: public figures are counted from events, silence apart from decisions', () => {
  let database: TestDatabase;
  let deps: ServiceDeps;
  let app: FastifyInstance;
  let tokens: TestTokens;

  beforeAll(async () => {
    database = await testDatabase();
    tokens = await testTokens();
    deps = serviceDeps('disclosure', { url: database.url, tokens });
    app = await buildDisclosure({ ...deps, ...noCases, packs: loadPacks() });
  });
  afterAll(async () => {
    await app.close();
    await deps.db.destroy();
    await database.drop();
  });

  const take = (...events: CloudEvent[]) =>
    deps.db.transaction().execute(async (trx) => {
      for (const one of events) await takeFigure(one, trx);
    });

  it('by city and by month of Asia/Shanghai; a resource is open as its newest event says', async () => {
    await take(
      event('application.approved.v1', 'case-1', 9),
      event('application.deemedApproved.v1', 'case-2', 9),
      // Silence until 24:00 of the 31st is March’s (民法典 二百零三), whatever day that instant begins.
      event('application.deemedApproved.v1', 'case-3', 9, '2024-04-01T00:00:00+08:00'),
      event('application.reviewDeemedApproved.v1', 'case-2', 8, '2024-04-01T00:00:00+08:00'),
      event('application.refused.v1', 'case-4', 9, '2024-04-01T00:00:01+08:00'),
      event('application.reminderDue.v1', 'case-4', 5),
      event('resource.published.v1', 'res-1', 4),
      event('resource.suspended.v1', 'res-2', 6),
      event('resource.published.v1', 'res-2', 4),
      event('resource.published.v1', 'res-3', 4),
      event('resource.closed.v1', 'res-3', 5),
    );
    const answer = await app.inject({ url: '/v1/figures?jurisdiction=zhongwei' });
    expect(answer.json()).toMatchObject({
      figures: [
        {
          month: '2024-03',
          approved: 1,
          deemedApproved: 2,
          deemedReviews: 1,
          refused: 0,
          resourcesPublished: 3,
        },
        { month: '2024-04', approved: 0, deemedApproved: 0, refused: 1 },
      ],
      openResources: [{ jurisdiction: 'zhongwei', count: 1 }],
    });
  });

  it('as CSV that Excel opens in Chinese', async () => {
    const answer = await app.inject({
      url: '/v1/figures?from=2024-04&to=2024-04',
      headers: { accept: 'text/csv' },
    });
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.body).toBe(
      `\uFEFF地区,月份,提交申请,批准,批准（部分审核视为同意）,视为批准（全部审核逾期）,未批准,核查未通过,撤回,逾期未补正终止,视为同意的审核,核查逾期,审核逾期,公布资源\r\nzhongwei,2024-04,0,0,0,0,1,0,0,0,0,0,0,0\r\n`,
    );
  });

  it('refuses a month that is none', async () => {
    expect((await app.inject({ url: '/v1/figures?city=zhongwei' })).json().errors[0].pointer).toBe(
      '/query/city',
    );
    expect((await app.inject({ url: '/v1/figures?from=2024-13' })).json().errors[0].pointer).toBe(
      '/query/from',
    );
  });

  it('shows auditors where the stream was not whole, without a case number', async () => {
    const gap = {
      consumer: 'c',
      topic: 't',
      subject: 'case-9',
      event_id: 'e-1',
      kind: 'gap',
      expected: 3,
      received: 5,
    };
    await deps.db.insertInto('event_gap').values(gap).execute();
    const authorization = await tokens.bearer({ roles: ['auditor'] });
    const answer = await app.inject({ url: '/v1/events/gaps', headers: { authorization } });
    expect(answer.json()).toMatchObject({
      items: [{ eventId: 'e-1', kind: 'gap', expected: 3, received: 5 }],
      next: null,
    });
    expect(answer.body).not.toContain('case-9');
    expect((await app.inject({ url: '/v1/events/gaps' })).statusCode).toBe(401);
  });
});
