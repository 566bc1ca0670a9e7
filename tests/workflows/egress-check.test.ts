// E1 (中卫 十七、二十三、二十八, 国家 二十一): two vetted people who did not make it, each unseen by the other until both have spoken.
import { sql } from 'kysely';
import { checkSteps, publicSource, rawScan } from '../support/egress-check.ts';
import { type Products, startProducts } from '../support/products.ts';

const city = 'zhongwei';
let the: Products;
let on: ReturnType<typeof checkSteps>;
beforeAll(async () => {
  the = await startProducts([city], { scan: rawScan });
  on = checkSteps(the, city);
  await the.law.begin('2024-03-01T09:00:00');
}, 180_000);
afterAll(() => the?.stop());

/** Declared public, so that the rows the engine finds ask for no exception. */
const submitted = { contents: { publicSources: [publicSource] } };
const nameAnswer = async (caseNo: string, ...checkers: string[]) => {
  const answer = await the.call(on.who.operator, 'POST', `/v1/egress-cases/${caseNo}/checkers`, { checkers });
  const {
    code,
    errors = [],
    article,
  } = answer.json<{
    code?: string;
    errors?: { pointer: string }[];
    article?: { article: string };
  }>();
  return {
    status: answer.statusCode,
    code,
    pointers: errors.map(({ pointer }) => pointer),
    article: article?.article,
  };
};

describe('who checks', () => {
  let caseNo: string;
  let fit: string[];
  beforeAll(async () => {
    caseNo = await the.submit(city, submitted);
    fit = [await on.person('fit-1'), await on.person('fit-2')];
  });

  it.each([
    ['who is not on the register', async () => 'RY-00000000-0000-4000-8000-999999999999'],
    ['who was not vetted', () => on.person('unvetted', { vetting_result: null, vetted_on: null })],
    ['who failed the vetting', () => on.person('failed', { vetting_result: 'failed' })],
    ['whose vetting ran out', () => on.person('lapsed', { vetted_until: '2024-02-29' })],
    ['who has left', () => on.person('gone', { state: 'left' })],
    ['another body’s', () => on.person('foreign', { organisation: 'merchant-2' })],
  ])('%s does not', async (_title, make) => {
    expect(await nameAnswer(caseNo, fit[0] ?? '', await make())).toEqual({
      ...{ status: 422, code: 'checkerUnfit', pointers: ['/body/checkers/1'], article: '二十三' },
    });
  });

  it('nor who made the product', async () => {
    const { state } = await the.row(caseNo);
    const [author = ''] = (state as { authors: string[] }).authors;
    const maker = await on.person(author);
    expect(await nameAnswer(caseNo, maker, fit[0] ?? '')).toMatchObject({
      ...{ status: 422, code: 'checkerIsAuthor', pointers: ['/body/checkers/0'] },
    });
  });

  it('nor who holds of who submits, by number or by account, however far', async () => {
    const holder = await on.person('holder');
    const link = (owner: string, owned: string, id: string) =>
      sql`
      insert into registry.ownership_link
        (id, jurisdiction, owner, owned, kind, share_basis_points, document, from_on, state, recorded_by, recorded_at,
         confirmed_by, confirmed_at)
      values (${id}, ${city}, ${owner}, ${owned}, 'share', 50, 'sha256:0', '2024-01-02', 'confirmed', 'r', now(), 'c', now())`.execute(
        the.db,
      );
    await link(holder, 'holding-1', 'GX-h1');
    await link('holding-1', 'merchant-1', 'GX-h2');
    await link('by-account', 'merchant-1', 'GX-h3');
    expect(await nameAnswer(caseNo, holder, await on.person('by-account'))).toMatchObject({
      ...{ status: 422, code: 'checkerRelated', pointers: ['/body/checkers/0', '/body/checkers/1'] },
    });
  });

  it('one, the same twice, or three are not two; two who are fit are', async () => {
    const [first = '', second = ''] = fit;
    for (const wrong of [[first], [first, first], [first, second, await on.person('fit-3')]])
      expect(await nameAnswer(caseNo, ...wrong)).toMatchObject({ status: 422, code: 'checkersWrong' });
    expect(await nameAnswer(caseNo, first, second)).toMatchObject({ status: 200 });
    expect((await the.told(caseNo, 'productEgress.checkersNamed.v1')).at(-1)).toMatchObject({ number: 2 });
  });

  it('the operator alone names them', async () => {
    for (const who of [on.who.bureau, on.who.merchant, on.who.auditor])
      expect(await the.act(who, caseNo, 'checkers', { checkers: fit })).toMatchObject({ status: 403 });
  });
});

