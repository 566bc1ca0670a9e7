// O3, O6, O8, V1, V2: what the law computes is answered without saving, over REST and on the command line alike.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { previewCommand } from '@gongshu/cli/preview-command';
import { ensureShippedCalendar } from '@gongshu/infra/calendars';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import { buildRegistry } from '@gongshu/service-registry';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { noCases } from '../support/catalog.ts';
import { type TestDatabase, testDatabase } from '../support/parts.ts';
import { noOnboardings } from '../support/registry-deps.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';

const scores = '/v1/selections/score-preview';
const terms = '/v1/agreements/term-preview';
const evaluations = '/v1/evaluations/preview';

const sheet = (expert: string, bidder: string, score: number | string) => ({
  expert,
  bidder,
  criterion: 'c',
  score,
});
const scoring = {
  criteria: [{ id: 'c', weight: 100, max: 100 }],
  method: 'mean',
  minBids: 2,
  tieRule: 'panelDecides',
  closesAt: '2024-03-01T17:00:00+08:00',
  bidders: [
    { id: '甲公司', receivedAt: '2024-03-01T16:59:59+08:00' },
    { id: '乙公司', receivedAt: '2024-02-29T10:00:00+08:00' },
    { id: '丙公司', receivedAt: '2024-03-01T17:00:00+08:00' },
  ],
  experts: [
    { id: 'e1', conflicts: [] },
    { id: 'e2', conflicts: ['甲公司'] },
    { id: 'e3', conflicts: [] },
  ],
  scores: [
    sheet('e1', '甲公司', 87.3),
    sheet('e1', '乙公司', 80),
    sheet('e3', '甲公司', '87.4'),
    sheet('e3', '乙公司', 80),
  ],
};
const term = { jurisdiction: 'shuozhou', signedOn: '2026-03-15', years: 3 };
const rectified = {
  jurisdiction: 'wuhai',
  steps: [
    { kind: 'open', at: '2025-01-06T09:00:00+08:00', year: 2024 },
    { kind: 'outcome', at: '2025-01-10T09:00:00+08:00', outcome: 'rectify' },
    { kind: 'plan', at: '2025-01-15T09:00:00+08:00' },
    { kind: 'reportRectification', at: '2025-02-11T00:00:00+08:00' },
  ],
};

