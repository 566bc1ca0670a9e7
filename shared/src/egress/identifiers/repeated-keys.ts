/** Keys that occur twice in one object of a JSON text: a reader keeps the last value, and the others would hide behind it. */

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs;

/**
 * A valid JSON text with every repeated key made its own, the second `k` as `k#2`, so that no value is lost in reading it;
 * a text without any comes back as it is.
 */
export const withEveryKey = (text: string): string => {
  const open: (Map<string, number> | null)[] = [];
  let [written, from] = ['', 0];
  let key: { text: string; at: number; end: number } | undefined;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === '{') open.push(new Map());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token[0] === '"') {
      key = { text: token, at: index, end: index + token.length };
      continue;
    } else if (token === ':' && key) {
      const keys = open.at(-1);
      const name = JSON.parse(key.text) as string;
      let nth = (keys?.get(name) ?? 0) + 1;
      keys?.set(name, nth);
      if (nth > 1) {
        while (keys?.has(`${name}#${nth}`)) nth += 1;
        const own = `${name}#${nth}`;
        keys?.set(own, 1);
        written += text.slice(from, key.at) + JSON.stringify(own);
        from = key.end;
      }
    }
    key = undefined;
  }
  return written + text.slice(from);
};

/** How many keys a valid JSON text writes, each time it does. */
export const keysWritten = (text: string): number => {
  let [keys, inText] = [0, false];
  for (let at = 0; at < text.length; at += 1) {
    const one = text.charCodeAt(at);
    if (one === 0x5c)
      at += 1; // an escape, in a text
    else if (one === 0x22) inText = !inText;
    else if (one === 0x3a && !inText) keys += 1;
  }
  return keys;
};
