// O5–O9, O12 as each city's text has them: what passes, what is refused, and by which article.
import { sql } from 'kysely';
import {
  act,
  cities,
  type City,
  contentsOf,
  drafted,
  draftOf,
  evaluated,
  handOver,
  hashOf,
  inForce,
  must,
  registerOperators,
  selected,
  signedBoth,
} from '../support/agreements.ts';
import { peopleOf, type Procedures, startProcedures } from '../support/procedures.ts';

let the: Procedures;
beforeAll(async () => {
  the = await startProcedures(cities);
  for (const city of cities) await registerOperators(the, city);
}, 120_000);
afterAll(() => the?.stop());

/** Waits, ten seconds at most, until no task of the case is under way. */
const idle = async (caseNo: string): Promise<void> => {
  const handle = the.client.workflow.getHandle(caseNo);
  for (let tries = 0; tries < 100; tries += 1) {
    const { raw, status } = await handle.describe();
    if (status.name !== 'RUNNING') return;
    if (!raw.pendingWorkflowTask && (raw.pendingActivities ?? []).length === 0) return;
    await new Promise((go) => setTimeout(go, 100));
  }
};

/** A city without a mandate again, on a morning of March 2025, when the national norm is in force. */
beforeEach(async () => {
  const open = await the.db
    .selectFrom('procedure')
    .select('case_no')
    .where('outcome', 'is', null)
    .where('kind', '=', 'operatingAgreement')
    .execute();
  for (const { case_no } of open) {
    // A task that is cut off would keep the server from skipping time.
    await idle(case_no);
    await the.client.workflow
      .getHandle(case_no)
      .terminate()
      .catch(() => undefined);
  }
  await sql`update mandate set state = 'ended'`.execute(the.db);
  await sql`delete from mandate_claim`.execute(the.db);
  await sql`update procedure set outcome = 'withdrawn' where outcome is null`.execute(the.db);
  await the.law.begin('2025-03-03T09:00:00');
});

const refusal = async (who: Parameters<Procedures['call']>[0], url: string, body: object) => {
  const answer = await the.call(who, 'POST', url, body);
  const { code, article, errors } = answer.json<{
    code?: string;
    article?: { article: string };
    errors?: { pointer: string }[];
  }>();
  return {
    status: answer.statusCode,
    code,
    article: article?.article,
    pointers: errors?.map(({ pointer }) => pointer),
  };
};
const path = '/v1/operating-agreements';
const field = (...fields: string[]) => ({ mode: 'byField', fields, scenarios: [] as string[] });

describe('[O5 national] [O5 zhongwei] [O5 shuozhou] [O5 wuhai] an agreement with every item of its text', () => {
  it.each(cities)('%s: is rendered, and signed over its hash', async (city) => {
    const caseNo = await inForce(the, city);
    const { bureau } = peopleOf(city);
    const text = (await the.call(bureau, 'GET', `${path}/${caseNo}/document`)).json<{ document: string }>();
    expect(text.document).toContain('争议解决');
    expect(text.document.includes('运营方案（核心附件）')).toBe(city === 'shuozhou');
  });

  it('changes by version, signed by every party again, with what differs', async () => {
    const city = 'zhongwei';
    const caseNo = await inForce(the, city, { path: 'agreement-amended' });
    const { bureau } = peopleOf(city);
    const contents = contentsOf(city);
    contents.items['disputes'] = { text: '向人民法院起诉', documents: [] };
    await must(the, bureau, caseNo, 'amendment', { contents });
    expect(await act(the, bureau, caseNo, 'amendment', { contents })).toMatchObject({
      code: 'amendmentPending',
    });
    await signedBoth(the, city, caseNo, await hashOf(the, city, caseNo, 2));
    expect(await the.told(caseNo, 'operatingAgreement.amended.v1')).toMatchObject([{ version: 2 }]);
    const read = await the.call(bureau, 'GET', `${path}/${caseNo}/differences?from=1&to=2`);
    expect(read.json()).toMatchObject({ differences: [{ place: 'items.disputes' }] });
    const now = await the.call(bureau, 'GET', `${path}/${caseNo}/contents`);
    expect(now.json()).toMatchObject({ version: 2, state: 'inForce' });
  });
});

