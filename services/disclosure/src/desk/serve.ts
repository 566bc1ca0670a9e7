/** How a page of the desk is served: to somebody signed in, its forms counted once and only from this session. */
import { countedAddress } from '@gongshu/infra/http/address';
import { readMultipart } from '@gongshu/infra/documents/upload';
import { formType } from '@gongshu/infra/http/pages';
import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isMultipart, multipartType, readParts } from '../html/read-multipart.ts';
import type { View } from '../html/view.ts';
import type { Asker } from './api.ts';
import { sessionCookie } from './cookies.ts';
import type { Desk } from './deps.ts';
import { type Sent, sentOf } from './form-read.ts';
import { inLanguage } from './language.ts';
import { isTokenOf } from './seal.ts';
import type { Session } from './session.ts';
import { deskView } from './shell.ts';
import { type UploadFolder, uploadFolder } from '../html/upload-folder.ts';

type App = Parameters<FastifyPluginAsyncZod>[0];

/** A request of somebody signed in. */
export type At = {
  desk: Desk;
  session: Session;
  view: View;
  asker: Asker;
  request: FastifyRequest;
  reply: FastifyReply;
  params: Readonly<Record<string, string>>;
  /** The address's query; the first of what was given several times. */
  query: Readonly<Record<string, string>>;
};
/** A form that was sent: its fields, and its token, which is the key of what it does. */
export type AtForm = At & { sent: Sent; token: string };

const html = 'text/html; charset=utf-8';

export const isSecure = ({ settings }: Desk): boolean => settings.deskUrl.startsWith('https:');

/** Lets the desk read forms with files: part by part, each file to the disk until the act is done. */
export const readForms = (app: App): Promise<void> => readMultipart(app as never);

/** More than any form of ours has: the longest list of the longest form. */
const mostFields = 3_000;
const wordBytes = 1024 * 1024;
const mostFiles = 60;

/** As many forms as a hurried hand sends in a minute, many times over; no machine. */
const formLimit = { max: 120, timeWindow: 60_000 };

const fieldsOf = (body: unknown): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, string | string[]>))
    for (const one of [value].flat()) form.append(name, one);
  return form;
};

/** What was sent; its files lie below `folder`, which the caller takes away. */
const formOf = async (
  request: FastifyRequest,
  { settings }: Desk,
  folder: UploadFolder,
): Promise<FormData> => {
  if (!isMultipart(request)) return fieldsOf(request.body);
  const files: [name: string, file: File][] = [];
  const { fileMaxBytes: fileBytes } = settings;
  const fields = await readParts(
    request,
    { formBytes: fileBytes + wordBytes, wordBytes, fields: mostFields, files: mostFiles, fileBytes },
    async ({ field, name, mediaType }, bytes) => {
      files.push([field, await folder.keep(bytes, name, mediaType)]);
    },
  );
  const form = fieldsOf(fields);
  for (const [name, file] of files) form.append(name, file);
  return form;
};

/** Only pages of this site send forms here; browsers say where one comes from. */
const mustBeOfThisSite = ({ headers }: FastifyRequest): void => {
  const from = headers['sec-fetch-site'];
  if (from !== undefined && from !== 'same-origin' && from !== 'none') throw problem('formForeign');
};

const firstOf = (given: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((given ?? {}) as Record<string, string | string[]>).map(([name, value]) => [
      name,
      [value].flat()[0] ?? '',
    ]),
  );

const anyParams = z.record(z.string(), z.string().max(300));
const anyQuery = z.record(
  z.string(),
  z.union([z.string().max(2_000), z.array(z.string().max(2_000)).max(60)]),
);

const signedIn = (desk: Desk, request: FastifyRequest): Promise<Session | undefined> =>
  desk.sessions.find(sessionCookie(isSecure(desk)).read(request));

/** To sign in, and back to where one was. */
const toSignIn = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply.redirect(`/desk/sign-in?to=${encodeURIComponent(request.url)}`, 303);

const atOf = async (
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session,
): Promise<At> => ({
  ...{ desk, session, request, reply },
  view: await deskView(desk, request),
  asker: { accessToken: session.accessToken, traceId: request.id },
  params: firstOf(request.params),
  query: firstOf(request.query),
});

type Shown = string | FastifyReply;

const answer = (reply: FastifyReply, shown: Shown): FastifyReply =>
  typeof shown === 'string' ? reply.type(html).header('cache-control', 'no-store').send(shown) : shown;

/** A page that is read. */
export const getPage = (app: App, desk: Desk, url: string, show: (at: At) => Promise<Shown>): void => {
  app.get(
    url,
    { config: { act: 'public', page: true }, schema: { params: anyParams, querystring: anyQuery } },
    async (request, reply): Promise<never> => {
      const session = await signedIn(desk, request as never);
      if (!session) return toSignIn(request as never, reply as never) as never;
      const at = await atOf(desk, request as never, reply as never, session);
      const shown = await inLanguage(at.view.language, () => show(at));
      return answer(reply as never, shown) as never;
    },
  );
};

/**
 * A form of the page at the same address. Its token is asked for before anything is done: it must have been drawn in
 * this session, for this address (query and all). Throws `formTokenMissing`, `formForeign`.
 */
export const postForm = (app: App, desk: Desk, url: string, act: (at: AtForm) => Promise<Shown>): void => {
  app.post(
    url,
    {
      config: {
        ...{ act: 'public', page: true, changes: false, consumes: [formType, multipartType] },
        rateLimit: {
          ...formLimit,
          keyGenerator: async (request) =>
            (await signedIn(desk, request as never))?.id ?? countedAddress(request.ip),
        },
      },
      bodyLimit: wordBytes,
      schema: { params: anyParams, querystring: anyQuery },
      // Before a body is read: whoever is not signed in uploads nothing.
      preParsing: async (request, reply) => {
        mustBeOfThisSite(request as never);
        if (!(await signedIn(desk, request as never))) toSignIn(request as never, reply as never);
      },
    },
    async (request, reply): Promise<never> => {
      const session = await signedIn(desk, request as never);
      if (!session) return toSignIn(request as never, reply as never) as never;
      const folder = uploadFolder();
      try {
        const sent = sentOf(await formOf(request as never, desk, folder));
        const token = sent.text('token');
        if (!token) throw problem('formTokenMissing');
        if (!isTokenOf(session.id, request.url, token)) throw problem('formForeign');
        const at = await atOf(desk, request as never, reply as never, session);
        const shown = await inLanguage(at.view.language, () => act({ ...at, sent, token }));
        return answer(reply as never, shown) as never;
      } finally {
        await folder.discard();
      }
    },
  );
};
