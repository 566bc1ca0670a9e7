import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemBody } from '@gongshu/shared/problem-body';
import { type Problem, type ProblemCode, problem } from '@gongshu/shared/problems';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Metrics } from '../metrics.ts';
import { toProblem } from './faults.ts';
import { languageOf, languageOfPath } from './language.ts';
import { asksForPage, pagePolicy, pageType, pathOf } from './pages.ts';

const mediaType = 'application/problem+json';

/** RFC 9457, with the code, the article a refusal rests on, the wrong places and the trace. */
export const ProblemDocument = z
  .object({
    type: z.string().meta({ description: 'urn:gongshu:problem:<code>' }),
    title: z.string(),
    detail: z.string().optional(),
    status: z.int().min(400).max(599),
    instance: z.string(),
    code: z.string(),
    article: z.object({ instrument: z.string(), article: z.string() }).optional(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })).optional(),
    traceId: z.string(),
  })
  .meta({ id: 'Problem' });

type ProblemResponse = {
  description: string;
  content: { 'application/problem+json': { schema: typeof ProblemDocument } };
};

/** Response schemas of the refusals a route can give: `response: { 200: Receipt, ...problems(400, 401, 404) }`. */
export const problems = <const S extends number>(...statuses: readonly S[]): Record<S, ProblemResponse> =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: STATUS_CODES[status] ?? 'Problem',
        content: { [mediaType]: { schema: ProblemDocument } },
      },
    ]),
  ) as Record<S, ProblemResponse>;

/** Answers with a problem: a document, or a page where a browser asks. A fault of ours (5xx) is logged whole and told without its words. */
export const answerProblem = (
  refusal: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const asPage = asksForPage(request);
  const language = asPage ? languageOfPath(request.url) : languageOf(request.headers['accept-language']);
  if (refusal.status >= 500)
    request.log.error({ err: refusal.cause ?? refusal, code: refusal.code }, 'request failed');
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer realm="gongshu"');
  if (refusal.status === 503 && !refusal.headers['retry-after']) reply.header('retry-after', '5');
  const body = problemBody(refusal, language, { instance: pathOf(request.url), traceId: request.id });
  reply
    .code(refusal.status)
    .headers(refusal.headers)
    .headers({
      'content-language': language,
      vary: asPage ? 'accept, cookie' : 'accept-language',
      'cache-control': 'no-store',
    });
  return asPage
    ? reply
        .header('content-security-policy', pagePolicy)
        .type(pageType)
        .send(request.server.problemPage?.(body, request))
    : reply.type(mediaType).send(JSON.stringify(body));
};

/** Every error of every route, and of Fastify itself, leaves through here. */
export const answerErrors = (app: FastifyInstance, metrics: Metrics): void => {
  app.setErrorHandler((error, request, reply) => {
    const refusal = toProblem(error);
    if (!request.routeOptions.config?.sealed) metrics.problems.inc({ code: refusal.code });
    return answerProblem(refusal, request, reply);
  });
};

const byParserCode: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'headersTooLarge',
  ERR_HTTP_REQUEST_TIMEOUT: 'requestTimeout',
};

/** What Node's HTTP parser refuses before there is a request: still a problem document, then the connection ends. */
export const answerUnreadable = (error: { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const refusal = problem(byParserCode[error.code ?? ''] ?? 'invalidRequest');
  const body = JSON.stringify(problemBody(refusal, 'zh', { instance: '/', traceId: '0'.repeat(32) }));
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    `content-type: ${mediaType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
};
