/**
 * Five cities side by side on one installation, each by its own pack: plan, selection, agreement, application,
 * evaluation, renewal or exit, through HTTP and events, in sandbox time (P1–V2). The fifth is a folder of YAML.
 */
import { verifyRecord } from '@gongshu/infra/products/signing';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { draftAgreement, handOver, walkAgreement } from '../support/cities-agreement.ts';
import { demandTermination, markEvaluation, rectify } from '../support/cities-evaluation.ts';
import { applyForUse, bringNorms, bringScenario, enrolMerchant } from '../support/cities-use.ts';
import {
  allRead,
  arrivals,
  castVote,
  classIn,
  handTo,
  letOut,
  markOfVote,
  registerCheckers,
  signUse,
  submissionOf,
  submitProduct,
  submitterIn,
  verdictOn,
} from '../support/cities-product.ts';
import { handInBids, openSelection, preparePool, walkSelection } from '../support/cities-selection.ts';
import { type Stack, startStack, until } from '../support/stack.ts';
import {
  bringCities,
  type City,
  type CityName,
  cityNames,
  fifthCity,
  openEntryOf,
} from '../support/stack-cities.ts';

let stack: Stack;
let cities: Record<CityName, City>;
/** Numbers of cases by city, as the steps open them. */
const cases = {} as Record<
  CityName,
  Partial<
    Record<
      'plan' | 'selection' | 'agreement' | 'application' | 'grant' | 'egress' | 'product' | 'evaluation',
      string
    >
  >
>;

/** Where the evaluation is passed, and what the agreement comes to then. */
const passing = ['national', 'zhongwei', 'shuozhou'] as const;
/** Where it is opened by its Schedule, and the operator does not pass. */
const failing = { wuhai: 'rectify', lanting: 'fail' } as const;

beforeAll(async () => {
  stack = await startStack('cities', {
    // Time to take an act in is half the grace; five cities on two cores are slower than one.
    env: { GONGSHU_PACKS_DIR: fifthCity, GONGSHU_GRACE_MILLIS: '4000' },
    empty: true,
    startsAt: new Date('2025-03-03T08:00:00+08:00'),
  });
  cities = await bringCities(stack);
  for (const name of cityNames) cases[name] = {};
}, 120_000);
afterAll(() => stack?.down(), 60_000);

const votes = Array.from({ length: 7 }, (_, n) => ({
  member: `member-${n}`,
  vote: n < 6 ? 'for' : 'absent',
}));

describe.each(cityNames)('%s: the implementation plan (P1, P2)', (name) => {
  it('takes the route of its pack, step by step, into force', async () => {
    const { pack, seats, must, tried, read, upload } = cities[name];
    const rules = valuesOf(pack, 'implementationPlan');
    const whole = {
      title: '公共数据资源授权运营实施方案',
      items: Object.fromEntries(rules.contents.map(({ item }) => [item, { text: `关于${item}` }])),
      feasibility: Object.fromEntries(rules.feasibility.map((topic) => [topic, `关于${topic}`])),
    };
    const [left] = rules.contents;
    const lacking = { ...whole, items: { ...whole.items, [left?.item ?? '']: undefined } };
    const refused = await tried(seats.bureau, '/v1/plans', { contents: lacking });
    expect(refused).toMatchObject({ status: 422, body: { code: 'planIncomplete' } });
    const { caseNo } = await must(seats.bureau, '/v1/plans', { contents: whole });
    cases[name].plan = caseNo;
    const minutes = await upload(seats.bureau);
    const document = await upload(seats.government);
    for (const { step } of rules.route) {
      expect(await read(seats.auditor, `/v1/plans/${caseNo}`)).toMatchObject({ stage: step });
      if (step === 'collectiveDecision')
        await must(seats.bureau, `/v1/plans/${caseNo}/deliberation`, {
          heldOn: '2025-03-03',
          votes,
          minutes,
        });
      if (step === 'governmentApproval')
        await must(seats.government, `/v1/plans/${caseNo}/approval`, { outcome: 'approve', document });
      if (step === 'filing') break;
    }
    const before = await read(seats.bureau, `/v1/plans/${caseNo}`);
    expect(before.stage).toBe('filing');
    expect(before.state.inForceAt === null).toBe(rules.filingLimit.waitsForReceipt);
    await must(seats.bureau, `/v1/plans/${caseNo}/filing`);
    await until(
      () => read(seats.bureau, '/v1/filings'),
      ({ items }) => items.some((one: any) => one.caseNo === caseNo && one.state === 'sent'),
    );
    const answer = await upload(seats.bureau);
    const receipt = { on: '2025-03-03', document: answer, number: '省备〔2025〕7号' };
    await must(seats.bureau, `/v1/plans/${caseNo}/filing/receipt`, receipt);
    expect(await read(seats.auditor, `/v1/plans/${caseNo}`)).toMatchObject({ outcome: 'inForce' });
    // Published: whoever has no token reads it.
    const { items } = await read(null, `/v1/publications?jurisdiction=${name}`);
    expect(items).toEqual([expect.objectContaining({ jurisdiction: name, subject: caseNo })]);
  });
});

