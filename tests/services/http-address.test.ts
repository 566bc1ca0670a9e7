// Whose address a limit counts: only a gateway's word is taken for it.
import { byAddress } from '@gongshu/infra/http/address';
import { problems } from '@gongshu/infra/http/problems';
import { buildService, type Routes } from '@gongshu/infra/http/service';
import { z } from 'zod';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';

const twiceAMinute: Routes = async (app) => {
  app.get(
    '/v1/twice',
    {
      config: { act: 'previewDeadline', rateLimit: { max: 2, timeWindow: 60_000, ...byAddress } },
      schema: { summary: 'twice', response: { 200: z.object({ ip: z.string() }), ...problems(429) } },
    },
    async ({ ip }) => ({ ip }),
  );
};
let tokens: Awaited<ReturnType<typeof testTokens>>;
beforeAll(async () => {
  tokens = await testTokens();
});

type Call = { from: string; says: string };
/** What each call is answered, one after the other. */
const called = async (calls: readonly Call[], trustedProxies?: string[]) => {
  const deps = serviceDeps('catalog', { url: 'postgres://nobody@127.0.0.1:1/none', tokens });
  const app = await buildService({
    ...{ name: 'catalog', title: 'test', routes: [twiceAMinute] },
    deps: { ...deps, trustedProxies },
  });
  const answers: (number | string)[] = [];
  for (const { from, says } of calls) {
    const answer = await app.inject({
      ...{ url: '/v1/twice', remoteAddress: from, headers: { 'x-forwarded-for': says } },
    });
    answers.push(answer.statusCode === 200 ? answer.json<{ ip: string }>().ip : answer.statusCode);
  }
  await app.close();
  await deps.db.destroy();
  return answers;
};
const flood = (from: string) => [1, 2, 3, 4].map((n) => ({ from, says: `1.2.3.${n}` }));

it.each(['10.20.3.4', '172.17.0.1', '192.168.1.2', 'fd00::7', '203.0.113.9'])(
  'a caller at %s does not choose its own address',
  async (from) => {
    expect(await called(flood(from))).toEqual([from, from, 429, 429]);
  },
);

it('twin: where that network is trusted each header is another caller', async () => {
  expect(await called(flood('10.20.3.4'), ['10.0.0.0/8'])).toEqual([
    '1.2.3.1',
    '1.2.3.2',
    '1.2.3.3',
    '1.2.3.4',
  ]);
});

it('a gateway that is named is believed, and only in what it added itself', async () => {
  const behind = (says: string) => ({ from: '10.1.0.7', says });
  const spoofed = [1, 2, 3].map((n) => behind(`9.9.9.${n}, 10.20.3.4`));
  expect(await called([...spoofed, behind('59.1.1.1')], ['10.1.0.7'])).toEqual([
    ...['10.20.3.4', '10.20.3.4', 429, '59.1.1.1'],
  ]);
  expect(await called([{ from: '127.0.0.1', says: '59.1.1.1' }])).toEqual(['59.1.1.1']);
});

it('a caller with a whole IPv6 network is one', async () => {
  const calls = ['2001:db8:1:2::1', '2001:db8:1:2::2', '2001:db8:1:2:3::3', '2001:db8:1:3::1'].map(
    (from) => ({
      ...{ from, says: '' },
    }),
  );
  expect((await called(calls)).slice(2)).toEqual([429, '2001:db8:1:3::1']);
});
