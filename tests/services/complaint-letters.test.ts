// S4: the letter of an answer reaches who complained, by number and code, without script; nobody else, and nothing else.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { sql } from 'kysely';
import { type Portal, startPortal, tokenOf } from '../support/portal.ts';
import { complaint, stranger as from } from '../support/public-forms.ts';

let portal: Portal;
let folder: string;
let store: ReturnType<typeof createDocumentStore>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongshu-letters-'));
  store = createDocumentStore(folder, { maxBytes: 100_000 });
  portal = await startPortal({
    ...{ documents: store, lawNow: async () => new Date('2024-03-07T10:00:00+08:00') },
  });
}, 60_000);
afterAll(async () => {
  await portal?.stop();
  await rm(folder, { recursive: true, force: true });
});

const bytes = Buffer.from('%PDF-1.7 关于您反映事项的答复');
const fileName = '答复函（第3号）.pdf';

/** A complaint of an anonymous or named person, and the letter filed with it as `role`. */
const complained = async (role: string) => {
  const page = await portal.page('/zhongwei/complaints/new');
  const { body } = await portal.post('/zhongwei/complaints/new', complaint(tokenOf(page.body)), from());
  const [, number = ''] = /(\d{6}-TS-\d{4}-\d{6})/.exec(body) ?? [];
  const [, code = ''] = /([2-9A-Z]{4}(?:-[2-9A-Z]{4}){3})/.exec(body) ?? [];
  const received = await store.receive(Readable.from([bytes]));
  await received.keep();
  const { hash } = received;
  await sql`
    insert into document (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
    values ('zhongwei', 'city-bureau', ${hash}, ${bytes.length}, 'application/pdf', '答复函', ${fileName}, 'x', now())
    on conflict do nothing`.execute(portal.db);
  await sql`
    insert into document_link (jurisdiction, case_no, hash, role, organisation, linked_at)
    values ('zhongwei', ${number}, ${hash}, ${role}, 'city-bureau', now())`.execute(portal.db);
  return { number, code, hash };
};
const answer = (number: string) =>
  sql`update procedure set state = state || '{"answeredAt": 1709780400000, "stage": "answered"}'::jsonb where case_no = ${number}`.execute(
    portal.db,
  );
type Asked = { number: string; code: string; hash: string };
const letter = (asked: Asked, city = 'zhongwei') => portal.post(`/${city}/complaints/letters`, asked, from());
const status = ({ number, code }: Asked) =>
  portal.post('/zhongwei/complaints/status', { number, code }, from());

it('is listed once the answer is given, and downloaded by a form as it was filed', async () => {
  const own = await complained('complaintAnswer');
  expect((await status(own)).body).not.toContain('complaints/letters');
  expect((await letter(own)).statusCode).toBe(404);
  await answer(own.number);
  const page = (await status(own)).body;
  expect(page).toContain('答复函（application/pdf，1 KB）');
  expect(page).toContain(`name="hash" value="${own.hash}"`);
  const file = await letter(own);
  expect([file.statusCode, file.headers['content-type'], file.rawPayload.equals(bytes)]).toEqual([
    ...[200, 'application/pdf', true],
  ]);
  expect(file.headers['content-disposition']).toContain(encodeURIComponent('答复函'));
  expect(file.headers['cache-control']).toBe('private, no-store');
});

it('is nobody’s with another code, on another city’s site, or filed as something else', async () => {
  const own = await complained('complaintAnswer');
  const other = await complained('inquiryAnswer');
  await answer(own.number);
  await answer(other.number);
  for (const refused of [
    await letter({ ...own, code: other.code }),
    await letter(own, 'shuozhou'),
    await letter(other),
    await letter({ ...own, hash: 'sha256:00' }),
    await letter({ ...own, hash: `sha256:${'0'.repeat(64)}` }),
  ])
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
});

it('a letter whose file is gone is told as missing, not as an error of the site', async () => {
  const own = await complained('complaintAnswer');
  await answer(own.number);
  await rm(folder, { recursive: true });
  const gone = await letter(own);
  expect([gone.statusCode, /<html/.test(gone.body)]).toEqual([410, true]);
});