describe('the selection of the operator (O1–O4)', () => {
  const receipts = {} as Record<CityName, { envelopeHash: string }[]>;

  it.each(cityNames)('%s: announced or by invitation, bids handed in under seal', async (name) => {
    const city = cities[name];
    await preparePool(stack, city);
    const caseNo = await openSelection(city, cases[name].plan ?? '', name in failing ? 24 : 12);
    cases[name].selection = caseNo;
    expect(await walkSelection(stack, city, caseNo)).toBe('bidding');
    receipts[name] = await handInBids(city, caseNo);
    const early = await city.tried(city.seats.bureau, `/v1/selections/${caseNo}/opening`);
    expect(early).toMatchObject({ status: 409 });
  });

  it('before the opening nothing of a bid is read anywhere', async () => {
    for (const name of cityNames) {
      const { seats, read } = cities[name];
      const view = JSON.stringify(await read(seats.bureau, `/v1/selections/${cases[name].selection}`));
      expect(view).not.toMatch(/bidder-1.*envelope|密封方案/);
      expect(
        (await stack.get(seats.bureau, `/v1/selections/${cases[name].selection}/bids`, 'registry')).status,
      ).toBe(409);
    }
  });

  it('after the close they are opened, assessed by a committee drawn at random, and taken through the route', async () => {
    await stack.advance('2025-03-31T09:00:00+08:00');
    for (const name of cityNames) {
      await walkSelection(stack, cities[name], cases[name].selection ?? '');
      const { items } = await cities[name].read(
        cities[name].seats.bureau,
        `/v1/selections/${cases[name].selection}/bids`,
      );
      expect(items.map((one: any) => one.envelopeHash).toSorted()).toEqual(
        receipts[name].map(({ envelopeHash }) => envelopeHash).toSorted(),
      );
    }
    await stack.advance('2025-04-14T09:00:00+08:00');
  }, 120_000);

  it.each(cityNames)(
    '%s: selected, its steps in the order of its pack',
    async (name) => {
      const city = cities[name];
      const caseNo = cases[name].selection ?? '';
      await walkSelection(stack, city, caseNo);
      const { outcome, state, entries } = await city.read(city.seats.auditor, `/v1/selections/${caseNo}`);
      expect([outcome, state.winner]).toEqual(['selected', 'bidder-1']);
      const kinds: string[] = entries.map(({ kind }: { kind: string }) => kind);
      const marks: Record<string, string> = {
        ...{ consultation: 'consulted', selection: 'assessed', negotiation: 'negotiated' },
        ...{ collectiveDecision: 'deliberated', governmentApproval: 'approved', publicNotice: 'noticeEnded' },
        signing: 'selected',
      };
      const { route } = valuesOf(city.pack, 'operatorSelection');
      const places = route.map(({ step }) => kinds.indexOf(marks[step] ?? ''));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places).not.toContain(-1);
    },
    120_000,
  );
});

