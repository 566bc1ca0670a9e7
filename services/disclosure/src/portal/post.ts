/** How forms of the portal are taken in: bounded, counted by address, each once by its token. */
import { citeText } from '@gongshu/shared/packs/resting-on';
import { byAddress } from '@gongshu/infra/http/address';
import { formType } from '@gongshu/infra/http/pages';
import { problemBody } from '@gongshu/shared/problem-body';
import type { Problem } from '@gongshu/shared/problems';
import type { Act } from '@gongshu/shared/may';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import type { FieldError } from '../html/form.ts';
import { FormBody } from '../html/read-form.ts';
import { type FormFile, isMultipart, multipartType, readPartsInto } from '../html/read-multipart.ts';
import { type UploadFolder, uploadFolder } from '../html/upload-folder.ts';
import { type View, viewOf } from '../html/view.ts';
import { type Asked, sendPage } from './route.ts';
import { cityOf } from './site.ts';

/** Every field at its longest fits in several times over; a flood of text does not. */
const formBytes = 64 * 1024;
/** Ten forms in ten minutes from one address: a family, an office; no machine. */
const formLimit = { max: 10, timeWindow: 600_000, ...byAddress };
const Params = z.record(z.string(), z.string().max(200));

export type Posted = Omit<Asked<unknown>, 'query'> & {
  readonly body: FormBody;
  readonly key: string;
  /** What was chosen, in a form that takes files. */
  readonly files: readonly FormFile[];
};

/** Photographs too large to be taken are read to their end, so that nothing of what was written beside them is lost. */
const withFiles = { formBytes: 64 * 1024 * 1024, wordBytes: formBytes, fields: 40, files: 10 } as const;

type FormOptions = { act: Act; sealed?: true; changes?: false; max?: number; fileBytes?: number };

/**
 * Registers a form of the city. `sealed`: nothing of it is logged, and its answer is not kept; the handler itself then
 * answers the same token with the same. `changes: false`: it only asks. A file is sent by the handler, which answers the reply. `fileBytes`: it takes files, each so long at most.
 */
export const cityForm = (
  app: FastifyInstance,
  deps: DisclosureDeps,
  path: string,
  { act, sealed, changes, max = formLimit.max, fileBytes }: FormOptions,
  answer: (posted: Posted) => Promise<string | FastifyReply>,
): void => {
  const filesOf = new WeakMap<FastifyRequest, readonly FormFile[]>();
  const folders = new WeakMap<FastifyRequest, UploadFolder>();
  for (const prefix of ['', '/en'])
    app.post(
      `${prefix}/:city${path}`,
      {
        config: {
          ...{ act, page: true, rateLimit: { ...formLimit, max } },
          consumes: fileBytes === undefined ? [formType] : [formType, multipartType],
          ...(sealed && { sealed }),
          ...(changes === false && { changes }),
        },
        bodyLimit: formBytes,
        schema: { params: Params, body: FormBody },
        ...(fileBytes !== undefined && {
          preValidation: async (request: FastifyRequest) => {
            if (!isMultipart(request)) return;
            const folder = uploadFolder();
            folders.set(request, folder);
            const { fields, files } = await readPartsInto(request, { ...withFiles, fileBytes }, folder);
            filesOf.set(request, files);
            request.body = fields;
          },
          // Whatever is answered, a refusal of the form too: nothing of its files stays behind.
          onSend: async (request: FastifyRequest) => folders.get(request)?.discard(),
        }),
      },
      async (request, reply) => {
        const params = request.params as Record<string, string>;
        const city = cityOf(deps.packs, params['city'] ?? '');
        const now = await request.lawNow();
        const view = viewOf(request, { now, sandbox: deps.sandbox });
        const body = request.body as FormBody;
        const key = changes === false ? '' : request.idempotencyKey;
        reply.header('cache-control', 'no-store');
        const files = filesOf.get(request) ?? [];
        const page = await answer({ ...{ view, city, params, now, request, reply, body, key, files } });
        return typeof page === 'string' ? sendPage(reply, page) : page;
      },
    );
};

/** A refusal in a sentence: its title, what to do, and the clause it rests on. */
export const refusalText = ({
  title,
  detail,
  article,
}: {
  title: string;
  detail?: string | undefined;
  article?: { instrument: string; article: string } | undefined;
}): string => `${title}${detail ? `：${detail}` : ''}${article ? `（${citeText(article)}）` : ''}`;

/** A refusal as an error of the form it came from. */
export const refusalError = (view: View, refusal: Problem, field: string): FieldError => ({
  field,
  message: refusalText(problemBody(refusal, view.language, { instance: '', traceId: '' })),
});
