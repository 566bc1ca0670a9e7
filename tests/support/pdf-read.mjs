// Reads a PDF on its standard input with pdf.js, which knows nothing of what made it, and prints what it found as JSON.
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const bytes = Buffer.concat(chunks);
const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, fontExtraProperties: true });
const document = await task.promise;
const fonts = new Map();
const pages = [];
let size = null;
for (let at = 1; at <= document.numPages; at += 1) {
  const page = await document.getPage(at);
  size ??= page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  pages.push(items.map(({ str, hasEOL }) => str + (hasEOL ? '\n' : '')).join(''));
  if (at > 5) continue;
  const { fnArray, argsArray } = await page.getOperatorList();
  for (const [index, fn] of fnArray.entries()) {
    if (fn !== OPS.setFont) continue;
    const font = page.commonObjs.get(argsArray[index][0]);
    fonts.set(font.name, { name: font.name, embedded: font.missingFile !== true && font.data?.length > 0 });
  }
}
const { info, metadata } = await document.getMetadata();
process.stdout.write(
  JSON.stringify({
    pages,
    fonts: [...fonts.values()],
    info,
    part: metadata?.get('pdfaid:part') ?? null,
    width: Math.round(size.width),
    height: Math.round(size.height),
    tagged: (await (await document.getPage(1)).getStructTree()) !== null,
  }),
);
await task.destroy();
