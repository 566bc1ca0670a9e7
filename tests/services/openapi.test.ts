import { readFileSync } from 'node:fs';
import { buildForDocument, documentFile, documentText, serviceNames } from '@gongshu/cli/openapi';
import type { FastifyInstance } from 'fastify';

describe.each(serviceNames)('OpenAPI of %s', (service) => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await buildForDocument(service);
  });
  afterAll(() => app.close());

  type Operation = {
    summary?: string;
    parameters?: { in: string; name: string; required?: boolean }[];
    responses: Record<string, { content?: Record<string, unknown> }>;
  };
  const operations = (): [string, string, Operation][] => {
    const { paths } = app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> };
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
        path,
        method,
        operation,
      ]),
    );
  };

  it('is committed as the routes make it; if not, run: npm run gongshu -- openapi write', async () => {
    expect(await documentText(service)).toBe(readFileSync(documentFile(service), 'utf8'));
  });

  it('is version 3.1 and names what every operation does and answers', () => {
    expect(app.swagger()).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./) });
    const unnamed = operations().filter(([, , { summary }]) => !summary);
    const unanswered = operations().filter(
      ([, , { responses }]) => !Object.keys(responses).some((status) => status.startsWith('2')),
    );
    expect([unnamed, unanswered]).toEqual([[], []]);
  });

  it('has problem documents for every refusal that it names', () => {
    const others = operations().flatMap(([path, method, { responses }]) =>
      Object.entries(responses)
        .filter(([status]) => Number(status) >= 400 && path.startsWith('/v1/'))
        .filter(([, { content }]) => !content?.['application/problem+json'])
        .map(([status]) => `${method} ${path} ${status}`),
    );
    expect(others).toEqual([]);
  });
});