describe('[V2 shuozhou] a change of scope rests on an evaluation (朔州 十（七）)', () => {
  it('is refused without one, and with one that is no evaluation of this agreement; other changes are not', async () => {
    const city = 'shuozhou';
    const caseNo = await inForce(the, city);
    const { bureau } = peopleOf(city);
    const mandate = { mode: 'byField', fields: ['transport'], scenarios: [] };
    expect(await act(the, bureau, caseNo, 'amendment', { mandate })).toMatchObject({
      ...{ status: 422, code: 'scopeChangeNotEvaluated' },
    });
    const evaluation = '140600-PG-2024-000099';
    expect(await act(the, bureau, caseNo, 'amendment', { mandate, evaluation })).toMatchObject({
      ...{ status: 422, code: 'evaluationUnknown' },
    });
    const { contents } = (await draftOf(the, city)) as { contents: ReturnType<typeof contentsOf> };
    contents.items['disputes'] = { text: '向人民法院起诉', documents: [] };
    await must(the, bureau, caseNo, 'amendment', { contents });
  });

  it('elsewhere no text has evaluation decide about scope', async () => {
    const caseNo = await inForce(the, 'zhongwei');
    const mandate = { mode: 'byField', fields: ['transport'], scenarios: [] };
    const refused = await act(the, peopleOf('zhongwei').bureau, caseNo, 'amendment', { mandate });
    expect(refused.code).not.toBe('scopeChangeNotEvaluated');
  });
});

describe('[O5 national refuses] [O5 zhongwei refuses] [O5 shuozhou refuses] [O5 wuhai refuses] one that lacks an item', () => {
  it.each(cities)('%s: names it with its article', async (city) => {
    const selection = await selected(the, city);
    const { contents, ...rest } = (await draftOf(the, city)) as { contents: ReturnType<typeof contentsOf> };
    const { disputes: _, ...items } = contents.items;
    expect(
      await refusal(peopleOf(city).bureau, path, { selection, ...rest, contents: { ...contents, items } }),
    ).toEqual({
      ...{ status: 422, code: 'operatingAgreementIncomplete', article: '十四（十一）' },
      pointers: ['/body/contents/items/disputes'],
    });
  });

  it('Shuozhou 六（一）: the operating plan without its document', async () => {
    const selection = await selected(the, 'shuozhou');
    const body = { selection, contents: contentsOf('shuozhou'), termSetters: ['dept-transport'] };
    expect(await refusal(peopleOf('shuozhou').bureau, path, body)).toEqual({
      ...{ status: 422, code: 'operatingAgreementIncomplete', article: '六（一）' },
      pointers: ['/body/contents/items/operatingPlan/documents'],
    });
  });
});

const terms = [
  { city: 'national', months: 60, code: 'groundMissing', article: '十四（二）' },
  { city: 'shuozhou', months: 36, code: 'groundMissing', article: '八' },
  { city: 'wuhai', months: 60, code: 'termOverMaximum', article: '七' },
] as const;
describe('[O6 national] [O6 shuozhou] [O6 wuhai] a term within the maximum', () => {
  it.each(terms)('$city: $months months, from the day of signature', async ({ city, months }) => {
    const caseNo = await inForce(the, city, { termMonths: months });
    expect(await the.told(caseNo, 'operatingAgreement.inForce.v1')).toMatchObject([
      { from: '2025-03-03', until: months === 36 ? '2028-03-03' : '2030-03-03' },
    ]);
  });

  it('Shuozhou 八: the source department sets it too; another number is not the same term', async () => {
    const { bureau, department } = peopleOf('shuozhou');
    const selection = await selected(the, 'shuozhou');
    const caseNo = await the.open(bureau, path, { selection, ...(await draftOf(the, 'shuozhou')) });
    const hash = await hashOf(the, 'shuozhou', caseNo);
    expect(await act(the, bureau, caseNo, 'signature', { hash })).toMatchObject({
      status: 409,
      code: 'stepNotReached',
    });
    expect(await act(the, department, caseNo, 'term-confirmation', { months: 35 })).toMatchObject({
      code: 'termDiffers',
    });
    await must(the, department, caseNo, 'term-confirmation', { months: 36 });
    await signedBoth(the, 'shuozhou', caseNo, hash);
  });
});
describe('[O6 national refuses] [O6 shuozhou refuses] [O6 wuhai refuses] a term over it', () => {
  it.each(terms)('$city: $code', async ({ city, months, code, article }) => {
    const { bureau } = peopleOf(city);
    const selection = await selected(the, city, { termMonths: months + 1 });
    const body = { selection, ...(await draftOf(the, city)) };
    expect(await refusal(bureau, path, body)).toMatchObject({
      status: 422,
      code,
      article,
      pointers: ['/body/termMonths'],
    });
    const ground = await the.upload(city, 'city-bureau', '延长期限的理由');
    const { status } = await the.post(bureau, path, { ...body, ground });
    expect(status).toBe(city === 'wuhai' ? 422 : 201);
  });
});

