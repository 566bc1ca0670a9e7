import { rm, writeFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { sampleFile } from '../support/documents.ts';
import { auditor, caseNo, merchant, namesake, rival, startDocuments } from './documents-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

const zhongwei = bodiesOf('zhongwei');
const wuhai = bodiesOf('wuhai');

jest.setTimeout(60_000);
let city: Awaited<ReturnType<typeof startDocuments>>;
beforeAll(async () => {
  city = await startDocuments();
});
afterAll(() => city.stop());

describe('a document is read by exactly the bodies that handle what it was filed with', () => {
  const statuses = async (hash: string, ...whos: Who[]) =>
    Promise.all(
      whos.map(async (who) => {
        const [metadata, content] = [await city.get(who, hash), await city.get(who, hash, true)];
        expect(content.statusCode).toBe(metadata.statusCode);
        return metadata.statusCode;
      }),
    );
  const everybody: Who[] = [merchant, zhongwei.operator, zhongwei.department, zhongwei.bureau, auditor];
  const strangers: Who[] = [rival, zhongwei.other, zhongwei.county, wuhai.bureau, namesake];

  it('filed with nothing it is its uploader’s alone', async () => {
    const hash = await city.upload(merchant, sampleFile('pdf', 'unfiled'));
    expect(await statuses(hash, ...everybody)).toEqual([200, 404, 404, 404, 404]);
    expect(await statuses(hash, ...strangers)).toEqual([404, 404, 404, 404, 404]);
  });

  it('filed with a case it is read by those who handle the case, the bureau and the auditor of the city', async () => {
    const hash = await city.upload(merchant, sampleFile('pdf', 'filed'), '进驻说明');
    await city.file(hash);
    expect(await statuses(hash, ...everybody)).toEqual([200, 200, 200, 200, 200]);
    expect(await statuses(hash, ...strangers)).toEqual([404, 404, 404, 404, 404]);
    expect((await city.get(null, hash)).statusCode).toBe(401);
    expect((await city.get(zhongwei.operator, hash)).json()).toMatchObject({ title: '进驻说明' });
  });

  it('another body’s upload of the same bytes shows nobody the words of the first', async () => {
    const hash = await city.upload(merchant, sampleFile('pdf', 'same'), '甲的标题');
    await city.upload(rival, sampleFile('pdf', 'same'), '乙的标题');
    await city.file(hash);
    expect((await city.get(rival, hash)).json()).toMatchObject({
      title: '乙的标题',
      uploadedBy: 'merchant-2',
    });
    expect((await city.get(zhongwei.operator, hash)).json()).toMatchObject({ title: '甲的标题' });
  });

  it.each([`sha256:${'0'.repeat(64)}`])('one that is not on record is not found', async (hash) => {
    expect(await statuses(hash, ...everybody)).toEqual([404, 404, 404, 404, 404]);
  });

  it.each([
    '..%2F..%2Fetc%2Fpasswd',
    'sha256:abc',
    `sha256:${'A'.repeat(64)}`,
    '%00',
    `sha256%3A${'0'.repeat(63)}%2F`,
  ])('an address that is no hash is refused: %s', async (hash) => {
    expect([400, 404]).toContain((await city.get(merchant, hash)).statusCode);
    expect([400, 404]).toContain((await city.get(merchant, hash, true)).statusCode);
  });
});

describe('missing or altered is said on the document and on the case', () => {
  const stateOnCase = async (hash: string) => {
    const { documents } = (await city.call(zhongwei.operator, 'GET', `/v1/applications/${caseNo}`)).json();
    return documents.find((one: { hash: string }) => one.hash === hash)?.state;
  };

  it.each([
    {
      name: 'removed on disk',
      act: (place: string) => rm(place),
      state: 'missing',
      status: 410,
      code: 'documentMissing',
    },
    {
      name: 'altered on disk',
      act: (place: string) => writeFile(place, 'forged'),
      state: 'altered',
      status: 409,
      code: 'documentAltered',
    },
  ])('$name', async ({ name, act, state, status, code }) => {
    const file = sampleFile('pdf', name);
    const hash = await city.upload(merchant, file, '制度');
    await city.file(hash);
    expect(await stateOnCase(hash)).toBe('present');
    await act(city.placeOf(hash));
    expect(await stateOnCase(hash)).toBe(state);
    expect((await city.get(zhongwei.operator, hash)).json()).toMatchObject({ state });
    const refused = await city.get(zhongwei.operator, hash, true);
    expect([refused.statusCode, refused.json().code]).toEqual([status, code]);
    await city.upload(merchant, file);
    expect(await stateOnCase(hash)).toBe('present');
    expect((await city.get(zhongwei.operator, hash, true)).rawPayload).toEqual(file.bytes);
  });

  it('the case tells titles to those who handle it, and the rest to an auditor', async () => {
    const hash = await city.upload(merchant, sampleFile('pdf', 'titled'), '安全评估报告');
    await city.file(hash);
    const listed = async (who: Who) => {
      const { documents } = (await city.call(who, 'GET', `/v1/applications/${caseNo}`)).json();
      return documents.find((one: { hash: string }) => one.hash === hash);
    };
    expect(await listed(merchant)).toMatchObject({
      title: '安全评估报告',
      role: 'application',
      filedBy: 'merchant-1',
    });
    expect(await listed(auditor)).toMatchObject({ title: null, state: 'present' });
  });

  it('no title and no file name is in an event or an audit entry', async () => {
    await city.upload(merchant, { ...sampleFile('pdf', 'planted'), name: '张三身份证.pdf' }, '李四的授权书');
    const { rows } = await sql<{ all: string }>`
      select coalesce(string_agg(payload::text, ' '), '') || (select string_agg(a::text, ' ') from audit_entry a) as all
      from outbox`.execute(city.db);
    expect(rows[0]?.all).toContain('document.uploaded.v1');
    expect(rows[0]?.all).not.toMatch(/张三|李四|授权书/);
  });
});
