/** Names of the bodies on a page, asked of the registry as the one who is signed in; who may not read them sees ids. */
import { reaches } from '@gongshu/shared/may';
import type { View } from '../html/view.ts';
import type { At } from './serve.ts';
import { wordOf } from './words.ts';

/** Fields that hold a body's id. */
const bodyFields =
  /^(?:authority|body|bodies|operator|owner|asker|declarer|applicant|target|merchant|department|bidder|winner|financeBody|waitsFor|silence|organisation|by|party|responsible)$/;
/** So many bodies are asked for one by one; of more the city's list is read, page by page, so far. */
const few = 5;
const pages = 5;

type Party = { id: string; name: string };
type Asking = Pick<At, 'desk' | 'asker'>;

const oneByOne = async ({ desk, asker }: Asking, ids: readonly string[]): Promise<Party[]> => {
  const answers = await Promise.all(
    ids.map((id) =>
      desk.api.get<Party>(asker, 'registry', `/v1/parties/${encodeURIComponent(id)}`).catch(() => undefined),
    ),
  );
  return answers.flatMap((answer, at) => (answer?.ok ? [{ id: ids[at]!, name: answer.body.name }] : []));
};

const byList = async ({ desk, asker }: Asking): Promise<Party[]> => {
  const found: Party[] = [];
  let cursor: string | null = '';
  for (let page = 0; page < pages && cursor !== null; page += 1) {
    const path: string = `/v1/parties?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const answer = await desk.api
      .get<{ items: Party[]; next: string | null }>(asker, 'registry', path)
      .catch(() => undefined);
    if (!answer?.ok) break;
    found.push(...answer.body.items);
    cursor = answer.body.next;
  }
  return found;
};

const idsIn = (value: unknown, field: string): string[] =>
  typeof value === 'string'
    ? bodyFields.test(field) && /^[\w.-]{1,100}$/.test(value)
      ? [value]
      : []
    : value !== null && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, one]) => idsIn(one, Array.isArray(value) ? field : key))
      : [];

/** The view of a page about `shown`, with the names of the bodies in it by their ids. */
export const withNames = async (
  { view, desk, asker, session }: Pick<At, 'view' | 'desk' | 'asker' | 'session'>,
  shown: unknown,
): Promise<View> => {
  if (!reaches(session.person, 'readParties').includes('jurisdiction')) return view;
  const ids = [...new Set(idsIn(shown, ''))];
  const asking = { desk, asker };
  const parties = await (ids.length > few ? byList(asking) : oneByOne(asking, ids));
  return { ...view, bodies: new Map(parties.map(({ id, name }) => [id, name] as const)) };
};

/** A body by its name with its id, which forms ask for; by its id alone where its name is not known. */
export const bodyName = ({ bodies }: View, id: string): string => {
  const name = bodies?.get(id);
  return name === undefined ? id : `${name}（${id}）`;
};

/** The same of any text: a body that bears the code of a role as its id is told as the role. */
export const bodyOrWord = (view: View, text: string): string | undefined =>
  view.bodies?.has(text) && wordOf(text, 'roles') === text ? bodyName(view, text) : undefined;