describe('a vote', () => {
  it('lacks, repeats or invents nothing, and gives the reason of a refusal', async () => {
    const { caseNo, first } = await on.underCheck(submitted);
    const { fields } = await on.ballot(caseNo);
    const [one, two, ...others] = fields;
    if (!one || !two) throw new Error('two fields at least');
    const answer = await on.vote(caseNo, first, {
      fields: [one, one, { ...two, pass: false }, { field: 'somethingElse', pass: true }],
      exceptions: [{ exception: 1, accept: true }],
      sources: [],
    });
    expect(answer).toMatchObject({ status: 422, code: 'voteIncomplete' });
    expect(answer.errors?.map(({ pointer }) => pointer)).toEqual([
      ...['/body/fields/1', '/body/fields/2', '/body/fields/3'],
      ...others.map(({ field }) => `/body/fields/${field}`),
      ...['/body/exceptions/0', '/body/sources/R-parking'],
    ]);
    expect((await on.votes(caseNo)).spoken).toBe(0);
  });

  it('is of the two named alone, once each; the last one opens both', async () => {
    const { caseNo, first, second } = await on.underCheck({ ...submitted, path: 'product-checked' });
    const other = await on.underCheck(submitted);
    expect(await on.vote(caseNo, other.first)).toMatchObject({ status: 403, code: 'notChecker' });
    expect(await on.vote(caseNo, first, {}, 'vote-key-00001')).toMatchObject({ status: 200 });
    expect(await on.vote(caseNo, first, {}, 'vote-key-00001')).toMatchObject({ status: 200 });
    expect(await on.vote(caseNo, first)).toMatchObject({ status: 409, code: 'alreadyVoted' });
    expect(await on.votes(caseNo)).toMatchObject({ spoken: 1, rounds: [] });
    expect(await on.vote(caseNo, second)).toMatchObject({ status: 200 });
    expect(await the.story(caseNo)).toEqual([
      ...['submitted', 'evidenceRecorded', 'checkersNamed', 'voteCast', 'voteCast', 'checkPassed'],
    ]);
    const { rounds } = await on.votes(caseNo);
    expect(rounds).toMatchObject([{ passed: true, votes: [{ checker: first }, { checker: second }] }]);
  });

  it('the same key with another vote is refused; with the same one it is answered as before', async () => {
    const { caseNo, first } = await on.underCheck(submitted);
    expect(await on.vote(caseNo, first, {}, 'vote-key-00002')).toMatchObject({ status: 200 });
    const fields = await on.refusing(caseNo, '可逆');
    expect(await on.vote(caseNo, first, { fields }, 'vote-key-00002')).toMatchObject({
      ...{ status: 422, code: 'idempotencyKeyReused' },
    });
    expect(await on.vote(caseNo, first, {}, 'vote-key-00002')).toMatchObject({ status: 200 });
  });

  it('two at the same instant open each other', async () => {
    const { caseNo, first, second } = await on.underCheck(submitted);
    const both = await Promise.all([on.vote(caseNo, first), on.vote(caseNo, second)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await the.story(caseNo)).slice(-3)).toEqual(['voteCast', 'voteCast', 'checkPassed']);
  });

  it('one refusal sends it back; reasons are read by who submitted, not by whom', async () => {
    const { caseNo, first, second } = await on.underCheck(submitted);
    await on.vote(caseNo, first);
    const fields = await on.refusing(caseNo, '可由模型还原出原始记录');
    expect(await on.vote(caseNo, second, { fields })).toMatchObject({ status: 200 });
    expect((await the.row(caseNo)).stage).toBe('returned');
    const { rounds, checkers } = await on.votes(caseNo, on.who.merchant);
    expect(rounds[0]?.votes.map(({ checker }) => checker)).toEqual([null, null]);
    expect(rounds[0]?.votes.flatMap(({ reasons }) => reasons.map(({ text }) => text))).toEqual([
      '可由模型还原出原始记录',
    ]);
    expect(checkers).toBeNull();
    expect(await on.votes(caseNo, on.who.department)).toMatchObject({ rounds: [] });
    expect((await the.call(on.who.rival, 'GET', `/v1/egress-cases/${caseNo}/votes`)).statusCode).toBe(404);
  });

  it('of somebody whose vetting ran out since does not count', async () => {
    const { caseNo, first } = await on.underCheck(submitted);
    await sql`update registry.staff set state = 'left' where account = ${first}`.execute(the.db);
    expect(await on.vote(caseNo, first)).toMatchObject({ status: 422, code: 'checkerUnfit' });
    expect((await on.votes(caseNo)).spoken).toBe(0);
  });

  it('is dropped by another artefact, and by a substitute for who has spoken', async () => {
    const { caseNo, first, second } = await on.underCheck(submitted);
    const before = await on.ballot(caseNo);
    await on.vote(caseNo, first);
    const substitute = await on.person('substitute');
    const [stays = ''] = (
      await sql<{ id: string }>`select id from registry.staff where account = ${second}`.execute(the.db)
    ).rows.map(({ id }) => id);
    expect(await on.name(caseNo, stays, substitute)).toMatchObject({ status: 200 });
    expect((await the.told(caseNo, 'productEgress.checkersNamed.v1')).at(-1)).toMatchObject({
      votesDropped: 1,
    });
    expect(await on.vote(caseNo, second, { round: before.round })).toMatchObject({ code: 'voteDropped' });
    await on.vote(caseNo, second);
    const changed = await the.asked(city, {
      artefact: 'district,day,spaces\nD1,2024-01-01,1\n',
      ...submitted,
    });
    expect(await the.act(on.who.merchant, caseNo, 'artefact', changed)).toMatchObject({ status: 200 });
    await the.evidenced(caseNo);
    expect(await on.votes(caseNo)).toMatchObject({ spoken: 0, rounds: [] });
    await on.vote(caseNo, second);
    await on.vote(caseNo, 'substitute');
    expect(await on.votes(caseNo)).toMatchObject({ rounds: [{ passed: true }] });
  });
});