describe('the operating agreement (O5–O7)', () => {
  it.each(cityNames)(
    '%s: signed by every party over its hash, in force from that day',
    async (name) => {
      const city = cities[name];
      const caseNo = await draftAgreement(city, { selection: cases[name].selection ?? '' });
      cases[name].agreement = caseNo;
      const { stage, state } = await walkAgreement(stack, city, caseNo, '2025-04-14');
      expect([stage, state.signedOn]).toEqual(['inForce', '2025-04-14']);
      const { items } = await city.read(city.seats.auditor, '/v1/mandates');
      expect(items).toEqual([
        expect.objectContaining({
          agreement: caseNo,
          operator: 'bidder-1',
          untilOn: name in failing ? '2027-04-14' : '2026-04-14',
        }),
      ]);
    },
    60_000,
  );
});

describe('use of data under the mandate (M1, M2, A0–A4)', () => {
  it.each(cityNames)(
    '%s: norms, merchant, scenario where the text asks for one, application',
    async (name) => {
      const city = cities[name];
      await bringNorms(city);
      await enrolMerchant(city);
      const scenario = await bringScenario(city);
      const { outcome, operator, caseNo } = await applyForUse(stack, city, scenario);
      expect([outcome, operator]).toEqual(['approved', 'bidder-1']);
      cases[name].application = caseNo;
    },
    60_000,
  );
});

describe('products of that data (E1–E4, D2)', () => {
  const sideBySide = (step: (city: City, known: (typeof cases)[CityName], name: CityName) => Promise<void>) =>
    Promise.all(cityNames.map((name) => step(cities[name], cases[name], name)));
  const checkers = {} as Record<CityName, string[]>;

  it('agreements of use are signed, and the operators register whom the law of their city lets check', async () => {
    await sideBySide(async (city, known, name) => {
      known.grant = await signUse(city, known.application ?? '');
      checkers[name] = await registerCheckers(city, '2025-04-14');
      expect(checkers[name]).toHaveLength(2);
    });
  }, 60_000);

  it.each(['wuhai', 'lanting'] as const)('%s: data themselves do not leave, by its article', async (name) => {
    const city = cities[name];
    const grant = cases[name].grant ?? '';
    const raw = await submissionOf(city, grant, arrivals(20), 'dataset');
    expect(await city.tried(submitterIn(city), '/v1/egress-cases', raw)).toMatchObject({
      status: 422,
      body: {
        code: 'productClassNotAllowed',
        article: { article: name === 'wuhai' ? '八（二）' : '二十二' },
      },
    });
    expect(classIn(city)).toBe(name === 'wuhai' ? 'api' : 'report');
  });

  it('the engine judges each by the figures of its pack; what it finds is replaced', async () => {
    await sideBySide(async (city, known, name) => {
      const grant = known.grant ?? '';
      const first = arrivals(7, name === 'zhongwei' ? '13800138000' : '');
      known.egress = await submitProduct(city, await submissionOf(city, grant, first));
      const at = `/v1/egress-cases/${known.egress}`;
      // Cells of fewer than ten may leave nowhere in Lanting, and below five nowhere else.
      const found = name === 'zhongwei' || name === 'lanting';
      expect([name, await verdictOn(city, known.egress)]).toEqual([name, found ? 'findings' : 'clean']);
      if (!found) return;
      const { items } = await city.read(city.seats.operator, `${at}/evidence/items`);
      expect(new Set(items.map(({ kind }: { kind: string }) => kind))).toEqual(
        new Set([name === 'zhongwei' ? 'identifier' : 'aggregate']),
      );
      expect(JSON.stringify(items)).not.toContain('13800138000');
      await city.must(
        submitterIn(city),
        `${at}/artefact`,
        await submissionOf(city, grant, arrivals(10, '无')),
      );
      expect([name, await verdictOn(city, known.egress)]).toEqual([name, 'clean']);
    });
  }, 300_000);

  it('two check each, and neither reads the other before both have spoken', async () => {
    await sideBySide(async (city, { egress = '' }, name) => {
      const at = `/v1/egress-cases/${egress}`;
      const { operator, bureau } = city.seats;
      await city.must(operator, `${at}/checkers`, { checkers: checkers[name] });
      await castVote(city, egress, 0);
      expect(await city.read(bureau, `${at}/votes`)).toMatchObject({ spoken: 1, rounds: [] });
      expect(await allRead(city, egress)).not.toContain(markOfVote);
      expect((await city.tried(operator, `${at}/filing`)).status).toBe(409);
      await castVote(city, egress, 1);
      const { rounds } = await city.read(bureau, `${at}/votes`);
      expect(rounds).toMatchObject([{ passed: true, votes: [{}, {}] }]);
      expect(await allRead(city, egress)).toContain(markOfVote);
    });
  }, 120_000);

  it('filed or agreed to, registered, on the public list, released and handed over', async () => {
    await sideBySide(async (city, known, name) => {
      known.product = await letOut(city, known.egress ?? '');
      const { items } = await city.read(null, `/v1/products?jurisdiction=${name}`);
      expect(items).toEqual([
        expect.objectContaining({
          ...{ product: known.product, version: 1, state: 'released', class: classIn(city) },
          registrationCode: expect.stringMatching(/./),
        }),
      ]);
      expect((await handTo(city, known.product)).status).toBe(201);
    });
  }, 120_000);

  it('lanting: what was done with it, and where it comes from, stand on record', async () => {
    const { seats, must, read } = cities.lanting;
    const { product = '', grant = '' } = cases.lanting;
    const at = (await stack.now()).toISOString();
    const done = { subjectKind: 'product', subject: product, act: 'processing', at, rows: 15 };
    await must(seats.operator, '/v1/traces', done);
    const { items } = await read(seats.auditor, '/v1/traces');
    expect(items).toEqual([expect.objectContaining({ subject: product, beyondGrant: false, rows: 15 })]);
    const { entity } = await read(seats.auditor, `/v1/products/${product}/versions/1/provenance`);
    const known = Object.keys(entity).map(decodeURIComponent).join('\n');
    for (const one of [product, grant, openEntryOf('lanting')]) expect(known).toContain(one);
  });

  it('whoever has the public key verifies the record of the check', async () => {
    const { items: keys } = await cities.lanting.read(null, '/v1/check-records/keys');
    await sideBySide(async ({ read, seats }, { egress = '' }) => {
      const signed = await read(seats.operator, `/v1/egress-cases/${egress}/check-record`);
      expect(verifyRecord(signed, keys)).toBe('valid');
      expect(JSON.stringify(signed)).not.toContain('13800138000');
    });
  });

  it('Shuozhou: recalled; whoever holds it is told, and nobody gets it any more', async () => {
    const city = cities.shuozhou;
    const { seats, must, read, upload } = city;
    const { egress = '', product = '' } = cases.shuozhou;
    await must(seats.bureau, `/v1/egress-cases/${egress}/recall`, {
      document: await upload(seats.bureau),
      reasons: [{ code: 'defect', text: '统计口径有误' }],
    });
    const { items } = await until(
      () => read(seats.operator, `/v1/products/${product}/deliveries`),
      (page) => page.items[0].toldAt !== null,
    );
    expect(items).toMatchObject([{ holder: 'dept-health', toldBy: 'notice' }]);
    const notices = await read(seats.health, `/v1/notices?caseNo=${egress}`);
    expect(notices.items.length).toBeGreaterThan(0);
    expect(await handTo(city, product)).toMatchObject({ status: 409, body: { code: 'notOnList' } });
  }, 60_000);
});

