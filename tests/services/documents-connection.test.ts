import { randomBytes } from 'node:crypto';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { formOf, sampleFile } from '../support/documents.ts';
import { maxBytes, merchant, startDocuments } from './documents-support.ts';

jest.setTimeout(60_000);
let city: Awaited<ReturnType<typeof startDocuments>>;
beforeAll(async () => {
  city = await startDocuments();
});
afterAll(() => city.stop());

describe('over a real connection', () => {
  let port: number;
  beforeAll(async () => {
    await city.app.listen({ port: 0, host: '127.0.0.1' });
    port = (city.app.server.address() as AddressInfo).port;
  });
  const tokenOf = async () => (await city.tokens.bearer(merchant)) as string;

  it('what is too large is told while it is still being sent, and nothing is left', async () => {
    const before = await city.files();
    const form = await formOf({ ...sampleFile('pdf'), bytes: randomBytes(8 * maxBytes) });
    const answer = await fetch(`http://127.0.0.1:${port}/v1/documents`, {
      method: 'POST',
      headers: { ...form.headers, authorization: await tokenOf() },
      body: new Uint8Array(form.body),
    });
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'documentTooLarge' }]);
    expect(await city.files()).toEqual(before);
  });

  it('a client that goes away half-way leaves nothing', async () => {
    const before = await city.files();
    const { body, headers } = await formOf({ ...sampleFile('pdf'), bytes: randomBytes(maxBytes / 2) });
    const socket = connectTcp(port, '127.0.0.1');
    socket.write(
      `POST /v1/documents HTTP/1.1\r\nhost: x\r\nauthorization: ${await tokenOf()}\r\ncontent-type: ${headers['content-type']}\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    socket.write(body.subarray(0, body.length / 2));
    await until(async () => (await city.files()).some((name) => name.endsWith('.part')));
    socket.destroy();
    await until(async () => (await city.files()).every((name) => !name.endsWith('.part')));
    expect(await city.files()).toEqual(before);
  });
});

/** Asks again until it holds, for five seconds. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + 5_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise((go) => setTimeout(go, 10));
  }
};
