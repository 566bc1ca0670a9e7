// Reports: the papers of a case as PDF, read back by pdf.js. A stranger of the case sees none (design 3).
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { sha256 } from '@gongshu/infra/hash';
import { readPdf } from '../support/pdf.ts';
import { at, startReading } from './application-read-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

const zhongwei = bodiesOf('zhongwei');
const merchant = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: 'zhongwei' } as const;
const rival = { ...merchant, organisation: 'merchant-2' };
const auditor = { roles: ['auditor'], jurisdiction: 'zhongwei' } as const;
const elsewhere = bodiesOf('wuhai').bureau;
const caseNo = '640500-SQ-2024-000001';
const path = `/v1/applications/${caseNo}/papers`;
/** Words that would break a page, or get out of it, if they were read as anything but words. */
const hostile =
  '#panic("x") *粗* $x$ \\ <b>&amp;</b> 㙓𠮷䶮 👍 שלום \u202e反 https://例.cn/' + 'x'.repeat(300);
const items = [
  { item: 'scope', text: '请写明使用范围' },
  { item: 'documents', text: hostile },
];
const conditions = [{ code: 'masked', text: '车牌号不予提供', fields: ['车牌号'], until: '2024-12-31' }];
const reasons = [{ code: 'scopeTooWide', text: '使用范围超出场景所需' }];

type Listed = { number: string; kind: string; title: { zh: string }; hash: string };
let city: Awaited<ReturnType<typeof startReading>>;
const get = (who: Who, url: string) => city.call(who, 'GET', url);
const listed = async (who: Who): Promise<Listed[]> =>
  (await get(who, path)).json<{ items: Listed[] }>().items;
const pdfOf = async (number: string) => {
  const answer = await get(merchant, `${path}/${number}`);
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
  return answer;
};

beforeAll(async () => {
  city = await startReading();
  await city.submit(caseNo, { reviewers: ['dept-health', 'dept-transport'] });
  const returned = await city.take(caseNo, 'returnForCorrection', {
    turn: `${caseNo}/acceptance`,
    when: at('03-01T15:00:00'),
    text: { items },
  });
  const resubmitted = await city.take(caseNo, 'resubmit', {
    turn: `${caseNo}/acceptance`,
    when: at('03-04T10:00:00'),
    text: { contents: { scope: '城区' } },
    payload: { contentHash: `sha256:${'b'.repeat(64)}`, changed: ['scope'] },
  });
  await city.play(caseNo, 'acceptance', 'operator', {
    entries: [
      { kind: 'returned', at: at('03-01T15:00:00'), id: 'BZ-1', receipt: returned },
      { kind: 'resubmitted', at: at('03-04T10:00:00'), id: 'BZ-1', receipt: resubmitted },
    ],
    end: { outcome: 'approved', at: at('03-04T11:00:00'), receipt: null },
  });
  const decide = async (organisation: string, outcome: 'approved' | 'refused', text: object) => {
    const receipt = await city.take(caseNo, 'recordDecision', {
      turn: `${caseNo}/review/${organisation}`,
      when: at('03-08T10:00:00'),
      text,
    });
    await city.play(caseNo, 'review', organisation, {
      end: { outcome, at: at('03-08T10:00:00'), receipt },
    });
  };
  await decide('dept-health', 'refused', { reasons });
  await decide('dept-law', 'approved', { conditions });
  await city.play(caseNo, 'review', 'dept-transport', {
    end: { outcome: 'deemedApproved', at: at('03-16T00:00:00'), receipt: null },
  });
  await city.db
    .updateTable('application')
    .set({ outcome: 'refused', ended_at: new Date(at('03-16T00:00:00')) })
    .where('case_no', '=', caseNo)
    .execute();
}, 60_000);
afterAll(() => city.stop());

