import type { Kysely } from 'kysely';
import { endGrant, liftSuspension, stateAt, suspendGrant } from '@gongshu/service-catalog/grants/standing';
import type { UseTables } from '@gongshu/service-catalog/grants/deps';
import {
  asked,
  auditor,
  codeOf,
  type GrantCity,
  hash,
  merchant,
  otherMerchant,
  startGrants,
  zhongwei,
} from './grants-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

let city: GrantCity;
beforeAll(async () => {
  city = await startGrants();
});
afterAll(() => city.stop());

const at = (text: string): Date => new Date(`${text}+08:00`);
const march = at('2024-03-01T10:00:00');
beforeEach(() => {
  city.clock.now = march;
});

type Grant = {
  grantNo: string;
  state: string;
  endKind: string | null;
  endedAt: string | null;
  fromOn: string;
  untilOn: string;
  startsAt: string;
  endsAt: string;
  nextWarningAt: string | null;
  replaces: string | null;
  replacedBy: string[];
  resources: { resource: string; fields: string[]; masked: string[] }[];
  suspensions: { id: string; cause: string; liftedAt: string | null }[];
  reports: { id: string; facts: string | null; outcome: string | null }[];
};
const read = async (grantNo: string, who: Who = zhongwei.operator): Promise<Grant> => {
  const answer = await city.call(who, 'GET', `/v1/grants/${grantNo}`);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json<Grant>();
};
const reasons = [{ code: 'beyondPurpose', text: '超出约定用途' }];
const post = (who: Who, url: string, body: object) => city.call(who, 'POST', url, { body });
const inTransaction = <T>(
  run: (
    trx: Parameters<Parameters<ReturnType<Kysely<UseTables>['transaction']>['execute']>[0]>[0],
  ) => Promise<T>,
) => city.db.transaction().execute(run);
const system = { id: 'registry', role: 'system', organisation: null };

describe('the grant is what both signed, and no more (Zhongwei art. 20, 22)', () => {
  it('entries, fields less those masked, purpose, conditions, whole days of Asia/Shanghai', async () => {
    const masked = { code: 'fieldsMasked', text: '隐去车牌', fields: ['车牌号码'] };
    const grantNo = await city.granted({ conditions: { 'dept-transport': [masked] } });
    expect(await read(grantNo)).toMatchObject({
      state: 'active',
      purpose: 'parkingGuidance',
      fromOn: '2024-03-01',
      untilOn: '2026-02-28',
      startsAt: '2024-03-01T00:00:00+08:00',
      endsAt: '2026-03-01T00:00:00+08:00',
      nextWarningAt: '2026-01-29T09:00:00+08:00',
      conditions: [{ organisation: 'dept-transport', ...masked }],
      resources: expect.arrayContaining([
        expect.objectContaining({
          resource: city.parking,
          fields: ['停车场名称', '剩余车位'],
          masked: ['车牌号码'],
        }),
      ]),
    });
    expect(await city.told(grantNo)).toEqual(['grant.granted']);
  });

  it('a field masked by any approving review is in no row of the grant', async () => {
    const conditions = {
      'dept-transport': [{ code: 'onlyAggregated', text: '仅汇总', fields: ['车牌号码', '剩余车位'] }],
    };
    const grantNo = await city.granted({ conditions });
    const rows = await city.db
      .selectFrom('use_grant_resource')
      .select('fields')
      .where('grant_no', '=', grantNo)
      .execute();
    expect(rows.flatMap(({ fields }) => fields)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/车牌|剩余/)]),
    );
    expect(rows.flatMap(({ fields }) => fields)).toContain('停车场名称');
  });

  it('only the fields agreed on', async () => {
    const grantNo = await city.granted({}, { fields: { [city.parking]: ['剩余车位'] } });
    const { resources } = await read(grantNo);
    expect(resources.find(({ resource }) => resource === city.parking)?.fields).toEqual(['剩余车位']);
  });

  it('begins when its term does', async () => {
    const contents = { ...asked, term: { from: '2024-05-01', until: '2024-12-31' } };
    const grantNo = await city.granted({ contents });
    expect((await read(grantNo)).state).toBe('upcoming');
    city.clock.now = at('2024-05-01T00:00:00');
    expect((await read(grantNo)).state).toBe('active');
  });

  it('ends at 24:00 of its last day by comparison, though no timer fired', async () => {
    const grantNo = await city.granted();
    city.clock.now = at('2026-02-28T23:59:59.999');
    expect((await read(grantNo)).state).toBe('active');
    city.clock.now = at('2026-03-01T00:00:00');
    expect(await read(grantNo)).toMatchObject({
      state: 'ended',
      endKind: 'expired',
      endedAt: '2026-03-01T00:00:00+08:00',
      nextWarningAt: null,
    });
    const late = await post(merchant, `/v1/grants/${grantNo}/end`, { reasons });
    expect(codeOf(late)).toEqual([409, 'grantEnded']);
  });
});

