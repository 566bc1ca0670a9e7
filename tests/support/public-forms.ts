/** What tests send to the portal's forms: a complaint, words that would break a page, and strangers to send them. */

/** Breaks out of an attribute, runs script, fills a template, turns the line and is entity-like: text, on every page. */
export const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>'{{7*7}}\u202e&lt;`;

export const complaint = (token: string, change: Record<string, string> = {}) => ({
  ...{ token, about: 'fees', text: '运营机构多收了服务费，请调查处理。', who: 'anonymous' },
  ...change,
});

let address = 0;
/** Somebody else each time, so that nobody is taken for a flood. */
export const stranger = () => {
  address += 1;
  return { 'x-forwarded-for': `203.0.113.${address}` };
};