describe('the papers of a case', () => {
  it('are listed in time, each under a number that stays', async () => {
    const papers = await listed(merchant);
    expect(papers.map(({ number, title }) => [number, title.zh])).toEqual([
      [expect.stringMatching(/^SJ-/), '收件回执'],
      [`BZ-${caseNo}-acceptance-1`, '补正通知书'],
      [`SL-${caseNo}-acceptance`, '受理通知书'],
      [`YJ-${caseNo}-review-dept-health`, '审核意见书'],
      [`YJ-${caseNo}-review-dept-law`, '审核意见书'],
      [`MS-${caseNo}-review-dept-transport`, '默认同意证明'],
      [`JD-${caseNo}`, '使用申请决定书'],
    ]);
    expect(await listed(merchant)).toEqual(papers);
    expect(JSON.stringify(papers)).not.toContain('请写明使用范围'); // what a paper says stands in it alone
  });

  it.each<[string, Who, number]>([
    ['the applicant', merchant, 200],
    ['the operator', zhongwei.operator, 200],
    ['a reviewer', zhongwei.department, 200],
    ['the bureau', zhongwei.bureau, 200],
    ['the auditor', auditor, 200],
    ['another merchant', rival, 404],
    ['another city', elsewhere, 404],
    ['nobody', null, 401],
  ])('%s: list, content and page', async (_name, who, status) => {
    for (const url of [path, `${path}/JD-${caseNo}?format=json`, `${path}/JD-${caseNo}`])
      expect([url, (await get(who, url)).statusCode]).toEqual([url, status]);
  });

  it('the receipt bears the hash that its route tells, over what it says', async () => {
    const [receipt] = await listed(merchant);
    const said = (await get(merchant, `/v1/receipts/${receipt?.number}`)).json<Record<string, string>>();
    const { act, receivedAt } = said;
    const over = { receipt: receipt?.number, jurisdiction: 'zhongwei', act, caseNo, receivedAt };
    expect(receipt?.hash).toBe(sha256(canonicalJson(over)));
    expect(said['hash']).toBe(receipt?.hash);
    const { text } = await readPdf((await pdfOf(receipt?.number ?? '')).rawPayload);
    expect(text).toContain(receipt?.hash);
  });

  it('are PDF/A of A4 with the font embedded, and say number, hash and article', async () => {
    const [, notice] = await listed(merchant);
    if (!notice) throw new Error('no paper');
    const read = await readPdf((await pdfOf(notice.number)).rawPayload);
    expect(read).toMatchObject({ part: '2', width: 595, height: 842, tagged: true });
    expect(read.fonts.length).toBeGreaterThan(0);
    for (const { name, embedded } of read.fonts)
      expect([name, embedded]).toEqual([expect.stringMatching(/NotoSerifSC/), true]);
    for (const words of [
      notice.number,
      notice.hash,
      '请写明使用范围',
      '第三十二条',
      '2024年3月1日',
      '补正通知书',
    ])
      expect(read.text).toContain(words);
  });

  it('show hostile words as words, and characters the font lacks by their code points', async () => {
    const answer = await pdfOf(`BZ-${caseNo}-acceptance-1`);
    const { text } = await readPdf(answer.rawPayload);
    expect(text).toContain('#panic("x")*粗*$x$\\<b>&amp;</b>㙓〔U+20BB7〕䶮〔U+1F44D〕');
    expect(text).toContain('x'.repeat(300));
    expect(text).toContain('〔U+202E〕');
    expect(Number(answer.headers['x-missing-characters'])).toBe(7);
  });

  it('are the same bytes for the same paper, whoever asks', async () => {
    const [one, two] = [await pdfOf(`JD-${caseNo}`), await get(auditor, `${path}/JD-${caseNo}`)];
    expect(one.rawPayload.equals(two.rawPayload)).toBe(true);
  });

  it('have a hash that whoever holds the content can compute', async () => {
    const { hash, hashOf, ...content } = (await get(merchant, `${path}/JD-${caseNo}?format=json`)).json();
    expect(hashOf).toBe('paper');
    expect(sha256(canonicalJson(content))).toBe(hash);
    expect(sha256(canonicalJson({ ...content, addressee: 'merchant-2' }))).not.toBe(hash);
  });

  it('the certificate of silence keeps number and hash of the certificate, and says that nobody approved', async () => {
    const number = `MS-${caseNo}-review-dept-transport`;
    const certificate = (await get(merchant, `/v1/certificates/${number}`)).json<{ hash: string }>();
    const { text } = await readPdf((await pdfOf(number)).rawPayload);
    expect(text).toContain(certificate.hash);
    expect(text).toContain('不是该单位作出的决定');
    expect(text).toContain('内容与校验码一致');
    await city.db
      .updateTable('certificate')
      .set({ content: JSON.stringify({ turn: 'another' }) as never })
      .where('id', '=', number)
      .execute();
    expect((await readPdf((await pdfOf(number)).rawPayload)).text).toContain('不一致，请勿采信');
  });

  it('the decision tells each body’s outcome, reasons, conditions, and silence as silence', async () => {
    const { text } = await readPdf((await pdfOf(`JD-${caseNo}`)).rawPayload);
    for (const words of [
      ...['结果为：未批准', '不同意', '逾期视为同意', 'dept-health：使用范围超出场景所需（scopeTooWide）'],
      ...[
        'dept-law：车牌号不予提供；不提供字段：车牌号；期限至2024年12月31日',
        'dept-transport逾期未答复',
        'ZY-0',
      ],
    ])
      expect(text).toContain(words);
  });

  it.each([`JD-640500-SQ-2024-000009`, 'XX-none'])('%s is no paper of the case', async (number) => {
    expect((await get(merchant, `${path}/${number}`)).statusCode).toBe(404);
  });
  it.each(['%00', 'JD', 'a'.repeat(300), `JD-${caseNo}?format=docx`])('%s is refused', async (number) => {
    expect([400, 404, 414]).toContain((await get(merchant, `${path}/${number}`)).statusCode);
  });
});