describe('early end', () => {
  it.each([
    ['the merchant', merchant],
    ['the operator', zhongwei.operator],
  ])('by %s, with reasons, once', async (_name, who) => {
    const grantNo = await city.granted();
    const end = () => post(who, `/v1/grants/${grantNo}/end`, { reasons });
    expect((await end()).json()).toMatchObject({ state: 'ended', endKind: 'endedEarly' });
    expect(codeOf(await end())).toEqual([409, 'grantEnded']);
    expect(await city.told(grantNo)).toEqual(['grant.granted', 'grant.endedEarly']);
  });

  it('not without reasons, nor by who is no party', async () => {
    const grantNo = await city.granted();
    const end = (who: Who, body: object) => post(who, `/v1/grants/${grantNo}/end`, body);
    expect(codeOf(await end(merchant, { reasons: [] }))).toEqual([422, 'reasonsMissing']);
    expect((await end(zhongwei.department, { reasons })).statusCode).toBe(403);
    expect((await end(otherMerchant, { reasons })).statusCode).toBe(404);
    expect((await read(grantNo)).state).toBe('active');
  });

  it('reaches the grant’s workflow through the intake', async () => {
    const grantNo = await city.granted();
    await post(merchant, `/v1/grants/${grantNo}/end`, { reasons });
    const acts = await city.db
      .selectFrom('intake')
      .select('act')
      .where('workflow_id', '=', grantNo)
      .orderBy('seq')
      .execute();
    expect(acts.map(({ act }) => act)).toEqual(['openGrant', 'grantChanged']);
  });
});

