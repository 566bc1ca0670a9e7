/** A browser without a window: follows redirects with a cookie jar, fills forms as they stand on the page, runs no script. */

export type Page = {
  url: string;
  status: number;
  headers: Headers;
  html: string;
  /** What a reader sees, without marks. */
  text: string;
};

type Fields = Record<string, string | readonly string[] | File>;
type Form = { action: string; method: string; multipart: boolean; fields: [string, string][]; html: string };

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const unescaped = (text: string): string =>
  text
    .replaceAll(/&#x([0-9a-f]+);/gi, (_all, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&(amp|lt|gt|quot);/g, (_all, name: string) => entities[name] ?? '');

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescaped(found);
};

const fieldsOf = (html: string): [string, string][] => {
  const fields: [string, string][] = [];
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type') ?? 'text'];
    if (name === undefined || type === 'file' || type === 'submit') continue;
    if ((type === 'checkbox' || type === 'radio') && !/\schecked/.test(tag)) continue;
    fields.push([name, attribute(tag, 'value') ?? '']);
  }
  for (const [, tag = '', value = ''] of html.matchAll(/<textarea\b([^>]*)>\n?([\s\S]*?)<\/textarea>/g))
    fields.push([attribute(tag, 'name') ?? '', unescaped(value)]);
  for (const [, tag = '', options = ''] of html.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const all = [...options.matchAll(/<option\b[^>]*>/g)].map(([one]) => one);
    const chosen = all.find((one) => /\sselected/.test(one)) ?? all[0] ?? '';
    fields.push([attribute(tag, 'name') ?? '', attribute(chosen, 'value') ?? '']);
  }
  return fields;
};

/** Every form of a page. */
export const formsOf = ({ html, url }: Page): Form[] =>
  [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, tag = '', inner = '']) => ({
    action: new URL(attribute(` ${tag}`, 'action') ?? url, url).href,
    method: (attribute(` ${tag}`, 'method') ?? 'get').toLowerCase(),
    multipart: tag.includes('multipart/form-data'),
    fields: fieldsOf(inner),
    html: inner,
  }));

const pageOf = (url: string, { status, headers }: Response, html: string): Page => ({
  ...{ url, status, headers, html },
  text: unescaped(
    html.replaceAll(/<(style|script)[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]+>/g, ' '),
  ).replaceAll(/\s+/g, ' '),
});

export const createBrowser = (home: string) => {
  const jar = new Map<string, Map<string, string>>();
  const cookiesOf = (url: string): Map<string, string> => {
    const { host } = new URL(url);
    const own = jar.get(host) ?? new Map<string, string>();
    jar.set(host, own);
    return own;
  };
  const keep = (url: string, headers: Headers): void => {
    for (const line of headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      const [name = '', value = ''] = pair.split('=', 2);
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookiesOf(url).delete(name);
      else cookiesOf(url).set(name, value);
    }
  };
  /** Asks, and follows up to ten redirects as a browser does. */
  const open = async (address: string, init: RequestInit = {}): Promise<Page> => {
    let url = new URL(address, home).href;
    let asked = init;
    for (let hops = 0; hops < 10; hops++) {
      const cookie = [...cookiesOf(url)].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, {
        ...asked,
        headers: { accept: 'text/html', ...(cookie && { cookie }), ...(asked.headers as object) },
        redirect: 'manual',
        signal: AbortSignal.timeout(60_000),
      });
      keep(url, response.headers);
      const next = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || next === null)
        return pageOf(url, response, await response.text());
      await response.body?.cancel();
      url = new URL(next, url).href;
      asked = {};
    }
    throw new Error(`too many redirects to ${address}`);
  };
  /** Sends a form of a page with these fields over those that stand in it. */
  const send = (form: Form, given: Fields = {}, headers: Record<string, string> = {}): Promise<Page> => {
    const body = new FormData();
    for (const [name, value] of form.fields) if (!(name in given)) body.append(name, value);
    for (const [name, value] of Object.entries(given))
      for (const one of Array.isArray(value) ? value : [value]) body.append(name, one as string);
    if (form.method === 'get') {
      const query = new URLSearchParams([...body] as [string, string][]);
      return open(`${form.action.split('?', 1)[0]}?${query.toString()}`);
    }
    if (form.multipart) return open(form.action, { method: 'POST', body, headers });
    return open(form.action, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams([...body] as [string, string][]).toString(),
    });
  };
  return {
    open,
    send,
    cookies: (url = home) => cookiesOf(url),
    /** The form of a page that goes to this path. */
    form: (page: Page, path: string): Form => {
      const found = formsOf(page).find(({ action }) => new URL(action).pathname.startsWith(path));
      if (!found)
        throw new Error(`no form to ${path} on ${page.url} (${page.status}): ${page.text.slice(0, 400)}`);
      return found;
    },
    /** Where a link of these words leads. */
    link: (page: Page, words: string): string => {
      for (const [, tag = '', inner = ''] of page.html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/g))
        if (unescaped(inner.replaceAll(/<[^>]+>/g, '')).trim() === words)
          return attribute(` ${tag}`, 'href') ?? '';
      throw new Error(`no link “${words}” on ${page.url}: ${page.text.slice(0, 400)}`);
    },
    /** Signs in at the development issuer's page. */
    signIn: async (account: string, to = '/desk'): Promise<Page> => {
      const page = await open(to);
      const [form] = formsOf(page);
      if (!form || !page.url.includes('/sign-in/'))
        throw new Error(`no sign-in at ${page.url}: ${page.text.slice(0, 300)}`);
      return send({ ...form, action: page.url, fields: [] }, { account });
    },
  };
};
export type Browser = ReturnType<typeof createBrowser>;