describe('evaluated and passed; renewed where it is asked for in time (V1, V2, O8)', () => {
  it('Shuozhou: a request before the window is told so', async () => {
    const { seats, tried, upload } = cities.shuozhou;
    const material = { workReport: await upload(seats.operator), willingness: await upload(seats.operator) };
    const path = `/v1/operating-agreements/${cases.shuozhou.agreement}/renewal`;
    expect(await tried(seats.operator, path, { material })).toMatchObject({
      status: 409,
      body: { article: { article: '八' } },
    });
  });

  it.each(passing)(
    '%s: opened by the bureau, heard, marked, passed with the public told',
    async (name) => {
      if (name === 'national') await stack.advance('2025-11-20T09:00:00+08:00');
      const city = cities[name];
      const { seats, must } = city;
      const { agreement } = cases[name];
      const { caseNo } = await must(seats.bureau, '/v1/evaluations', { agreement, year: 2025 });
      cases[name].evaluation = caseNo;
      await markEvaluation(city, caseNo, 'pass');
      const early = await city.tried(seats.bureau, '/v1/evaluations', { agreement, year: 2025 });
      expect(early.status).toBe(409);
    },
    60_000,
  );

  it('the operators have not replied: the results stand and are published', async () => {
    await stack.advance('2025-12-02T09:00:00+08:00');
    for (const name of passing) {
      const { read, seats } = cities[name];
      expect(await read(seats.bureau, `/v1/evaluations/${cases[name].evaluation}`)).toMatchObject({
        outcome: 'passed',
      });
      const { items } = await read(null, `/v1/publications?jurisdiction=${name}`);
      expect(items.map(({ subject }: { subject: string }) => subject)).toContain(cases[name].evaluation);
    }
  }, 60_000);

  it('Shuozhou: renewed within the window; the next agreement follows without a gap', async () => {
    const city = cities.shuozhou;
    const { seats, must, read, upload } = city;
    const path = `/v1/operating-agreements/${cases.shuozhou.agreement}`;
    const material = { workReport: await upload(seats.operator), willingness: await upload(seats.operator) };
    await must(seats.operator, `${path}/renewal`, { material });
    const { evaluation } = cases.shuozhou;
    await must(seats.bureau, `${path}/renewal/decision`, { outcome: 'renewed', evaluation });
    const { items } = await read(seats.bureau, '/v1/operating-agreements?state=open');
    const next = items
      .map(({ caseNo }: { caseNo: string }) => caseNo)
      .find((no: string) => no !== cases.shuozhou.agreement);
    expect((await walkAgreement(stack, city, next, '2025-12-02')).stage).toBe('inForce');
    const before = await until(
      () => read(seats.bureau, path),
      ({ outcome }) => outcome !== null,
    );
    expect(before.outcome).not.toBeNull();
    const mandates = await read(seats.auditor, '/v1/mandates');
    expect(mandates.items.filter(({ state }: { state: string }) => state === 'inForce')).toHaveLength(1);
  }, 60_000);
});

