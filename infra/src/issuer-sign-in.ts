/** The development issuer's pages: choosing who one is, and signing out. No script; nothing from another host. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { accountOf, chosenPerson, samplePeople } from './issuer-people.ts';

const style =
  'body{font:16px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:52rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff}' +
  'h1{font-size:1.4rem}ul{list-style:none;padding:0}li{margin:.3rem 0}label{display:block;margin:.5rem 0}' +
  'button,input{font:inherit;padding:.4rem .8rem;max-width:100%;border:1px solid #555;border-radius:4px}' +
  'button{background:#0b5394;color:#fff;border-color:#0b5394}li button{width:100%;text-align:left;background:#fff;color:#0b5394}' +
  '.note{border-left:4px solid #8a5a00;padding-left:.8rem}';
const csp = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const pageOf = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;

const send = (response: ServerResponse, status: number, page: string): void => {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': csp,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .end(page);
};

const warning =
  '<p class="note">仅供开发与演示：任何人都可以任何身份登录。 For development only: anybody signs in as anybody.</p>';

const choice = (wrong: boolean): string =>
  pageOf(
    '登录 · 选择身份 (sign in)',
    `${warning}${wrong ? '<p role="alert"><strong>身份填写有误。 That is nobody.</strong></p>' : ''}
<form method="post"><ul>${samplePeople()
      .map(
        ({ title, body, account }) =>
          `<li><button name="account" value="${escaped(account)}">${escaped(body)} · ${escaped(title)}</button></li>`,
      )
      .join('')}</ul></form>
<h2>其他人员 (somebody else)</h2>
<form method="post">
<label>账号 subject <input name="subject" required maxlength="200"></label>
<label>角色 roles <input name="roles" required maxlength="200" value="merchant"></label>
<label>单位 organisation <input name="organisation" maxlength="100"></label>
<label>地区 jurisdiction <input name="jurisdiction" required maxlength="64" value="zhongwei"></label>
<button>登录 sign in</button></form>`,
  );

/** The page that asks whether to sign out; `form` is the provider's own, with its token. */
export const signOutPage = (form: string): { body: string; csp: string } => ({
  csp,
  body: pageOf(
    '退出登录 (sign out)',
    `${form}<p><button form="op.logoutForm" name="logout" value="yes">退出 sign out</button></p>`,
  ),
});

const formMost = 16 * 1024;

const readForm = async (request: IncomingMessage): Promise<Record<string, string>> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > formMost) return {};
    chunks.push(chunk as Buffer);
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
};

/** Where the provider sends whoever is to sign in. */
export const signInPath = /^\/sign-in\/[\w-]{1,64}$/;

/** Shows the choice, or takes it and sends the person back; a sign-in that nobody began is answered 400. */
export const answerSignIn = async (
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    await provider.interactionDetails(request, response);
  } catch {
    send(response, 400, pageOf('登录已失效', '<p>请返回重新登录。 Begin again.</p>'));
    return;
  }
  if (request.method !== 'POST') {
    send(response, 200, choice(false));
    return;
  }
  const person = chosenPerson(await readForm(request));
  if (!person) {
    send(response, 400, choice(true));
    return;
  }
  const login = { accountId: accountOf(person), remember: false };
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
};
