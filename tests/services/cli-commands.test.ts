import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseCommand } from '@gongshu/cli/case-command';
import { eventsCommand } from '@gongshu/cli/events-command';
import { packsDryRun } from '@gongshu/cli/packs-dry-run';
import { migrateCommand } from '@gongshu/cli/migrate-command';
import { tasksCommand } from '@gongshu/cli/tasks-command';
import { verifyCommand } from '@gongshu/cli/verify-command';
import { connect } from '@gongshu/infra/database';
import { issuerState } from '@gongshu/infra/issuer-state';
import { record } from '@gongshu/infra/record';
import { type Role, roles } from '@gongshu/shared/may';
import { sql } from 'kysely';
import { type TestDatabase, testDatabase } from '../support/parts.ts';
import { type TestTokens, testTokens } from '../support/tokens.ts';
import { startReading } from './application-read-support.ts';

const caseNo = '640500-SQ-2024-000001';
const before = { ...process.env };
let said = '';

/** What a command writes, given these words. */
const run = async (command: ReturnType<typeof caseCommand>, ...words: string[]): Promise<string> => {
  said = '';
  await command.parseAsync(words, { from: 'user' });
  return said;
};

beforeAll(() => {
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterAll(() => {
  jest.restoreAllMocks();
  for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
  Object.assign(process.env, before);
});

describe('gongshu case and gongshu tasks read over REST with a development token', () => {
  let city: Awaited<ReturnType<typeof startReading>>;
  let issuer: Server;
  let dataFolder: string;

  /** Stands for the issuer, which has its own tests: gives the token that is asked for. */
  const startIssuer = async (tokens: TestTokens): Promise<Server> => {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const asked = new URLSearchParams(body);
        const organisation = asked.get('organisation');
        const claims = {
          roles: roles.filter((role: Role) => asked.get('roles') === role),
          jurisdiction: asked.get('jurisdiction') ?? '',
          ...(organisation && { organisation }),
        };
        void tokens
          .bearer(claims)
          .then((bearer) => response.end(JSON.stringify({ access_token: bearer.slice('Bearer '.length) })));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };

  beforeAll(async () => {
    const tokens = await testTokens();
    city = await startReading({ verify: tokens.verify });
    await city.submit(caseNo, { reviewers: ['dept-transport'] });
    await city.play(caseNo, 'review', 'dept-transport');
    issuer = await startIssuer(tokens);
    dataFolder = await mkdtemp(join(tmpdir(), 'gongshu-cli-'));
    await issuerState(dataFolder);
    Object.assign(process.env, {
      GONGSHU_DATA_DIR: dataFolder,
      GONGSHU_ISSUER_URL: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`,
      GONGSHU_CATALOG_URL: await city.app.listen({ port: 0, host: '127.0.0.1' }),
    });
  });
  afterAll(async () => {
    await city.stop();
    issuer.close();
    await rm(dataFolder, { recursive: true, force: true });
  });

  it('the case: row, turns, clocks, receipts, events', async () => {
    const text = await run(caseCommand(), caseNo);
    for (const part of [
      `申请 ${caseNo}`,
      '2024-03-15',
      'submitApplication',
      'application.reviewStarted.v1',
      '二十一',
    ])
      expect(text).toContain(part);
    const whole = JSON.parse(await run(caseCommand(), caseNo, '--json'));
    expect(whole.clocks[0].days).toHaveLength(14);
  });

  it('a case of another body is not found, in a sentence', async () => {
    const strange = ['--role', 'sourceDepartment', '--organisation', 'dept-water'];
    await expect(run(caseCommand(), caseNo, ...strange)).rejects.toThrow(/notFound/);
  });

  it('the tasks of a body', async () => {
    const words = ['--role', 'sourceDepartment', '--organisation', 'dept-transport'];
    expect(await run(tasksCommand(), ...words)).toContain('decideReview returnReview requestExtension');
    expect(JSON.parse(await run(tasksCommand(), ...words, '--within', '3', '--json'))).toEqual([]);
  });

  it('closed cases under another pack: counts, outcomes, each turn that differs', async () => {
    const closed = '640500-SQ-2024-000009';
    await city.submit(closed, { reviewers: ['dept-transport'] });
    await city.play(closed, 'review', 'dept-transport', {
      end: { outcome: 'deemedApproved', at: Date.parse('2024-03-16T00:00:00+08:00'), receipt: null },
    });
    await city.db
      .updateTable('application')
      .set({ outcome: 'deemedApproved', ended_at: new Date('2024-03-16T00:00:00+08:00') })
      .where('case_no', '=', closed)
      .execute();
    const words = ['--under', 'shuozhou', '--from', '2024-01-01', '--until', '2024-12-31'];
    const text = await run(packsDryRun(), ...words);
    expect(text).toContain('zhongwei under shuozhou, 2024-01-01 to 2024-12-31: 1 cases, 1 turns');
    expect(text).toMatch(/deemedApproved +1 +0\n/);
    expect(text).toMatch(
      /640500-SQ-2024-000009\/review\/dept-transport +.*silence outcome +deemedApproved +2024-03-15/,
    );
    const whole = JSON.parse(await run(packsDryRun(), ...words, '--json'));
    expect(whole.counts).toMatchObject({ silences: 1, cases: 1 });
    await expect(run(packsDryRun(), ...words, '--role', 'merchant')).rejects.toThrow(/forbidden/);
    await city.db.updateTable('application').set({ ended_at: null }).where('case_no', '=', closed).execute();
  });

  it('the tasks of every service, merged by due instant; of those that answer, where others are away', async () => {
    const words = ['--role', 'operator', '--organisation', 'operator', '--json'];
    await city.submit('640500-SQ-2024-000002');
    await city.play('640500-SQ-2024-000002', 'acceptance', 'operator');
    const [own] = JSON.parse(await run(tasksCommand(), ...words)) as { deadline: string }[];
    const due = (days: number) => new Date(Date.parse(own?.deadline ?? '') + days * 86_400_000).toISOString();
    const asked: (string | undefined)[] = [];
    const registry = createServer((request, response) => {
      asked.push(request.url);
      const items = [1, -1].map((days) => ({ ...own, caseNo: `RZ${days}`, deadline: due(days) }));
      response.end(JSON.stringify({ items, next: null }));
    });
    registry.listen(0, '127.0.0.1');
    await once(registry, 'listening');
    process.env['GONGSHU_REGISTRY_URL'] = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
    try {
      const merged = JSON.parse(await run(tasksCommand(), ...words, '--mine', '--overdue')) as object[];
      expect(merged).toHaveLength(2); // nothing was given to this account, nothing is late, in the catalog
      const all = JSON.parse(await run(tasksCommand(), ...words)) as { caseNo: string }[];
      expect(all.map(({ caseNo: no }) => no)).toEqual([
        ...['RZ-1', '640500-SQ-2024-000002', 'RZ1'],
        '640500-SQ-2024-000009', // approved: its agreement has no deadline
      ]);
      const table = await run(tasksCommand(), ...words.filter((word) => word !== '--json'));
      expect(table).toMatch(/agreementRendering +640500-SQ-2024-000009 +operator .*renderAgreement/);
      expect(asked[0]).toContain('mine=true');
      expect(asked[0]).toContain('overdue=true');
    } finally {
      delete process.env['GONGSHU_REGISTRY_URL'];
      registry.close();
    }
  });
});

describe('gongshu on the database', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
    process.env['GONGSHU_DATABASE_URL'] = database.url;
  });
  afterAll(() => database.drop());

  it('migrate: a second run finds nothing to do', async () => {
    expect(await run(migrateCommand())).toBe('nothing to migrate\n');
  });

  it('events parked: none at first', async () => {
    expect(JSON.parse(await run(eventsCommand(), 'parked', '--json'))).toEqual([]);
    const words = ['release', '7', '--service', 'catalog', '--resolution', 'skip'];
    await expect(run(eventsCommand(), ...words)).rejects.toThrow('nothing parked under 7');
  });

  it('verify audit: whole, and ends 1 where an entry was altered', async () => {
    const db = connect<unknown>(database.url, { schema: 'catalog', max: 1 });
    try {
      await db.transaction().execute((trx) =>
        record(trx, 'catalog', {
          key: 'accepted',
          type: 'application.accepted.v1',
          subject: caseNo,
          jurisdiction: 'zhongwei',
          at: new Date('2024-03-01T10:00:00+08:00'),
          actor: { id: 'o-1', role: 'operator', organisation: 'operator' },
          data: {
            caseNo,
            packVersion: `sha256:${'a'.repeat(64)}`,
            acceptedAt: '2024-03-01T10:00:00+08:00',
          },
        }),
      );
      await run(verifyCommand(), 'audit');
      expect(process.exitCode).toBeUndefined();
      await sql`update audit_entry set entry = replace(entry, 'o-1', 'o-2')`.execute(db);
      expect(await run(verifyCommand(), 'audit')).toContain('altered');
      expect(process.exitCode).toBe(1);
    } finally {
      process.exitCode = undefined;
      await db.destroy();
    }
  });
});