describe('an exception', () => {
  const ask = async (caseNo: string, change: object = {}, who = on.who.merchant) => {
    const document = await the.upload(city, 'merchant-1', `说明 ${caseNo}`);
    return the.act(who, caseNo, 'exceptions', { items: [1], ground: 'requiredByLaw', document, ...change });
  };
  it('is asked for by who submitted, for findings there are, and accepted by both or not at all', async () => {
    const { caseNo, first, second } = await on.underCheck({ artefact: 'verdict,findings\n' });
    expect(await ask(caseNo, { items: [9] })).toMatchObject({ status: 422, code: 'findingUnknown' });
    expect(await ask(caseNo, { items: [1, 1] })).toMatchObject({ status: 400 });
    expect(await ask(caseNo, { document: `sha256:${'9'.repeat(64)}` })).toMatchObject({
      code: 'documentUnknown',
    });
    expect(await ask(caseNo, {}, on.who.operator as never)).toMatchObject({ status: 403 });
    await on.vote(caseNo, first);
    expect(await ask(caseNo, { items: [1, 2], words: '法律要求公开联系电话' })).toMatchObject({
      status: 200,
    });
    expect(await on.votes(caseNo)).toMatchObject({ spoken: 0, round: 2 });
    const refused = [{ exception: 1, accept: false, reason: { code: 'privacy', text: '并无此要求' } }];
    expect(await on.vote(caseNo, first, { exceptions: [{ exception: 1, accept: false }] })).toMatchObject({
      code: 'voteIncomplete',
    });
    await on.vote(caseNo, first);
    await on.vote(caseNo, second, { exceptions: refused });
    expect((await the.told(caseNo, 'productEgress.checkFailed.v1')).at(-1)).toMatchObject({ uncovered: 2 });
    expect(await ask(caseNo, { items: [1, 2] })).toMatchObject({ status: 200 });
    await on.vote(caseNo, first);
    await on.vote(caseNo, second, {
      exceptions: [...refused, { exception: 2, accept: true }],
    });
    expect((await the.row(caseNo)).stage).toBe('filing');
  });
});

