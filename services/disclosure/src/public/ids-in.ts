/** Everything in a content that may be the id of a body. */
export const idsIn = (value: unknown, most = 500): string[] => {
  const found = new Set<string>();
  const walk = (one: unknown): void => {
    if (found.size >= most) return;
    if (typeof one === 'string') {
      if (/^[\x21-\x7e]{1,160}$/.test(one)) found.add(one);
    } else if (one !== null && typeof one === 'object') for (const part of Object.values(one)) walk(part);
  };
  walk(value);
  return [...found];
};