describe('terms that end, evaluations that fail (O9, V2)', () => {
  it.each(['national', 'zhongwei'] as const)(
    '%s: expired, handed over item by item, closed',
    async (name) => {
      if (name === 'national') await stack.advance('2026-04-15T10:00:00+08:00');
      const city = cities[name];
      const path = `/v1/operating-agreements/${cases[name].agreement}`;
      expect(await city.read(city.seats.bureau, path)).toMatchObject({ stage: 'handOver' });
      await handOver(city, cases[name].agreement ?? '');
      const late = await city.tried(city.seats.merchant, '/v1/onboardings', { contents: {} });
      expect(late.status).toBeGreaterThanOrEqual(400);
    },
    120_000,
  );

  it.each(Object.keys(failing) as (keyof typeof failing)[])(
    '%s: the Schedule has opened the evaluation; it is not passed',
    async (name) => {
      const city = cities[name];
      const { items } = await city.read(city.seats.bureau, '/v1/evaluations');
      expect(items).toEqual([expect.objectContaining({ stage: 'open' })]);
      cases[name].evaluation = items[0].caseNo;
      await markEvaluation(city, items[0].caseNo, failing[name]);
    },
    60_000,
  );

  it('lanting: failed, terminated, handed over', async () => {
    await stack.advance('2026-04-24T09:00:00+08:00');
    expect(await evaluationOf('lanting')).toMatchObject({ stage: 'failed' });
    await leaves('lanting');
  }, 60_000);

  it('Wuhai: a second rectify is a fail; terminated, handed over', async () => {
    await rectify(cities.wuhai, cases.wuhai.evaluation ?? '', 'rectify');
    await stack.advance('2026-05-08T09:00:00+08:00');
    expect(await evaluationOf('wuhai')).toMatchObject({ stage: 'failed' });
    await leaves('wuhai');
  }, 60_000);
});

const evaluationOf = (name: keyof typeof failing): Promise<unknown> =>
  cities[name].read(cities[name].seats.bureau, `/v1/evaluations/${cases[name].evaluation ?? ''}`);
const leaves = async (name: keyof typeof failing): Promise<void> => {
  const city = cities[name];
  const { evaluation = '', agreement = '' } = cases[name];
  await demandTermination(city, evaluation);
  await until(
    () => city.read(city.seats.bureau, `/v1/operating-agreements/${agreement}`),
    ({ stage }) => stage === 'handOver',
  );
  await handOver(city, agreement);
};