describe('rows of a source that is lawfully public (中卫 四、二十四、二十八)', () => {
  it('do not count once both confirm ground, address and date', async () => {
    const { caseNo, first, second } = await on.underCheck(submitted);
    const { evidence } = (await the.row(caseNo)).state as { evidence: object };
    expect(evidence).toMatchObject({
      items: 1,
      publicItems: [{ source: publicSource.resource, items: [1] }],
    });
    await on.vote(caseNo, first);
    await on.vote(caseNo, second);
    expect((await the.row(caseNo)).stage).toBe('filing');
  });
  it('count where one of them does not: the finding stands', async () => {
    const { caseNo, first, second } = await on.underCheck(submitted);
    const reason = { code: 'evidenceUnclear', text: '该网址未见此数据' };
    await on.vote(caseNo, first);
    await on.vote(caseNo, second, {
      sources: [{ source: publicSource.resource, confirmed: false, reason }],
    });
    expect((await the.told(caseNo, 'productEgress.checkFailed.v1')).at(-1)).toMatchObject({
      ...{ uncovered: 1, refusedFields: [] },
    });
  });
});

describe('the work list', () => {
  const tasks = async (caseNo: string, who: Parameters<typeof the.call>[0], query = '') => {
    const answer = await the.call(who, 'GET', `/v1/tasks${query}`);
    const { items } = answer.json<{
      items: {
        caseNo: string;
        acts: string[];
        overdue: boolean;
        assignee: string | null;
        lastDay: string | null;
      }[];
    }>();
    return items.filter((one) => one.caseNo === caseNo);
  };
  it('shows a vote to who was named until it is cast; late it is overdue and nothing more', async () => {
    const caseNo = await the.submit(city, submitted);
    const { operator, merchant } = on.who;
    expect(await tasks(caseNo, operator)).toMatchObject([{ acts: ['nameCheckers'], overdue: false }]);
    expect(await tasks(caseNo, merchant)).toEqual([]);
    await on.name(caseNo, await on.person('busy-1'), await on.person('busy-2'));
    expect(await tasks(caseNo, operator)).toEqual([]);
    for (const account of ['busy-1', 'busy-2'])
      expect(await tasks(caseNo, on.seat(account), '?mine=true')).toMatchObject([
        { acts: ['castVote'], assignee: account, overdue: false, lastDay: '2024-03-08' },
      ]);
    await on.vote(caseNo, 'busy-1');
    expect(await tasks(caseNo, on.seat('busy-1'))).toEqual([]);
    await the.goTo('2024-03-09T09:00:00', caseNo);
    expect((await the.story(caseNo)).at(-1)).toBe('overdue');
    expect(await tasks(caseNo, on.seat('busy-2'), '?overdue=true')).toMatchObject([{ overdue: true }]);
    const [stays = ''] = (
      await sql<{ id: string }>`select id from registry.staff where account = 'busy-1'`.execute(the.db)
    ).rows.map(({ id }) => id);
    await on.name(caseNo, stays, await on.person('busy-3'));
    expect(await tasks(caseNo, on.seat('busy-2'))).toEqual([]);
    expect(await tasks(caseNo, on.seat('busy-3'))).toMatchObject([{ acts: ['castVote'], overdue: true }]);
    await on.vote(caseNo, 'busy-3');
    expect((await the.told(caseNo, 'productEgress.checkPassed.v1')).at(-1)).toMatchObject({ late: true });
  });
});

describe('a checker’s own share of who submits, found later (O10)', () => {
  it('re-opens what that checker has checked, and no other case; others check it anew', async () => {
    const [one, other] = [await on.underCheck(submitted), await on.underCheck(submitted)];
    for (const { caseNo, first, second } of [one, other]) {
      await on.vote(caseNo, first);
      await on.vote(caseNo, second);
    }
    const bureau = (subject: string) => ({ ...on.who.bureau, subject });
    const document = await the.upload(city, 'city-bureau', '股东名册');
    const made = await the.call(bureau('a-1'), 'POST', '/v1/ownership-links', {
      ...{ owner: one.second, owned: 'merchant-1', kind: 'share', shareBasisPoints: 1, document },
      from: '2024-01-02',
    });
    const { link } = made.json<{ link: string }>();
    expect((await the.row(one.caseNo)).stage).toBe('filing'); // one account alone makes no link
    await the.call(bureau('a-2'), 'POST', `/v1/ownership-links/${link}/confirmation`, {});
    expect((await the.told(one.caseNo, 'productEgress.reopened.v1'))[0]).toMatchObject({
      link,
      wasListed: false,
    });
    expect((await the.row(one.caseNo)).state).toMatchObject({
      stage: 'egressCheck',
      checkers: [],
      checked: null,
    });
    expect((await the.row(other.caseNo)).stage).toBe('filing');
    expect(await the.act(on.who.operator, one.caseNo, 'filing')).toMatchObject({ status: 409 });
  });
});
