/** Names of the bodies on a page, asked of the registry as the one who is signed in; who may not read them sees ids. */
import { reaches } from '@gongshu/shared/may';
import type { View } from '../html/view.ts';
import type { At } from './serve.ts';
import { wordOf } from './words.ts';

/** Fields that hold a body's id. */
const bodyFields =
  /^(?:authority|body|bodies|operator|owner|asker|declarer|applicant|target|merchant|department|bidder|winner|financeBody|waitsFor|silence|organisation|by|party|responsible)$/;
/** A page names a few bodies; a list of many is shown by ids rather than asked for one by one. */
const most = 30;

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
  const ids = [...new Set(idsIn(shown, ''))].slice(0, most);
  const found = await Promise.all(
    ids.map(async (id) => {
      const answer = await desk.api
        .get<{ name: string }>(asker, 'registry', `/v1/parties/${encodeURIComponent(id)}`)
        .catch(() => undefined);
      return answer?.ok ? [[id, answer.body.name] as const] : [];
    }),
  );
  return { ...view, bodies: new Map(found.flat()) };
};

/** A body by its name with its id, which forms ask for; by its id alone where its name is not known. */
export const bodyName = ({ bodies }: View, id: string): string => {
  const name = bodies?.get(id);
  return name === undefined ? id : `${name}（${id}）`;
};

/** The same of any text: a body that bears the code of a role as its id is told as the role. */
export const bodyOrWord = (view: View, text: string): string | undefined =>
  view.bodies?.has(text) && wordOf(text, 'roles') === text ? bodyName(view, text) : undefined;
