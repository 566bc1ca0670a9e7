import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deskWith } from '@gongshu/cli/story/desk';

/** A service that answers with these, one after the other, the last for ever; and the keys it was asked with. */
const answering = async (...answers: { status: number; code?: string }[]) => {
  const keys: unknown[] = [];
  const server: Server = createServer((request, response) => {
    const { status, code } = answers[Math.min(keys.length, answers.length - 1)]!;
    keys.push(request.headers['idempotency-key']);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code }));
  });
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  const { port } = server.address() as AddressInfo;
  return { desk: deskWith(`http://127.0.0.1:${port}`, 'token'), keys, stop: () => server.close() };
};

describe('the story’s desk', () => {
  it('hands in again, under the same key, what a busy machine did not take in', async () => {
    const service = await answering({ status: 503, code: 'intakeTooSlow' }, { status: 202 });
    await service.desk.post('/v1/applications', {}, 'one');
    expect(service.keys).toEqual(['one', 'one']);
    service.stop();
  });

  it('gives up in the end, and asks no refusal twice', async () => {
    const busy = await answering({ status: 503, code: 'intakeTooSlow' });
    await expect(busy.desk.post('/', {}, 'one')).rejects.toMatchObject({ code: 'intakeTooSlow' });
    expect(busy.keys).toHaveLength(5);
    busy.stop();
    const refusing = await answering({ status: 409, code: 'bodyTaken' });
    await expect(refusing.desk.post('/', {}, 'one')).rejects.toMatchObject({ code: 'bodyTaken' });
    expect(refusing.keys).toHaveLength(1);
    refusing.stop();
  });
});