describe('Zhongwei art. 22: overreach', () => {
  const report = (grantNo: string, who: Who = zhongwei.department, change: object = {}) =>
    post(who, `/v1/grants/${grantNo}/overreach-reports`, {
      facts: '三月五日起调用量异常',
      resources: [city.parking],
      ...change,
    });
  const reported = async (grantNo: string): Promise<string> => {
    const answer = await report(grantNo);
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return answer.json<{ report: string }>().report;
  };
  const decide = (id: string, who: Who, body: object) =>
    post(who, `/v1/overreach-reports/${id}/decision`, body);

  it('is reported by the department that reviews the entry, suspended with reasons, and restored', async () => {
    const grantNo = await city.granted();
    const id = await reported(grantNo);
    const answer = await decide(id, zhongwei.operator, { outcome: 'suspend', reasons });
    expect(answer.json()).toMatchObject({ outcome: 'suspended', state: 'suspended' });
    expect(await read(grantNo)).toMatchObject({
      state: 'suspended',
      suspensions: [{ cause: 'overreach', subject: id, reasons, liftedAt: null }],
      reports: [{ id, outcome: 'suspended', facts: '三月五日起调用量异常' }],
    });
    const restored = await post(zhongwei.bureau, `/v1/grants/${grantNo}/restoration`, { reasons });
    expect(restored.json()).toEqual({ grantNo, state: 'active' });
    expect(await city.told(grantNo)).toEqual([
      ...['grant.granted', 'grant.overreachReported', 'grant.overreachDecided'],
      ...['grant.suspended', 'grant.restored'],
    ]);
  });

  it('what the bureau directs is lifted by the bureau, not by the operator it concerns', async () => {
    const grantNo = await city.granted();
    await decide(await reported(grantNo), zhongwei.bureau, { outcome: 'suspend', reasons });
    expect((await read(grantNo)).suspensions).toMatchObject([{ cause: 'direction', liftedAt: null }]);
    const restore = (who: Who) => post(who, `/v1/grants/${grantNo}/restoration`, { reasons });
    expect(codeOf(await restore(zhongwei.operator))).toEqual([409, 'grantNotSuspended']);
    expect((await read(grantNo)).state).toBe('suspended');
    expect((await restore(zhongwei.bureau)).json()).toEqual({ grantNo, state: 'active' });
  });

  it('is dismissed by the bureau with reasons: the grant goes on', async () => {
    const grantNo = await city.granted();
    const id = await reported(grantNo);
    await decide(id, zhongwei.bureau, { outcome: 'dismiss', reasons });
    expect((await read(grantNo)).state).toBe('active');
    const again = await decide(id, zhongwei.operator, { outcome: 'suspend', reasons });
    expect(codeOf(again)).toEqual([409, 'overreachDecided']);
    expect((await read(grantNo)).state).toBe('active');
  });

  it.each(['suspend', 'dismiss'])('to %s it without reasons is refused', async (outcome) => {
    const id = await reported(await city.granted());
    const answer = await decide(id, zhongwei.operator, { outcome, reasons: [] });
    expect(codeOf(answer)).toEqual([422, 'reasonsMissing']);
  });

  it('is reported by the source department too whose data another body reviewed', async () => {
    // Clinics are this department's data, and dept-health's to review.
    const grantNo = await city.granted();
    await city.db
      .updateTable('use_grant_resource')
      .set({ reviewer_organisation: 'county-bureau-9' })
      .where('grant_no', '=', grantNo)
      .execute();
    expect((await report(grantNo, zhongwei.department, { resources: [city.clinics] })).statusCode).toBe(201);
    expect((await city.call(zhongwei.department, 'GET', `/v1/grants/${grantNo}`)).statusCode).toBe(200);
    const listed = await city.call(zhongwei.department, 'GET', '/v1/grants?limit=200');
    expect(listed.json<{ items: Grant[] }>().items.map((one) => one.grantNo)).toContain(grantNo);
    // Who neither reviews an entry of it nor provides one knows nothing of it.
    expect(codeOf(await report(grantNo, zhongwei.other))).toEqual([404, 'notFound']);
    expect((await city.call(zhongwei.other, 'GET', `/v1/grants/${grantNo}`)).statusCode).toBe(404);
  });

  it('is not reported on another’s entry, nor by who reviews none', async () => {
    const grantNo = await city.granted();
    expect(codeOf(await report(grantNo, zhongwei.other))).toEqual([422, 'resourceNotInGrant']);
    expect((await report(grantNo, zhongwei.county)).statusCode).toBe(404);
    expect((await report(grantNo, merchant)).statusCode).toBe(403);
    const unknown = await report(grantNo, zhongwei.department, { document: hash });
    expect(codeOf(unknown)).toEqual([422, 'documentUnknown']);
    expect((await read(grantNo)).reports).toEqual([]);
  });

  it('its document is read by who made it and who decides it, not by the merchant', async () => {
    await city.db
      .insertInto('document')
      .values({
        jurisdiction: 'zhongwei',
        organisation: 'dept-transport',
        hash,
        bytes: 1,
        media_type: 'application/pdf',
        title: '调用记录',
        file_name: 'calls.pdf',
        uploaded_by: 't-1',
        uploaded_at: march,
      })
      .execute();
    const made = await report(await city.granted(), zhongwei.department, { document: hash });
    expect(made.statusCode).toBe(201);
    const reads = async (who: Who) => (await city.call(who, 'GET', `/v1/documents/${hash}`)).statusCode;
    for (const who of [zhongwei.department, zhongwei.operator, zhongwei.bureau])
      expect(await reads(who)).toBe(200);
    for (const who of [merchant, zhongwei.other]) expect(await reads(who)).toBe(404);
  });

  it('is decided neither by the merchant nor by the reporter', async () => {
    const grantNo = await city.granted();
    const id = await reported(grantNo);
    for (const who of [merchant, zhongwei.department])
      expect((await decide(id, who, { outcome: 'dismiss', reasons })).statusCode).toBe(403);
    expect((await decide(id, bodiesOf('wuhai').bureau, { outcome: 'dismiss', reasons })).statusCode).toBe(
      404,
    );
    expect((await read(grantNo)).reports).toMatchObject([{ outcome: null }]);
  });

  it('on a grant that has ended cannot suspend, and leaves the report open', async () => {
    const grantNo = await city.granted();
    const id = await reported(grantNo);
    await post(merchant, `/v1/grants/${grantNo}/end`, { reasons });
    const answer = await decide(id, zhongwei.operator, { outcome: 'suspend', reasons });
    expect(codeOf(answer)).toEqual([409, 'grantEnded']);
    expect((await read(grantNo)).reports).toMatchObject([{ outcome: null }]);
  });

  it('the facts are read by the bodies that handle the grant, not by the merchant', async () => {
    const grantNo = await city.granted();
    await reported(grantNo);
    expect((await read(grantNo, merchant)).reports).toMatchObject([{ facts: null }]);
    expect((await read(grantNo, zhongwei.bureau)).reports[0]?.facts).not.toBeNull();
  });
});

