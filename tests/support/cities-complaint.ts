/** A complaint from its form or REST to its answer, read by number and code, counted on the portal (S4). */
import type { City } from './stack-cities.ts';
import { type Stack, until } from './stack.ts';

/** What must be read by nobody but who handles it. */
export const whoComplained = { name: '示例投诉人', contact: 'complainant@example.invalid' };
const text = '申请使用公交到站记录时，窗口要求提供文件以外的材料。';
/** Words of the answer, for the complainant. */
export const answerWords = '经核实，窗口要求的材料超出规定，已予纠正。';

export type Own = { number: string; code: string };

/** A page of the city as a browser without an account gets it; with `fields`, a form sent. */
export const pageIn = async (
  stack: Stack,
  city: City,
  path: string,
  fields?: Record<string, string>,
): Promise<{ status: number; page: string }> => {
  const answer = await fetch(`${stack.urls['disclosure']}/${city.jurisdiction}${path}`, {
    headers: { accept: 'text/html' },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  });
  return { status: answer.status, page: await answer.text() };
};

const tokenOn = (page: string): string => /name="token"\s+value="([^"]+)"/.exec(page)?.[1] ?? '';

/** Complains anonymously by the form of the portal; number and code as the page tells them. */
export const complainByForm = async (stack: Stack, city: City): Promise<Own> => {
  const path = '/complaints/new';
  const token = tokenOn((await pageIn(stack, city, path)).page);
  const fields = { token, about: 'extraConditions', text, who: 'anonymous' };
  const { status, page } = await pageIn(stack, city, path, fields);
  const [number, code] = [...page.matchAll(/class="receipt">([^<]+)</g)].map(([, told]) => told ?? '');
  if (status > 202 || !number || !code) throw new Error(`${city.jurisdiction}: ${status} ${page}`);
  return { number, code };
};

/** Complains by name over REST, without an account. */
export const complainOverRest = async (stack: Stack, { jurisdiction }: City): Promise<Own> => {
  const given = { jurisdiction, about: 'extraConditions', text, identity: whoComplained };
  const { status, body } = await stack.post(null, '/v1/complaints', given, { service: 'disclosure' });
  if (status > 202) throw new Error(`${jurisdiction}: ${status} ${JSON.stringify(body)}`);
  return body;
};

/** Accepted by the bureau, put to the transport department, found by it, and answered. What the department read. */
export const handleComplaint = async (city: City, { number }: Own): Promise<string> => {
  const { seats, must, read } = city;
  const at = `/v1/complaints/${number}`;
  await must(seats.bureau, `${at}/acceptance`, {}, 'disclosure');
  const asked = { body: 'dept-transport', statement: '请核实窗口是否要求文件以外的材料。' };
  await must(seats.bureau, `${at}/inquiries`, asked, 'disclosure');
  const seen = await read(seats.department, at, 'disclosure');
  const found = { finding: 'confirmed', words: '属实，已改正。' };
  await must(seats.department, `${at}/inquiry-answers`, found, 'disclosure');
  const answer = { result: 'founded', measures: ['corrected'], words: answerWords };
  await must(seats.bureau, `${at}/answer`, answer, 'disclosure');
  return JSON.stringify(seen);
};

/** Figures of complaints on the front page of the city, received and answered, once its portal has heard of both. */
export const complaintsOnFront = (stack: Stack, city: City): Promise<string[]> =>
  until(
    async () => {
      const figures = (await pageIn(stack, city, '')).page.split('<h2>投诉办理</h2>')[1] ?? '';
      return [...figures.matchAll(/class="value">([\d,]+)/g)].map(([, value]) => value ?? '');
    },
    ([, answered]) => answered !== undefined && answered !== '0',
  );
