// One server of the access bench, in a process of its own: ours, or the same framework with one insert a request.
import { connect } from '@gongshu/infra/database';
import { loadPacks } from '@gongshu/infra/packs';
import { lawNow } from '@gongshu/infra/law-clock';
import { buildCatalog } from '@gongshu/service-catalog';
import Fastify, { type FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { noCases } from '../support/catalog.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';

const [kind = '', url = ''] = process.argv.slice(2);

/** The catalog service as it runs in a sandbox: every answer asks the law's clock once more. */
const ours = async (): Promise<FastifyInstance> => {
  const db = connect<never>(url, { schema: 'catalog' });
  const tokens = await testTokens();
  const deps = {
    ...serviceDeps('catalog', { url, tokens, sandbox: true, lawNow: () => lawNow(db) }),
    ...{ db, packs: loadPacks(), registration: { send: async () => {} }, ...noCases },
  };
  const claims = { roles: ['operator'], organisation: 'operator', subject: 'platform' } as const;
  bearer = await tokens.bearer(claims);
  return buildCatalog(deps as never);
};

const bare = (): FastifyInstance => {
  const db = connect<never>(url, { schema: 'catalog' });
  const app = Fastify({ logger: false });
  app.post('/v1/grants/:grantNo/accesses', async ({ body }) => {
    await sql`insert into bench_row (body) values (${JSON.stringify(body)}::jsonb)`.execute(db);
    return { permitted: true };
  });
  return app;
};

let bearer = '';
const app = kind === 'ours' ? await ours() : bare();
const address = await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ address, bearer });
// Ends with the bench, however that ends.
process.on('disconnect', () => process.exit());