describe('a grant is suspended as long as one suspension is open', () => {
  const suspend = (
    grantNo: string,
    cause: 'overreach' | 'merchantSuspended' | 'direction',
    subject: string,
  ) =>
    inTransaction((trx) => suspendGrant(trx, { grantNo, cause, subject, reasons, at: march, actor: system }));
  const lift = (grantNo: string, cause: 'overreach' | 'merchantSuspended' | 'direction') =>
    inTransaction((trx) =>
      liftSuspension(trx, { grantNo, causes: [cause], reasons, at: march, actor: system }),
    );

  it('restored only when none is left', async () => {
    const grantNo = await city.granted();
    await suspend(grantNo, 'overreach', 'BG-1');
    await suspend(grantNo, 'merchantSuspended', 'merchant-1');
    await lift(grantNo, 'overreach');
    expect((await read(grantNo)).state).toBe('suspended');
    await lift(grantNo, 'merchantSuspended');
    expect((await read(grantNo)).state).toBe('active');
    expect((await city.told(grantNo)).slice(1)).toEqual([
      ...['grant.suspended', 'grant.suspended', 'grant.suspensionLifted', 'grant.restored'],
    ]);
  });

  it('the same cause and subject twice is one suspension', async () => {
    const grantNo = await city.granted();
    expect(await suspend(grantNo, 'overreach', 'BG-1')).not.toBeNull();
    expect(await suspend(grantNo, 'overreach', 'BG-1')).toBeNull();
    expect((await read(grantNo)).suspensions).toHaveLength(1);
  });

  it('what the bureau directed is not lifted by the operator, nor the merchant’s suspension by anyone here', async () => {
    const grantNo = await city.granted();
    await suspend(grantNo, 'direction', 'city-bureau');
    const restore = (who: Who) => post(who, `/v1/grants/${grantNo}/restoration`, { reasons });
    expect(codeOf(await restore(zhongwei.operator))).toEqual([409, 'grantNotSuspended']);
    expect((await restore(zhongwei.bureau)).json()).toMatchObject({ state: 'active' });
    await suspend(grantNo, 'merchantSuspended', 'merchant-1');
    expect(codeOf(await restore(zhongwei.bureau))).toEqual([409, 'grantNotSuspended']);
    expect((await read(grantNo)).state).toBe('suspended');
  });

  it('a grant that has ended is neither suspended, lifted nor ended again', async () => {
    const grantNo = await city.granted();
    const end = () =>
      inTransaction((trx) => endGrant(trx, { grantNo, endKind: 'merchantExited', at: march, actor: system }));
    expect(await end()).not.toBeNull();
    expect(await end()).toBeNull();
    expect(await suspend(grantNo, 'overreach', 'BG-1')).toBeNull();
    expect(await lift(grantNo, 'overreach')).toBeNull();
    expect(await read(grantNo)).toMatchObject({ state: 'ended', endKind: 'merchantExited', suspensions: [] });
  });
});

