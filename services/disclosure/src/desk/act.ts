/** One act: the route it goes to, the form that is drawn for it, and what was sent. */
import { type ServiceName, serviceNames } from '@gongshu/shared/events';
import { problem } from '@gongshu/shared/problems';
import type { Answer } from './api.ts';
import { filesIn, type Sent, valueOf, withTexts } from './form-read.ts';
import { type ActRoute, methods } from './openapi.ts';
import type { At } from './serve.ts';
import { type Shape, shapeOf } from './shape.ts';

export type ActForm = { route: ActRoute; service: ServiceName; path: string; shape: Shape };

/** A step upwards, written out or not: `%2e` is a dot to whoever reads an address. */
export const isClimbing = (path: string): boolean => /\.\.|%2e/i.test(path);
const validPath = /^\/v1\/[\w.~%/:@+-]{1,400}$/;

/** The act of an address, as the page's query names it. Throws `notFound` for what is no route that takes JSON. */
export const actFormOf = async (
  { desk }: Pick<At, 'desk'>,
  given: { service?: string | undefined; path?: string | undefined; method?: string | undefined },
): Promise<ActForm> => {
  const service = serviceNames.find((one) => one === given.service);
  const { path } = given;
  if (!service || path === undefined || !validPath.test(path) || isClimbing(path)) throw problem('notFound');
  const method = methods.find((one) => one === (given.method ?? 'post'));
  const route = method && (await desk.documents.routeOf(service, path, method));
  if (!route) throw problem('notFound');
  const shape = shapeOf(
    route.schema ?? { type: 'object', properties: {} },
    await desk.documents.componentsOf(service),
  );
  return { route, service, path, shape };
};

/** Files of the form filed with the service, or its refusal at the field. */
export type Filed = { sent: Sent; refused: { pointer: string; code: string; message: string }[] };

/** Uploads what was chosen; the same file again is the same document. */
export const fileDocuments = async (
  { desk, asker }: Pick<At, 'desk' | 'asker'>,
  service: ServiceName,
  sent: Sent,
): Promise<Filed> => {
  const put = new Map<string, string>();
  const refused: Filed['refused'] = [];
  for (const { name, file } of filesIn(sent)) {
    const answer = await desk.api.upload(asker, service, file);
    if (!answer.ok) {
      const { code, title, detail } = answer.refusal;
      const message = detail === undefined ? title : `${title}：${detail}`;
      refused.push({ pointer: name.replaceAll(/\|\d+/g, ''), code, message });
      continue;
    }
    put.set(name, answer.body.hash);
    const title = name.replace(/\/hash$/, '/title');
    if (title !== name && !sent.text(title)?.trim()) put.set(title, answer.body.title);
  }
  return { sent: withTexts(sent, put), refused };
};

/** An answer of any act. */
export type Done = Record<string, unknown> & { receipt?: unknown; caseNo?: unknown; state?: unknown };

/** Posts what the form says; its token is the Idempotency-Key. */
export const postAct = (
  { desk, asker }: Pick<At, 'desk' | 'asker'>,
  { service, path, shape }: Pick<ActForm, 'service' | 'path' | 'shape'>,
  given: { sent: Sent; name?: string; key: string },
): Promise<Answer<Done>> =>
  desk.api.post<Done>(asker, service, path, {
    key: given.key,
    body: valueOf(shape, given.name ?? '/body', given.sent) ?? {},
  });
