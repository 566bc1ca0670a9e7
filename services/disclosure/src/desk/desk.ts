/** The work desk: server-rendered pages over the services' REST APIs, with each person's own token (design 5). */
import { pagePolicy } from '@gongshu/infra/http/pages';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { createApi } from './api.ts';
import type { Desk, DeskParts } from './deps.ts';
import { createOidc } from './oidc.ts';
import { createDocuments } from './openapi.ts';
import { absenceRoutes } from './routes/absences.ts';
import { actRoutes } from './routes/acts.ts';
import { caseRoutes } from './routes/cases.ts';
import { decisionRoutes } from './routes/decisions.ts';
import { complainantRoutes } from './routes/complainant.ts';
import { fileRoutes } from './routes/files.ts';
import { openingRoutes } from './routes/openings.ts';
import { recordRoutes } from './routes/records.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { taskRoutes } from './routes/tasks.ts';
import { readForms } from './serve.ts';
import { createSessions } from './session.ts';

/** Who signs out is sent on to the issuer: browsers hold a form to its policy on that way too. */
const policyOf = ({ settings }: Desk): string =>
  pagePolicy.replace("form-action 'self'", `form-action 'self' ${new URL(settings.issuerUrl).origin}`);

/** Every page below /desk. Without settings the desk says that it is not set up. */
export const deskRoutes =
  ({
    settings,
    ...parts
  }: Omit<DeskParts, 'settings'> & { settings: DeskParts['settings'] | undefined }): FastifyPluginAsyncZod =>
  async (app) => {
    if (!settings) {
      for (const url of ['/desk', '/desk/*'])
        app.get(url, { config: { act: 'public', page: true } }, async () => {
          throw problem('deskNotSetUp');
        });
      return;
    }
    const desk: Desk = {
      ...{ ...parts, settings },
      sessions: createSessions(parts),
      oidc: createOidc(settings),
      api: createApi(settings.addresses),
      documents: createDocuments(settings.addresses),
    };
    const policy = policyOf(desk);
    app.addHook('onSend', async (_request, reply, payload) => {
      reply.header('content-security-policy', policy);
      return payload;
    });
    await readForms(app);
    for (const routes of [
      ...[
        signInRoutes,
        taskRoutes,
        actRoutes,
        decisionRoutes,
        caseRoutes,
        fileRoutes,
        complainantRoutes,
        openingRoutes,
        recordRoutes,
        absenceRoutes,
      ],
    ])
      await app.register(routes(desk));
  };