describe('amendment and renewal are new cases', () => {
  const apply = (grantNo: string, kind: string, change: object = {}, who: Who = merchant) =>
    post(who, '/v1/applications', {
      resources: [city.parking],
      contents: { ...asked, scope: '仅限城区' },
      kind,
      grant: grantNo,
      ...change,
    });

  it('that show the difference against the running grant', async () => {
    const grantNo = await city.granted();
    const answer = await apply(grantNo, 'amendment', {
      contents: { ...asked, scope: '仅限城区', term: { from: '2024-03-01', until: '2027-02-28' } },
    });
    expect(answer.statusCode).toBe(202);
    const { caseNo } = answer.json<{ caseNo: string }>();
    const view = await city.call(zhongwei.operator, 'GET', `/v1/applications/${caseNo}`);
    expect(view.json()).toMatchObject({
      kind: 'amendment',
      grantNo,
      difference: {
        resourcesAdded: [],
        resourcesRemoved: [city.clinics],
        term: {
          before: { from: '2024-03-01', until: '2026-02-28' },
          after: { from: '2024-03-01', until: '2027-02-28' },
        },
        contents: [{ part: 'scope', before: asked.scope, after: '仅限城区' }, { part: 'term' }],
      },
    });
    const without = await city.call(auditor, 'GET', `/v1/applications/${caseNo}`);
    expect(without.json()).toMatchObject({ difference: { contents: [{ part: 'scope' }, { part: 'term' }] } });
    expect(without.body).not.toContain('仅限城区');
  });

  it('one open at a time for a grant, also where two come at once', async () => {
    const grantNo = await city.granted();
    const both = await Promise.all([apply(grantNo, 'amendment'), apply(grantNo, 'renewal')]);
    expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([202, 409]);
    expect(codeOf(await apply(grantNo, 'renewal'))).toEqual([409, 'grantBeingChanged']);
  });

  it.each(['amendment', 'renewal'])('no %s of a grant that has ended, nor of another’s', async (kind) => {
    const grantNo = await city.granted();
    expect((await apply(grantNo, kind, {}, otherMerchant)).statusCode).toBe(404);
    await post(merchant, `/v1/grants/${grantNo}/end`, { reasons });
    expect(codeOf(await apply(grantNo, kind))).toEqual([409, 'grantEnded']);
  });

  it.each([{ kind: undefined }, { grant: undefined }])(
    'kind and grant go together: without %j',
    async (change) => {
      const answer = await apply(await city.granted(), 'amendment', change);
      expect(codeOf(answer)).toEqual([400, 'invalidRequest']);
    },
  );

  it('a new use has no difference', async () => {
    const caseNo = await city.approved();
    const view = await city.call(merchant, 'GET', `/v1/applications/${caseNo}`);
    expect(view.json()).toMatchObject({ kind: 'new', grantNo: null, difference: null });
  });

  it('an amendment replaces the grant when it is signed', async () => {
    const old = await city.granted();
    const grantNo = await city.granted({ kind: 'amendment', grantNo: old }, { purpose: 'wider' });
    expect(await read(old)).toMatchObject({ state: 'ended', endKind: 'replaced', replacedBy: [grantNo] });
    expect(await read(grantNo)).toMatchObject({ state: 'active', replaces: old, kind: 'amendment' });
    expect(await city.told(old)).toEqual(['grant.granted', 'grant.replaced']);
  });

  it('an amendment does not wash a suspension off', async () => {
    const old = await city.granted();
    await inTransaction((trx) =>
      suspendGrant(trx, {
        grantNo: old,
        cause: 'overreach',
        subject: 'BG-9',
        reasons,
        at: march,
        actor: system,
      }),
    );
    const grantNo = await city.granted({ kind: 'amendment', grantNo: old });
    expect(await read(grantNo)).toMatchObject({
      state: 'suspended',
      suspensions: [{ cause: 'overreach', subject: 'BG-9', liftedAt: null }],
    });
  });

  it('an amendment whose grant ended meanwhile is not signed', async () => {
    const old = await city.granted();
    const one = await city.rendered(await city.approved({ kind: 'amendment', grantNo: old }));
    await city.sign(merchant, one);
    await post(merchant, `/v1/grants/${old}/end`, { reasons });
    expect(codeOf(await city.sign(zhongwei.operator, one))).toEqual([409, 'grantEnded']);
    const after = await city.call(merchant, 'GET', `/v1/agreements/${one.agreementNo}`);
    expect(after.json()).toMatchObject({
      state: 'offered',
      grantNo: null,
      signatures: [{ party: 'merchant' }],
    });
  });

  const longer = { ...asked, term: { from: '2024-03-01', until: '2028-02-29' } };
  it('a renewal begins the day after the old last day; the old one ends by its term', async () => {
    const old = await city.granted();
    const grantNo = await city.granted({ kind: 'renewal', grantNo: old, contents: longer });
    expect(await read(grantNo)).toMatchObject({
      state: 'upcoming',
      fromOn: '2026-03-01',
      untilOn: '2028-02-29',
    });
    expect((await read(old)).state).toBe('active');
    const twice = await city.rendered(
      await city.approved({ kind: 'renewal', grantNo: old, contents: longer }),
    );
    await city.sign(merchant, twice);
    expect(codeOf(await city.sign(zhongwei.operator, twice))).toEqual([409, 'grantRenewedAlready']);
  });

  it('a renewal signed after the end begins on that day', async () => {
    const old = await city.granted();
    const caseNo = await city.approved({ kind: 'renewal', grantNo: old, contents: longer });
    city.clock.now = at('2026-03-09T15:00:00');
    const grantNo = await city.signedBy(await city.rendered(caseNo));
    expect(await read(grantNo)).toMatchObject({ state: 'active', fromOn: '2026-03-09' });
  });
});