describe('[O7 national] the signed text is filed with the province', () => {
  it('is sent, returned, sent again and receipted; each version anew', async () => {
    const city = 'national';
    const caseNo = await inForce(the, city, { path: 'agreement-filed' });
    const { bureau } = peopleOf(city);
    await must(the, bureau, caseNo, 'filing');
    const document = await the.upload(city, 'city-bureau', '省级回函');
    const sent = () => sql`update filing set sent_at = now() where sent_at is null`.execute(the.db);
    await sent();
    await must(the, bureau, caseNo, 'filing/return', {
      on: '2025-03-04',
      document,
      reasons: [{ code: 'sealMissing', text: '缺章' }],
    });
    await must(the, bureau, caseNo, 'filing');
    await sent();
    await must(the, bureau, caseNo, 'filing/receipt', { on: '2025-03-05', number: 'BA-1', document });
    expect((await the.told(caseNo, 'operatingAgreement.filed.v1')).map(({ filing }) => filing)).toEqual([
      `${caseNo}-BA1`,
      `${caseNo}-BA2`,
    ]);
    const rows = await sql<{
      state: string;
    }>`select state from filing where case_no = ${caseNo} order by number`.execute(the.db);
    expect(rows.rows).toEqual([{ state: 'returned' }, { state: 'receipted' }]);
  });
});
const renewalOf = async (city: City) => {
  const operator = peopleOf(city).operator;
  return {
    workReport: await the.upload(city, operator.organisation, '工作报告'),
    willingness: await the.upload(city, operator.organisation, '续期意愿'),
  };
};
describe('[O8 national] [O8 shuozhou] [O8 wuhai] renewal is decided by evaluation', () => {
  it.each(['national', 'shuozhou', 'wuhai'] as const)(
    '%s: the next agreement follows without a day between',
    async (city) => {
      const { bureau, operator, department } = peopleOf(city);
      const caseNo = await inForce(the, city, {
        termMonths: 36,
        ...(city === 'wuhai' && { path: 'agreement-renewed' }),
      });
      await the.law.stamp(city === 'shuozhou' ? '2027-09-03T00:00:00' : '2025-03-04T09:00:00');
      await must(the, operator, caseNo, 'renewal', { material: await renewalOf(city) });
      const evaluation = await evaluated(the, city, caseNo);
      await must(the, bureau, caseNo, 'renewal/decision', { outcome: 'renewed', evaluation });
      const next = await the.db
        .selectFrom('operating_agreement' as never)
        .select('case_no' as never)
        .where('predecessor' as never, '=', caseNo as never)
        .executeTakeFirstOrThrow();
      const { case_no: follower } = next as { case_no: string };
      await the.quiet(follower);
      if (city === 'national')
        await must(the, bureau, follower, 'consultation', {
          on: '2025-03-03',
          document: await the.upload(city, 'city-bureau', '意见'),
        });
      if (city === 'shuozhou') await must(the, department, follower, 'term-confirmation', { months: 36 });
      await signedBoth(the, city, follower, await hashOf(the, city, follower));
      await the.quiet(caseNo);
      expect(await the.row(caseNo)).toMatchObject({ outcome: 'renewed' });
      expect(await the.told(caseNo, 'operatingAgreement.ended.v1')).toMatchObject([
        { ground: 'renewed', successor: follower, runningGrants: 'passToSuccessor' },
      ]);
      const { rows } = await sql<{
        agreement_no: string;
      }>`select agreement_no from mandate where state = 'inForce'`.execute(the.db);
      expect(rows).toEqual([{ agreement_no: follower }]);
    },
  );
});
describe('[O8 national refuses] [O8 shuozhou refuses] [O8 wuhai refuses] renewal out of its window, or without an evaluation', () => {
  it.each([
    ['2027-09-02T23:59:59', 409, 'renewalTooEarly'],
    ['2027-09-03T00:00:00', 200, undefined],
    ['2027-12-03T23:59:59', 200, undefined],
    ['2027-12-04T00:00:00', 409, 'renewalTooLate'],
  ])('Shuozhou 八: material of %s', async (at, status, code) => {
    const caseNo = await inForce(the, 'shuozhou');
    const material = await renewalOf('shuozhou');
    await the.law.stamp(at);
    const { operator } = peopleOf('shuozhou');
    const { workReport } = material;
    const said = await refusal(operator, `${path}/${caseNo}/renewal`, { material: { workReport } });
    expect(said).toMatchObject(
      code ? { status, code, article: '八' } : { status: 422, code: 'renewalMaterialMissing' },
    );
    expect(await act(the, operator, caseNo, 'renewal', { material })).toMatchObject({ status });
  });

  it.each(['national', 'wuhai'] as const)(
    '%s: not by an evaluation of another agreement, nor to what the text does not know',
    async (city) => {
      const { bureau, operator } = peopleOf(city);
      const caseNo = await inForce(the, city);
      await must(the, operator, caseNo, 'renewal', {});
      const other = await evaluated(the, city, 'another');
      expect(
        await act(the, bureau, caseNo, 'renewal/decision', { outcome: 'renewed', evaluation: other }),
      ).toMatchObject({ status: 422, code: 'evaluationUnknown' });
      const evaluation = await evaluated(the, city, caseNo);
      expect(
        await refusal(bureau, `${path}/${caseNo}/renewal/decision`, { outcome: 'reauthorised', evaluation }),
      ).toMatchObject({
        ...{
          status: 422,
          code: 'renewalOutcomeNotInPack',
          article: city === 'wuhai' ? '十二' : '十四（九）',
        },
      });
    },
  );
});

