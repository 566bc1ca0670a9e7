import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calendarCommand } from '@gongshu/cli/calendar-command';
import { clockCommand } from '@gongshu/cli/clock-command';
import { ensureShippedCalendar } from '@gongshu/infra/calendars';
import { issuerState } from '@gongshu/infra/issuer-state';
import { startLawClock } from '@gongshu/infra/law-clock';
import { type Role, roles } from '@gongshu/shared/may';
import { testTokens } from '../support/tokens.ts';
import { type Catalog, startCatalog } from './resources-support.ts';

const before = { ...process.env };

describe('gongshu calendar and gongshu clock against a started platform', () => {
  let catalog: Catalog;
  let issuer: Server;
  let folder: string;
  let clock: { stop: () => Promise<void> };
  let said = '';

  beforeAll(async () => {
    const tokens = await testTokens();
    catalog = await startCatalog({ verify: tokens.verify, sandbox: true });
    clock = await startLawClock(catalog.db, { mode: 'development', speed: 0 });
    await ensureShippedCalendar(catalog.db);
    // Stands for the issuer, which has its own tests: gives the token that is asked for.
    issuer = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const asked = new URLSearchParams(body);
        const claims = {
          roles: roles.filter((role: Role) => asked.get('roles') === role),
          jurisdiction: asked.get('jurisdiction') ?? '',
        };
        void tokens
          .bearer(claims)
          .then((bearer) => response.end(JSON.stringify({ access_token: bearer.slice('Bearer '.length) })));
      });
    });
    issuer.listen(0, '127.0.0.1');
    await once(issuer, 'listening');
    folder = await mkdtemp(join(tmpdir(), 'gongshu-clock-'));
    await issuerState(folder);
    Object.assign(process.env, {
      GONGSHU_MODE: 'development',
      GONGSHU_DATA_DIR: folder,
      GONGSHU_ISSUER_URL: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`,
      GONGSHU_CATALOG_URL: await catalog.app.listen({ port: 0, host: '127.0.0.1' }),
    });
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
    Object.assign(process.env, before);
    issuer.closeAllConnections();
    issuer.close();
    await clock.stop();
    await catalog.stop();
    await rm(folder, { recursive: true });
  });

  const run = async (command: ReturnType<typeof clockCommand>, ...words: string[]): Promise<string> => {
    said = '';
    await command.parseAsync(words, { from: 'user' });
    return said;
  };
  const file = async (content: unknown): Promise<string> => {
    const path = join(folder, 'input.json');
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  it('load the steps of a play, for the nation or for one city', async () => {
    const steps = [
      {
        at: '2026-11-04T09:00:00+08:00',
        event: 'publishYear',
        year: 2027,
        notice: '国办发明电〔2026〕9号',
        holidays: ['2027-01-01'],
        workingWeekends: ['2027-01-09'],
      },
      { event: 'calendar', changes: [{ date: '2027-01-05', to: 'holiday' }] },
    ];
    expect(await run(calendarCommand(), 'load', await file(steps))).toMatch(
      /loaded: sha256:.*zhongwei.*\n.*loaded/,
    );
    expect(await run(calendarCommand(), 'load', await file(steps))).toMatch(/already so/);
    const closure = { changes: [{ date: '2027-01-06', to: 'holiday', reason: '停电' }] };
    await run(calendarCommand(), 'load', await file(closure), '--jurisdiction', 'zhongwei');
    const own = { year: 2028, notice: '测试', holidays: [], workingWeekends: [] };
    expect(await run(calendarCommand(), 'load', await file(own), '--jurisdiction', 'zhongwei')).toMatch(
      /loaded: sha256:.*\(zhongwei\)/,
    );
    const national = await run(calendarCommand(), 'show', '2027');
    expect(national).toMatch(/国办发明电〔2026〕9号/);
    expect(national).toMatch(/2027-01-05 {2}休/);
    expect(national).toMatch(/2027-01-09 {2}班/);
    expect(national).not.toMatch(/停电/);
    expect(await run(calendarCommand(), 'show', '2027', '--jurisdiction', 'zhongwei')).toMatch(
      /2027-01-06 {2}休.*停电/,
    );
  });

  it('move the sandbox clock forward, and say where it stands', async () => {
    expect(await run(clockCommand(), 'advance', '2024-03-05T09:00:00+08:00')).toMatch(
      /→ 2024-03-05T09:00:00\+08:00, 0 stops/,
    );
    expect(await run(clockCommand(), 'show')).toMatch(/^2024-03-05T09:00:00\+08:00, speed 速率 0/);
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['back', () => run(clockCommand(), 'advance', '2024-03-04T09:00:00+08:00'), /clockGoesForward/],
    ['to no instant', () => run(clockCommand(), 'advance', 'tomorrow'), /invalidRequest.*\n.*\/body\/to/],
    ['into an unknown year', () => run(calendarCommand(), 'show', '2031'), /yearNotPublished/],
    ['with no JSON', async () => run(calendarCommand(), 'load', await file('{nope')), /is not JSON/],
    [
      'with a wrong file',
      async () => run(calendarCommand(), 'load', await file([{ changes: [] }])),
      /\[0\]\.changes/,
    ],
    [
      'with a wrong play',
      async () => run(clockCommand(), 'play', await file([{ name: 'a' }])),
      /\[0\]\.pack/,
    ],
  ])('do not go %s', async (_name, act, words) => {
    await expect(act()).rejects.toThrow(words);
  });
});