describe('grants are listed', () => {
  type Page = { items: Grant[]; next: string | null };
  const list = async (who: Who, query = ''): Promise<Grant[]> => {
    const all: Grant[] = [];
    let cursor = '';
    for (;;) {
      const answer = await city.call(who, 'GET', `/v1/grants?limit=7${query}${cursor}`);
      if (answer.statusCode !== 200) throw new Error(answer.body);
      const { items, next } = answer.json<Page>();
      all.push(...items);
      if (next === null) return all;
      cursor = `&cursor=${next}`;
    }
  };

  it('to the bodies they concern', async () => {
    const theirs = await city.granted({ applicant: 'merchant-2' });
    const rows = await city.db.selectFrom('use_grant').select('grant_no').execute();
    for (const who of [zhongwei.operator, zhongwei.bureau, auditor, zhongwei.department])
      expect(await list(who)).toHaveLength(rows.length);
    expect((await list(otherMerchant)).map(({ grantNo }) => grantNo)).toEqual([theirs]);
    expect((await list(merchant)).map(({ grantNo }) => grantNo)).not.toContain(theirs);
    expect(await list(zhongwei.county)).toEqual([]);
    expect(await list(bodiesOf('wuhai').bureau)).toEqual([]);
    expect((await city.call(otherMerchant, 'GET', `/v1/grants/${theirs}`)).statusCode).toBe(200);
    expect((await city.call(merchant, 'GET', `/v1/grants/${theirs}`)).statusCode).toBe(404);
    expect((await city.call(bodiesOf('wuhai').bureau, 'GET', `/v1/grants/${theirs}`)).statusCode).toBe(404);
  });

  it.each(['upcoming', 'active', 'suspended', 'ended'] as const)(
    'by state at the instant of asking: %s',
    async (state) => {
      city.clock.now = at('2026-03-05T10:00:00');
      const rows = await city.db.selectFrom('use_grant').selectAll().execute();
      const expected = rows.filter((row) => stateAt(row, city.clock.now) === state).length;
      const found = await list(zhongwei.bureau, `&state=${state}`);
      expect(found).toHaveLength(expected);
      expect(found.every((grant) => grant.state === state)).toBe(true);
    },
  );

  it('by merchant and entry, and as CSV', async () => {
    expect(await list(zhongwei.bureau, '&merchant=merchant-2')).toHaveLength(1);
    expect(await list(zhongwei.bureau, '&resource=ZY-unknown')).toEqual([]);
    expect((await list(zhongwei.bureau, `&resource=${city.parking}`)).length).toBeGreaterThan(1);
    const csv = await city.call(zhongwei.bureau, 'GET', '/v1/grants', { headers: { accept: 'text/csv' } });
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body).toContain('授权编号');
  });

  it.each(['?state=other', '?cursor=xx', '?limit=0', '?merchant=%00'])('%s is a clear 400', async (query) => {
    expect((await city.call(zhongwei.bureau, 'GET', `/v1/grants${query}`)).statusCode).toBe(400);
  });
});
