/**
 * The work desk with real services behind it: four services listening on one database, the development issuer with its
 * page, and people who browse with a cookie jar. No workflow runs: what is posted is taken in and stays so.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVerifier } from '@gongshu/infra/http/identity';
import { createIssuer } from '@gongshu/infra/issuer';
import { accountOf, type Person } from '@gongshu/infra/issuer-people';
import { deskSecret, issuerState } from '@gongshu/infra/issuer-state';
import { buildDisclosure } from '@gongshu/service-disclosure';
import { buildPricing } from '@gongshu/service-pricing';
import { buildRegistry } from '@gongshu/service-registry';
import type { FastifyInstance } from 'fastify';
import { startReading } from '../services/application-read-support.ts';
import { createBrowser } from './browser.ts';
import { noCases } from './catalog.ts';
import { serviceDeps } from './service.ts';

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });

const listening = async (app: FastifyInstance, port = 0): Promise<string> => {
  await app.listen({ port, host: '127.0.0.1' });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
};

type Reading = Awaited<ReturnType<typeof startReading>>;
export type DeskTest = Awaited<ReturnType<typeof startDesk>>;

/** Everything of it; `sandbox` shows the banner, `deliver` says what becomes of acts. */
export const startDesk = async (given: Parameters<typeof startReading>[0] = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'gongshu-desk-'));
  const [issuerPort, deskPort] = [await freePort(), await freePort()];
  const issuerUrl = `http://127.0.0.1:${issuerPort}`;
  const deskUrl = `http://127.0.0.1:${deskPort}`;
  const secret = await deskSecret(folder);
  const issuer = createIssuer(issuerUrl, await issuerState(folder), { url: deskUrl, secret });
  await new Promise<void>((up) => issuer.listen(issuerPort, '127.0.0.1', up));
  const verify = createVerifier({ issuer: issuerUrl });

  const catalog: Reading = await startReading({ verify, ...given });
  const shared = {
    ...{ packs: catalog.deps.packs, ...noCases, documents: catalog.deps.documents },
    ...(given?.deliver && { deliver: given.deliver }),
  };
  const others = (['registry', 'pricing', 'disclosure'] as const).map((name) => ({
    ...serviceDeps(name, { url: catalog.url, tokens: catalog.tokens, verify }),
    lawNow: async () => catalog.clock.now,
    ...shared,
  }));
  const [ofRegistry, ofPricing, ofDisclosure] = others;
  const registry = await buildRegistry({
    ...ofRegistry,
    debarment: { read: async () => ({ files: [], unknown: [] }) },
  } as never);
  const pricing = await buildPricing(ofPricing as never);
  const addresses = {
    catalog: await listening(catalog.app),
    registry: await listening(registry),
    pricing: await listening(pricing),
    disclosure: deskUrl,
  };
  const settings = {
    ...{ issuerUrl, deskUrl, clientId: 'gongshu-desk', secret: { text: secret }, addresses },
    fileMaxBytes: 20 * 1024 * 1024,
  };
  const disclosure = await buildDisclosure({ ...ofDisclosure, desk: settings } as never);
  await listening(disclosure, deskPort);

  const browser = () => createBrowser(deskUrl);
  return {
    ...{ catalog, registry, pricing, disclosure, addresses, deskUrl, issuerUrl, browser },
    registryDb: ofRegistry?.db as NonNullable<typeof ofRegistry>['db'],
    disclosureDb: ofDisclosure?.db as NonNullable<typeof ofDisclosure>['db'],
    /** Somebody signed in, by the issuer's page, on the first page of the desk. */
    signIn: async (person: Person, to = '/desk') => {
      const one = browser();
      await one.signIn(accountOf(person), to);
      return one;
    },
    stop: async () => {
      for (const app of [disclosure, pricing, registry]) await app.close();
      for (const { db } of others) await db.destroy();
      issuer.closeAllConnections();
      await new Promise((down) => issuer.close(down));
      await catalog.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
