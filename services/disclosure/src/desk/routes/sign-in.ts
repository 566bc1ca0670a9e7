/** Signing in at the city's issuer, and out again there too. */
import { inLanguage, languageCookie, t } from '../language.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { problem } from '@gongshu/shared/problems';
import { z } from 'zod';
import { html } from '../../html/escape.ts';
import { sessionCookie, signInCookie } from '../cookies.ts';
import type { Desk } from '../deps.ts';
import { isSecure, postForm } from '../serve.ts';
import { signInMillis } from '../session.ts';
import { deskView, plainPage, signInReturn } from '../shell.ts';

const yearSeconds = 31_536_000;

/** A person signs in now and then; a flood of sign-ins from one address is stopped. */
const rateLimit = { max: 60, timeWindow: 60_000 };

export const signInRoutes =
  (desk: Desk): FastifyPluginAsyncZod =>
  async (app) => {
    const signedIn = sessionCookie(isSecure(desk));
    const { deskUrl } = desk.settings;

    app.get(
      '/desk/sign-in',
      {
        config: { act: 'public', page: true, rateLimit },
        schema: { querystring: z.object({ to: z.unknown().optional() }) },
      },
      async (request, reply) => {
        const { address, asked } = await desk.oidc.begin();
        const cookie = signInCookie(isSecure(desk), signInMillis / 1000, asked.state);
        cookie.makeRoom(request as never, reply as never);
        cookie.set(
          reply as never,
          await desk.sessions.begin({ ...asked, to: signInReturn(request.query.to) }),
        );
        return reply.header('cache-control', 'no-store').redirect(address, 303);
      },
    );

    app.get(
      '/desk/sign-in/return',
      {
        config: { act: 'public', page: true, rateLimit },
        schema: { querystring: z.record(z.string(), z.union([z.string(), z.array(z.string())])) },
      },
      async (request, reply) => {
        const cookie = signInCookie(
          isSecure(desk),
          signInMillis / 1000,
          String([request.query['state']].flat()[0]),
        );
        const id = cookie.read(request as never);
        cookie.clear(reply as never);
        const kept = id === undefined ? undefined : await desk.sessions.finish(id);
        if (!kept) throw problem('signInFailed');
        const { accessToken, idToken, expiresIn } = await desk.oidc.finish(`${deskUrl}${request.url}`, kept);
        const before = signedIn.read(request as never);
        if (before) await desk.sessions.end(before);
        const session = await desk.sessions.open({ accessToken, ...(idToken && { idToken }) }, expiresIn);
        // A token that this platform does not take is no sign-in.
        if (!(await desk.sessions.find(session))) throw problem('signInFailed');
        signedIn.set(reply as never, session);
        return reply.header('cache-control', 'no-store').redirect(kept.to, 303);
      },
    );

    app.get(
      '/desk/language',
      {
        config: { act: 'public', page: true },
        schema: { querystring: z.object({ to: z.enum(['zh', 'en']), back: z.unknown().optional() }) },
      },
      async (request, reply) => {
        const { to, back } = request.query;
        const age = to === 'en' ? yearSeconds : 0;
        return reply
          .header('set-cookie', `${languageCookie}=${to}; Path=/desk; Max-Age=${age}; HttpOnly; SameSite=Lax`)
          .header('cache-control', 'no-store')
          .redirect(signInReturn(back), 303);
      },
    );

    postForm(app, desk, '/desk/sign-out', async ({ session, reply }) => {
      await desk.sessions.end(session.id);
      signedIn.clear(reply);
      const there = await desk.oidc.signOut(session.idToken).catch(() => undefined);
      return reply.header('cache-control', 'no-store').redirect(there ?? '/desk/signed-out', 303);
    });

    app.get('/desk/signed-out', { config: { act: 'public', page: true } }, async (request, reply) => {
      const view = await deskView(desk, request as never);
      return reply
        .type('text/html; charset=utf-8')
        .send(
          inLanguage(view.language, () =>
            plainPage(
              view,
              t('已退出工作台'),
              html`<p>${t('您已退出。离开公用计算机前，请关闭浏览器。')}</p><p><a class="button" href="/desk">${t('重新登录')}</a></p>`,
            ),
          ),
        );
    });
  };