const exits = [
  { city: 'national', ground: 'agreedConditions', article: '九（六）' },
  { city: 'shuozhou', ground: 'rectificationFailed', article: '十（七）' },
  { city: 'wuhai', ground: 'breach', article: '八（六）' },
] as const;
describe('[O9 national] [O9 shuozhou] [O9 wuhai] a mandate is left on a ground of its text, and handed over', () => {
  it.each(exits)('$city: $ground', async ({ city, ground }) => {
    const { bureau, operator } = peopleOf(city);
    const caseNo = await inForce(the, city, city === 'national' ? { path: 'agreement-terminated' } : {});
    const document = await the.upload(city, 'city-bureau', '终止决定');
    await must(the, bureau, caseNo, 'suspension', {
      reasons: [{ code: 'risk', text: '存在风险' }],
      document,
    });
    await must(the, bureau, caseNo, 'restoration', { document });
    await must(the, bureau, caseNo, 'termination', { ground, document });
    expect(await the.told(caseNo, 'operatingAgreement.ended.v1')).toMatchObject([
      { ground, kind: 'involuntary', runningGrants: 'passToSuccessor' },
    ]);
    const key = await the.upload(city, 'operator', '密钥注销');
    await must(the, operator, caseNo, 'hand-over', { item: 'keysRevoked', document: key });
    expect(await act(the, bureau, caseNo, 'hand-over', { item: 'keysRevoked', document })).toMatchObject({
      status: 409,
      code: 'handedOver',
    });
    expect((await the.row(caseNo)).outcome).toBeNull();
    const left = [
      'dataReturnedOrDestroyed',
      'productsSettled',
      'runningGrants',
      'assetsSettled',
      'recordsHandedOver',
    ] as const;
    for (const item of left) await must(the, bureau, caseNo, 'hand-over', { item, document });
    expect(await the.row(caseNo)).toMatchObject({ outcome: 'terminated' });
  });

  it('Wuhai 八（六）: the operator leaves early when the bureau agrees', async () => {
    const { bureau, operator } = peopleOf('wuhai');
    const caseNo = await inForce(the, 'wuhai', { path: 'agreement-exited' });
    const asked = await the.upload('wuhai', 'operator', '提前终止申请');
    const document = await the.upload('wuhai', 'city-bureau', '同意提前终止');
    await must(the, operator, caseNo, 'exit', { ground: 'earlyRequest', document: asked });
    await must(the, bureau, caseNo, 'exit/decision', { outcome: 'approve', document });
    await handOver(the, 'wuhai', caseNo);
    expect(await the.row(caseNo)).toMatchObject({ outcome: 'exited' });
  });
});
const refusesEarlyRequest = async (city: string, caseNo: string, article: string) => {
  const document = await the.upload(city, 'operator', '申请');
  expect(
    await refusal(peopleOf(city).operator, `${path}/${caseNo}/exit`, { ground: 'earlyRequest', document }),
  ).toMatchObject({ code: 'exitGroundNotInPack', article });
};
const endsByFailedEvaluationAlone = async (city: string, caseNo: string, document: string) => {
  const { bureau } = peopleOf(city);
  const given = { ground: 'failedEvaluation', document };
  expect(await act(the, bureau, caseNo, 'termination', given)).toMatchObject({ code: 'evaluationNotNamed' });
  const passed = await evaluated(the, city, caseNo);
  expect(await act(the, bureau, caseNo, 'termination', { ...given, evaluation: passed })).toMatchObject({
    code: 'evaluationUnknown',
  });
  const evaluation = await evaluated(the, city, caseNo, { stage: 'failed', outcome: null });
  await must(the, bureau, caseNo, 'termination', { ...given, evaluation });
};
describe('[O9 national refuses] [O9 shuozhou refuses] [O9 wuhai refuses] a ground that the text does not name', () => {
  it.each(exits)('$city', async ({ city, article }) => {
    const { bureau } = peopleOf(city);
    const caseNo = await inForce(the, city);
    const document = await the.upload(city, 'city-bureau', '终止决定');
    const ground = city === 'wuhai' ? 'agreedConditions' : 'rectificationOverdue';
    expect(await refusal(bureau, `${path}/${caseNo}/termination`, { ground, document })).toMatchObject({
      status: 422,
      code: 'exitGroundNotInPack',
      article,
    });
    if (city !== 'wuhai') await refusesEarlyRequest(city, caseNo, article);
    if (city !== 'shuozhou') await endsByFailedEvaluationAlone(city, caseNo, document);
    await expect(
      act(the, bureau, caseNo, 'hand-over', { item: 'everything', document }),
    ).resolves.toMatchObject({ status: 400 });
  });
});

