import { fingerprintForm } from '@gongshu/shared/egress/fingerprint';
import { sql } from 'kysely';
import {
  paper,
  peopleIn,
  type RegisterCity,
  type Registers,
  registerCities,
  startRegisters,
} from './registers-support.ts';

let r: Registers;
jest.setTimeout(60_000);
const keyId = 'ab'.repeat(8);
beforeAll(async () => {
  r = await startRegisters({ fingerprintKeyId: keyId });
  for (const city of registerCities)
    for (const [grant, resource, reviewer] of [
      ['1', 'ZY-1', 'dept-transport'],
      ['2', 'ZY-2', 'operator'],
    ])
      await sql`
        insert into product_grant (grant_no, jurisdiction, applicant, operator, state, resources, seen_at)
        values (${`SQ-${city}-${grant}`}, ${city}, 'merchant-1', 'operator', 'running',
          ${JSON.stringify([{ resource, reviewer, fields: [] }])}::jsonb, ${r.clock.now})`.execute(r.db);
}, 60_000);
afterAll(() => r?.stop());

const data = `sha256:${'d'.repeat(64)}`;
const given = {
  resource: 'ZY-1',
  document: paper,
  form: fingerprintForm,
  keyId,
  data,
  rows: 10_000,
  columns: 8,
};
const at = '/v1/source-fingerprints';
const give = (
  city: RegisterCity,
  who: 'operator' | 'department' | 'merchant' | 'auditor',
  change: object = {},
) => r.post(peopleIn(city)[who], at, { ...given, ...change });

describe.each(registerCities)('[E1 %s] fingerprints of granted resources', (city) => {
  it('recorded by the department or the operator, told by event, the newest found', async () => {
    const first = await give(city, 'department');
    expect(first.statusCode).toBe(201);
    expect(first.json()).toMatchObject({
      resource: 'ZY-1',
      owner: 'dept-transport',
      keyId,
      rows: 10_000,
      recordedBy: 'dept-transport',
    });
    const { fingerprint } = first.json<{ fingerprint: string }>();
    const [told] = await r.events(fingerprint);
    expect(told).toMatchObject({
      type: 'sourceFingerprint.recorded.v1',
      data: { resource: 'ZY-1', rows: 10_000, data },
    });

    const again = await give(city, 'department');
    expect(again.json()).toMatchObject({ fingerprint });
    expect(await r.events(fingerprint)).toHaveLength(1);

    const { operator, auditor } = peopleIn(city);
    const list = await r.call(auditor, 'GET', `${at}?resource=ZY-1`);
    expect(list.json()).toMatchObject({ items: [{ fingerprint }], next: null });
    expect((await r.call(operator, 'GET', `${at}/latest?resource=ZY-1`)).json()).toMatchObject({
      fingerprint,
    });
    expect((await r.call(operator, 'GET', `${at}/latest?resource=ZY-9`)).statusCode).toBe(404);
    const csv = await r.call(operator, 'GET', at, { headers: { accept: 'text/csv' } });
    expect(csv.body).toContain(fingerprint);
  });

  it('a department records and reads its own alone', async () => {
    expect((await give(city, 'department', { resource: 'ZY-2' })).statusCode).toBe(404);
    expect((await give(city, 'department', { resource: 'ZY-9' })).statusCode).toBe(404);
    expect((await give(city, 'operator', { resource: 'ZY-2' })).statusCode).toBe(201);
    const { department } = peopleIn(city);
    const own = await r.call(department, 'GET', at);
    expect(
      own.json<{ items: { resource: string }[] }>().items.every(({ resource }) => resource === 'ZY-1'),
    ).toBe(true);
    expect((await r.call(department, 'GET', `${at}/latest?resource=ZY-2`)).statusCode).toBe(404);
  });

  it.each(['merchant', 'auditor'] as const)('not by a %s', async (who) => {
    expect((await give(city, who)).statusCode).toBe(403);
  });

  it('of another key they are refused: nothing could be compared with them', async () => {
    const refused = await give(city, 'operator', { keyId: 'cd'.repeat(8) });
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({
      code: 'fingerprintKeyOther',
      errors: [{ pointer: '/body/keyId' }],
    });
  });

  it('the file must have been uploaded by who records it', async () => {
    const refused = await give(city, 'operator', { document: `sha256:${'f'.repeat(64)}` });
    expect(refused.json()).toMatchObject({
      code: 'documentUnknown',
      errors: [{ pointer: '/body/document' }],
    });
  });
});

it.each([
  { rows: -1 },
  { columns: 0 },
  { columns: 2_001 },
  { resource: '张三' },
  { resource: 'a\u0000' },
  { keyId: 'AB' },
  { form: 'other' },
  { more: 1 },
])('bad input is refused: %j', async (change) => {
  expect((await give('zhongwei', 'operator', change)).statusCode).toBe(400);
});
it.each(['?cursor=x', '?resource=%00', '/latest', '?more=1'])('bad query is refused: %s', async (query) => {
  expect((await r.call(peopleIn('zhongwei').operator, 'GET', `${at}${query}`)).statusCode).toBe(400);
});
