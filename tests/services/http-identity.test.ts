import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVerifier } from '@gongshu/infra/http/identity';
import { buildService, type Routes } from '@gongshu/infra/http/service';
import { requestToken } from '@gongshu/infra/tokens';
import { generateKeyPair } from 'jose';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { serviceDeps } from '../support/service.ts';
import { type TestTokens, testTokens } from '../support/tokens.ts';

const project = join(import.meta.dirname, '..', '..');
const nowhere = 'postgres://nobody@127.0.0.1:1/none';

const routes: Routes = async (app) => {
  app.get(
    '/v1/whoami',
    {
      config: { act: 'readTasks', lists: true },
      schema: { response: { 200: z.object({ id: z.string(), organisation: z.string().nullable() }) } },
    },
    async ({ actor }) => ({ id: actor.id, organisation: actor.organisation }),
  );
  app.get(
    '/v1/open',
    { config: { act: 'readPolicies' }, schema: { response: { 200: z.object({ id: z.string() }) } } },
    async ({ actor }) => ({ id: actor.id }),
  );
};

describe('a bearer token', () => {
  let tokens: TestTokens;
  let app: FastifyInstance;
  let close: () => Promise<void>;
  beforeAll(async () => {
    tokens = await testTokens();
    const deps = serviceDeps('catalog', { url: nowhere, tokens });
    app = await buildService({ name: 'catalog', title: 'test', routes: [routes], deps });
    close = async () => {
      await app.close();
      await deps.db.destroy();
    };
  });
  afterAll(() => close());

  const ask = (authorization: string | undefined, url = '/v1/whoami') =>
    app.inject({ url, headers: authorization === undefined ? {} : { authorization } });
  const claims = { roles: ['bureau'], jurisdiction: 'zhongwei' };
  const second = 1;
  const now = () => Math.floor(Date.now() / 1000);

  it('says who asks', async () => {
    const answer = await ask(await tokens.bearer({ roles: ['bureau'], organisation: 'org-1' }));
    expect([answer.statusCode, answer.json()]).toEqual([200, { id: 'bureau@org-1', organisation: 'org-1' }]);
  });

  it('is not needed where everyone may', async () => {
    expect((await ask(undefined, '/v1/open')).json()).toEqual({ id: 'anonymous' });
  });

  it.each<[string, () => Promise<string | undefined> | string | undefined]>([
    ['missing', () => undefined],
    ['of another scheme', () => 'Basic YTpi'],
    ['that is none', () => 'Bearer nonsense'],
    [
      'signed by a stranger',
      async () => `Bearer ${await tokens.sign(claims, { key: (await generateKeyPair('ES256')).privateKey })}`,
    ],
    ['that has expired', async () => `Bearer ${await tokens.sign({ ...claims, exp: now() - 60 * second })}`],
    ['not valid yet', async () => `Bearer ${await tokens.sign({ ...claims, nbf: now() + 60 * second })}`],
    [
      'of another issuer',
      async () => `Bearer ${await tokens.sign({ ...claims, iss: 'https://other.example' })}`,
    ],
    ['for another audience', async () => `Bearer ${await tokens.sign({ ...claims, aud: 'else' })}`],
    ['that is an id token', async () => `Bearer ${await tokens.sign(claims, { typ: 'JWT' })}`],
    ['without roles', async () => `Bearer ${await tokens.sign({ jurisdiction: 'zhongwei' })}`],
    [
      'with a role that does not exist',
      async () => `Bearer ${await tokens.sign({ ...claims, roles: ['king'] })}`,
    ],
    ['of no city', async () => `Bearer ${await tokens.sign({ roles: ['bureau'] })}`],
    ['with a name for a subject', async () => `Bearer ${await tokens.sign({ ...claims, sub: '张三' })}`],
    ['without a signature', () => `Bearer ${btoa('{"alg":"none","typ":"at+jwt"}')}.${btoa('{"sub":"x"}')}.`],
  ])('%s is answered 401 and challenged', async (_name, token) => {
    const answer = await ask(await token());
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'unauthenticated']);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('is refused even where none is needed, when it does not verify', async () => {
    expect((await ask('Bearer nonsense', '/v1/open')).statusCode).toBe(401);
  });

  it('with a clock 20 seconds fast still counts', async () => {
    const token = await tokens.sign({ ...claims, nbf: now() + 20 * second });
    expect((await ask(`Bearer ${token}`)).statusCode).toBe(200);
  });

  it('with two administrator roles is refused whole, even where everyone may', async () => {
    const token = await tokens.bearer({ roles: ['systemAdministrator', 'auditAdministrator'] });
    const answer = await ask(token, '/v1/open');
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'rolesExclude']);
  });

  it('without the role is answered 403, and one that names the act', async () => {
    const answer = await ask(await tokens.bearer({ roles: ['systemAdministrator'] }));
    expect(answer.json()).toMatchObject({
      status: 403,
      code: 'forbidden',
      detail: expect.stringContaining('readTasks'),
    });
  });

  it('cannot be checked while the issuer is away: 503, not 401', async () => {
    const verify = createVerifier({ issuer: 'http://127.0.0.1:1' });
    const deps = serviceDeps('catalog', { url: nowhere, tokens, verify });
    const other = await buildService({ name: 'catalog', title: 'test', routes: [routes], deps });
    const answer = await other.inject({
      url: '/v1/whoami',
      headers: { authorization: await tokens.bearer({ roles: ['bureau'] }) },
    });
    expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([
      503,
      'unavailable',
      '5',
    ]);
    await other.close();
    await deps.db.destroy();
  });
});