describe('[O12 national] [O12 zhongwei] [O12 shuozhou] [O12 wuhai] mandates of the modes of the text', () => {
  it.each(['national', 'zhongwei'] as const)(
    '%s: by field and by scenario beside one another',
    async (city) => {
      await inForce(the, city, { mandate: field('transport') });
      await inForce(the, city, { mandate: field('health'), winner: 'operator-2' });
      const mandate = { mode: 'byScenario', fields: [], scenarios: ['parking'] };
      await inForce(the, city, { mandate, winner: 'operator-3' });
      const { rows } = await sql<{
        n: string;
      }>`select count(*) as n from mandate where state = 'inForce' and jurisdiction = ${city}`.execute(
        the.db,
      );
      expect(rows).toEqual([{ n: 3 }]);
    },
  );
  it.each(['shuozhou', 'wuhai'] as const)('%s: the whole', async (city) => {
    const caseNo = await inForce(the, city);
    expect(await the.told(caseNo, 'operatingAgreement.inForce.v1')).toMatchObject([
      { mode: 'whole', fields: [], scenarios: [] },
    ]);
  });
});
describe('[O12 national refuses] [O12 zhongwei refuses] [O12 shuozhou refuses] [O12 wuhai refuses] mandates that overlap', () => {
  const second = async (city: City, mandate: ReturnType<typeof field>) => {
    const selection = await selected(the, city, { mandate, winner: 'operator-2' });
    return refusal(peopleOf(city).bureau, path, { selection, ...(await draftOf(the, city)) });
  };
  it.each(['national', 'zhongwei'] as const)(
    '%s: in a field, at drafting; and at signing, when both were drafted',
    async (city) => {
      const first = await drafted(the, city, { mandate: field('transport', 'energy') });
      const other = await drafted(the, city, { mandate: field('energy'), winner: 'operator-2' });
      const { bureau } = peopleOf(city);
      await must(the, bureau, first.caseNo, 'signature', { hash: first.hash });
      expect(await refusal(bureau, `${path}/${other.caseNo}/signature`, { hash: other.hash })).toMatchObject({
        status: 409,
        code: 'mandatesOverlap',
      });
      expect(await second(city, { mode: 'whole', fields: [], scenarios: [] })).toMatchObject({
        status: 409,
        code: 'mandatesOverlap',
      });
      await must(the, bureau, first.caseNo, 'withdrawal');
      await signedBoth(the, city, other.caseNo, other.hash, 'operator-2');
    },
  );
  it.each(['shuozhou', 'wuhai'] as const)('%s 五: a second whole, and a mandate by field', async (city) => {
    await inForce(the, city);
    expect(await second(city, { mode: 'whole', fields: [], scenarios: [] })).toMatchObject({
      status: 409,
      code: 'mandatesOverlap',
    });
    expect(await second(city, field('health'))).toMatchObject({
      status: 422,
      code: 'mandateModeNotAllowed',
      article: '五',
    });
  });
});