describe('previews of the law', () => {
  let database: TestDatabase;
  let deps: ServiceDeps;
  let app: FastifyInstance;
  beforeAll(async () => {
    database = await testDatabase();
    deps = serviceDeps('registry', { url: database.url, tokens: await testTokens() });
    app = await buildRegistry({ ...deps, ...noOnboardings, documents: noCases.documents });
    await ensureShippedCalendar(deps.db);
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await deps?.db.destroy();
    await database?.drop();
  });

  /** Without a token and without an Idempotency-Key. */
  const ask = (url: string, body: unknown) => app.inject({ method: 'POST', url, payload: body as object });
  const answer = async (url: string, body: unknown) => {
    const asked = await ask(url, body);
    return { status: asked.statusCode, ...asked.json() };
  };

  it('scores bidders exactly for anyone, without a key', async () => {
    const plain = await ask(scores, scoring);
    expect([plain.statusCode, plain.json()]).toEqual([
      200,
      {
        exact: { 甲公司: '1747/20', 乙公司: '80/1' },
        shown: { 甲公司: '87.35', 乙公司: '80.00' },
        ranking: [['甲公司'], ['乙公司']],
        undecidedTie: null,
        lateBids: ['丙公司'],
        panel: ['e1', 'e3'],
      },
    ]);
  });

  it('refuses within the answer, with code, pointer and article', async () => {
    const given = { ...scoring, scores: [...scoring.scores, sheet('e2', '乙公司', 100)] };
    const refused = {
      code: 'expertInConflict',
      pointer: '/scores/4/expert',
      message: expect.stringMatching(/专家.* · .*panel/),
      article: { reading: expect.any(String) },
    };
    expect(await answer(scores, given)).toEqual({ status: 200, refused: [refused] });
    expect(await answer(scores, { ...given, jurisdiction: 'wuhai' })).toEqual({
      status: 200,
      refused: [refused],
    });
    const over = {
      ...scoring,
      jurisdiction: 'wuhai',
      scores: [...scoring.scores, sheet('e1', '丙公司', 101)],
    };
    expect((await answer(scores, over)).refused).toEqual([
      expect.objectContaining({
        code: 'scoreOutOfScale',
        article: { instrument: expect.stringContaining('乌海'), article: expect.stringContaining('四') },
      }),
    ]);
  });

  it('says that a selection has failed, and why', async () => {
    expect(await answer(scores, { ...scoring, minBids: 3 })).toMatchObject({
      status: 200,
      failed: [{ code: 'tooFewValidBids', pointer: '/bidders', article: { reading: expect.any(String) } }],
      lateBids: ['丙公司'],
    });
  });

  it('O6, O8: tells the last day, the maximum of the city and its renewal window', async () => {
    expect(await answer(terms, term)).toMatchObject({
      ...{ status: 200, lastDay: '2029-03-15', endsAt: '2029-03-16T00:00:00+08:00', exceedsMaximum: false },
      maximum: {
        years: 3,
        inPrinciple: true,
        article: { instrument: expect.stringContaining('朔州'), article: '八' },
      },
      window: { from: '2028-09-15', until: '2028-12-15' },
    });
    expect((await answer(terms, { ...term, years: 4 })).refused).toMatchObject([
      { code: 'groundMissing', pointer: '/years' },
    ]);
    expect((await answer(terms, { ...term, years: 4, groundRecorded: true })).refused).toBeUndefined();
    expect(
      (await answer(terms, { ...term, jurisdiction: 'wuhai', years: 6, groundRecorded: true })).refused,
    ).toMatchObject([
      { code: 'termOverMaximum', article: { instrument: expect.stringContaining('乌海'), article: '七' } },
    ]);
  });

  it.each([
    ['shuozhou', '2028-09-14', 'tooEarly'],
    ['shuozhou', '2028-09-15', 'inWindow'],
    ['shuozhou', '2028-12-15', 'inWindow'],
    ['shuozhou', '2028-12-16', 'tooLate'],
    ['wuhai', '2028-12-16', 'noWindow'],
    ['zhongwei', '2029-03-16', 'tooLate'],
  ])('O8: in %s material of %s is %s', async (jurisdiction, submittedOn, standing) => {
    const asked = await answer(terms, { jurisdiction, expiry: '2029-03-15', submittedOn });
    expect([asked.standing, asked.window === null]).toEqual([standing, jurisdiction !== 'shuozhou']);
  });

  it('V2: plays an evaluation by the city’s limit and the calendar in force', async () => {
    const { steps } = await answer(evaluations, rectified);
    expect(steps.map(({ state }: { state: string }) => state)).toEqual([
      'open',
      'rectifying',
      'rectifying',
      'overdue',
    ]);
    expect(steps[1]).toMatchObject({
      ...{ lastDay: '2025-02-10', deadline: '2025-02-11T00:00:00+08:00' },
      article: { instrument: expect.stringContaining('乌海'), article: '十二' },
    });
    expect(steps[3]).toMatchObject({
      ...{ accepted: false, code: 'deadlinePassed', pointer: '/steps/3' },
      article: { reading: expect.any(String) },
    });
    const set = rectified.steps.map((step) =>
      step.kind === 'outcome' ? { ...step, dueOn: '2025-03-01' } : step,
    );
    expect((await answer(evaluations, { jurisdiction: 'shuozhou', steps: set })).steps.at(-1).state).toBe(
      'reported',
    );
  });

  const far = {
    ...rectified,
    steps: rectified.steps.map((one) => ({ ...one, at: one.at.replace('2025', '2998') })),
  };
  it('V2: a year that nobody has published is provisional', async () => {
    expect((await answer(evaluations, far)).steps[3]).toMatchObject({
      state: 'reported',
      provisional: true,
      lastDay: null,
    });
  });

  it.each([
    ['a jurisdiction without a pack', terms, { ...term, jurisdiction: 'atlantis' }, '/body/jurisdiction'],
    ['… of a scoring', scores, { ...scoring, jurisdiction: 'atlantis' }, '/body/jurisdiction'],
    ['… of an evaluation', evaluations, { ...rectified, jurisdiction: 'atlantis' }, '/body/jurisdiction'],
    ['a rule of ties that is none', scores, { ...scoring, tieRule: 'coin' }, '/body/tieRule'],
    [
      'a number too fine',
      scores,
      { ...scoring, scores: [sheet('e1', '甲公司', 0.1 + 0.2)] },
      '/body/scores/0/score',
    ],
    [
      'a number too large',
      scores,
      { ...scoring, scores: [sheet('e1', '甲公司', 1e300)] },
      '/body/scores/0/score',
    ],
    ['a day that is none', scores, { ...scoring, closesAt: '2024-02-30T10:00:00+08:00' }, '/body/closesAt'],
    ['a year out of reach', scores, { ...scoring, closesAt: '0001-01-01T00:00:00+08:00' }, '/body/closesAt'],
    [
      'a mark of nought in an id',
      scores,
      { ...scoring, experts: [{ id: 'e\u0000', conflicts: [] }] },
      undefined,
    ],
    [
      'too many bidders',
      scores,
      { ...scoring, bidders: Array(101).fill(scoring.bidders[0]) },
      '/body/bidders',
    ],
    ['a key that is none', scores, { ...scoring, winner: '甲公司' }, '/body/winner'],
    ['a term of nought', terms, { ...term, years: 0 }, undefined],
    ['both years and months', terms, { ...term, months: 3 }, undefined],
    ['a day that no month has', terms, { ...term, signedOn: '2024-02-30' }, undefined],
    [
      'a step unknown',
      evaluations,
      { ...rectified, steps: [{ kind: 'guess', at: '2025-01-06T09:00:00+08:00' }] },
      undefined,
    ],
    ['steps that go back', evaluations, { ...rectified, steps: rectified.steps.toReversed() }, '/body/steps'],
    ['no steps', evaluations, { ...rectified, steps: [] }, '/body/steps'],
    ['nothing', scores, {}, '/body/criteria'],
  ])('%s is a problem, never a fault', async (_name, url, body, pointer) => {
    const refused = await ask(url, body);
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ]);
    const pointers = refused.json().errors.map((error: { pointer: string }) => error.pointer);
    expect(pointers).toContain(pointer ?? pointers[0]);
  });

  it('saves nothing', async () => {
    const rows = async () =>
      Number((await sql<{ n: string }>`select count(*) as n from outbox`.execute(deps.db)).rows[0]?.n);
    const before = await rows();
    await Promise.all([ask(scores, scoring), ask(terms, term), ask(evaluations, rectified)]);
    expect(await rows()).toBe(before);
  });

  it('answers a large scoring well within a request', async () => {
    const ids = (count: number, letter: string) => Array.from({ length: count }, (_, at) => `${letter}${at}`);
    const large = {
      ...scoring,
      criteria: ids(20, 'c').map((id, at) => ({ id, weight: `1.${100_003 + at}`, max: 97 + at })),
      bidders: ids(25, 'b').map((id) => ({ id, receivedAt: '2024-02-29T10:00:00+08:00' })),
      experts: ids(25, 'e').map((id) => ({ id, conflicts: [] })),
      scores: ids(25, 'e').flatMap((expert) =>
        ids(25, 'b').flatMap((bidder) =>
          ids(20, 'c').map((criterion) => ({ expert, bidder, criterion, score: 50.5 })),
        ),
      ),
    };
    const { ranking, undecidedTie } = await answer(scores, large);
    expect([ranking.length, undecidedTie.length]).toEqual([1, 25]);
  });

  describe('gongshu preview', () => {
    let folder: string;
    let said = '';
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'gongshu-preview-'));
      jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
        said += String(text);
        return true;
      });
    });
    afterAll(async () => {
      jest.restoreAllMocks();
      await rm(folder, { recursive: true });
    });
    const run = async (which: string, list: unknown, ...options: string[]): Promise<string> => {
      const file = join(folder, `${which}.json`);
      await writeFile(file, JSON.stringify(list));
      said = '';
      await previewCommand()
        .exitOverride()
        .parseAsync([which, file, ...options], { from: 'user' });
      return said;
    };

    it.each([
      ['score', scores, [scoring, { ...scoring, minBids: 3 }]],
      ['term', terms, [term, { jurisdiction: 'shuozhou', expiry: '2029-03-15', submittedOn: '2028-09-15' }]],
      ['evaluation', evaluations, [rectified, far]],
    ])('%s answers as the route, in the order of the questions', async (which, url, list) => {
      const overRest = await Promise.all(list.map(async (one) => (await ask(url, one)).json()));
      expect(JSON.parse(await run(which, list, '--json'))).toEqual(overRest);
    });

    it('answers the others where one has no answer, and prints tables', async () => {
      const list = [{ ...term, jurisdiction: 'atlantis' }, term];
      expect(JSON.parse(await run('term', list, '--json'))).toMatchObject([
        { problem: { code: 'invalidRequest', errors: [{ pointer: '/body/jurisdiction', code: 'unknown' }] } },
        { lastDay: '2029-03-15' },
      ]);
      expect(await run('term', list)).toMatch(/unknown[^]*2029-03-15[^]*2028-09-15 – 2028-12-15/);
      expect(await run('score', [scoring])).toMatch(/1 +甲公司 +87\.35 +1747\/20[^]*丙公司.*late/);
      expect(await run('evaluation', [rectified])).toMatch(/deadlinePassed +overdue/);
    });

    it.each(['score', 'term', 'evaluation'])(
      'answers every question of the example for %s',
      async (which) => {
        const list: unknown = JSON.parse(
          await readFile(join(import.meta.dirname, `../../infra/cli/examples/preview-${which}.json`), 'utf8'),
        );
        const answers = JSON.parse(await run(which, list, '--json')) as object[];
        expect(answers.filter((one) => 'problem' in one)).toEqual([]);
      },
    );

    it('refuses a file that is no list of questions', async () => {
      await expect(run('term', [{ jurisdiction: 'shuozhou' }])).rejects.toThrow(/is not as it should be/);
      await expect(run('score', [])).rejects.toThrow(/is not as it should be/);
    });
  });
});