describe('the development issuer, as its own process', () => {
  let dataFolder: string;
  let issuerUrl: string;
  let issuer: ChildProcess | undefined;

  const freePort = async (): Promise<number> => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    return port;
  };
  const start = (port: number, mode: string): ChildProcess =>
    spawn(process.execPath, [join(project, 'infra', 'src', 'issuer-server.ts')], {
      env: {
        GONGSHU_MODE: mode,
        GONGSHU_ISSUER_URL: `http://127.0.0.1:${port}`,
        GONGSHU_PORT: String(port),
        GONGSHU_DATA_DIR: dataFolder,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const textOf = async (stream: NodeJS.ReadableStream | null): Promise<string> => {
    let text = '';
    for await (const chunk of stream ?? []) text += String(chunk);
    return text;
  };

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'gongshu-issuer-'));
    const port = await freePort();
    issuerUrl = `http://127.0.0.1:${port}`;
    issuer = start(port, 'development');
    if (issuer.stdout) await once(issuer.stdout, 'data'); // its first line says that it listens
  });
  afterAll(async () => {
    issuer?.kill('SIGTERM');
    if (issuer && issuer.exitCode === null) await once(issuer, 'exit');
    await rm(dataFolder, { recursive: true, force: true });
  });

  it('gives a token that the same verifier takes, by the secret in the data folder', async () => {
    const token = await requestToken(
      { issuerUrl, dataFolder },
      {
        roles: ['operator', 'auditor'],
        jurisdiction: 'zhongwei',
        organisation: 'op-1',
        subject: 'desk-7',
        seconds: 60,
      },
    );
    await expect(createVerifier({ issuer: issuerUrl })(token)).resolves.toEqual({
      id: 'desk-7',
      roles: ['operator', 'auditor'],
      organisation: 'op-1',
      jurisdiction: 'zhongwei',
    });
  });

  it('keeps keys and secret for their owner alone', async () => {
    expect((await stat(join(dataFolder, 'issuer', 'issuer.json'))).mode & 0o777).toBe(0o600);
  });

  it('refuses a caller without the secret, and roles that do not exist', async () => {
    const answer = await fetch(`${issuerUrl}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('gongshu-development:guess')}` },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        roles: 'bureau',
        jurisdiction: 'zhongwei',
      }),
    });
    expect(answer.status).toBe(401);
    const asked = requestToken(
      { issuerUrl, dataFolder },
      { roles: ['king' as 'bureau'], jurisdiction: 'zhongwei' },
    );
    await expect(asked).rejects.toThrow(/^The issuer refuses: roles/);
  });

  it('does not start in production, and says why in one sentence', async () => {
    const refused = start(await freePort(), 'production');
    const [said, [code]] = await Promise.all([textOf(refused.stderr), once(refused, 'exit')]);
    expect(code).toBe(1);
    expect(said).toMatch(/^The development issuer .* does not start in production mode.*\n$/);
  });
});
