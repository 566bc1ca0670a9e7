/** What somebody may do about a case now: what his tasks offer, and what else his role lets him send. */
import { type Act, isAct, may } from '@gongshu/shared/may';
import { type Address, addressOf, type CasePlace, procedureActs } from './act-paths.ts';
import type { ActRoute } from './openapi.ts';
import { routeTitle } from './route-titles.ts';
import type { At } from './serve.ts';
import { type Found, tasksOf, type Waiting } from './tasks.ts';
import { wordOf } from './words.ts';

export type OfferedAct = { title: string; address: Address };
export type CaseActs = { now: OfferedAct[]; more: OfferedAct[]; tasks: Found['tasks'] };

/** What an act is called, by its task's kind: its own words, else those of the route it is posted to. */
export type ActTitle = (of: { kind: string }, act: string) => string;

/** Whether its route says what an act is: one without words of its own, or of a procedure, as a review of what. */
const namedByRoute = (kind: string | undefined, act: string): boolean =>
  wordOf(act) === act || Object.hasOwn((procedureActs as Record<string, object>)[kind ?? ''] ?? {}, act);

/** Names every act that these tasks offer, each kind's looked up once. */
export const actTitles = async ({ desk }: Pick<At, 'desk'>, tasks: readonly Waiting[]): Promise<ActTitle> => {
  const titles = new Map<string, string>();
  const examples = new Map(
    tasks.flatMap((task) => task.acts.map((act) => [`${task.kind} ${act}`, { task, act }] as const)),
  );
  for (const [key, { task, act }] of examples) {
    const address = namedByRoute(task.kind, act) ? addressOf(task.service, task, act) : undefined;
    const route =
      address && (await desk.documents.routeOf(task.service, address.path).catch(() => undefined));
    if (route) titles.set(key, routeTitle(route));
  }
  return ({ kind }, act) => titles.get(`${kind} ${act}`) ?? wordOf(act);
};

/** What the acts of a procedure are called, as its routes say. */
export const procedureTitles = async (
  { desk }: Pick<At, 'desk'>,
  { service, path, procedure }: CasePlace,
): Promise<(act: string) => string> => {
  const routes = await desk.documents.actsOf(service);
  const byTemplate = new Map(routes.map((route) => [route.template, routeTitle(route)]));
  const paths: Readonly<Record<string, string>> = procedure ? procedureActs[procedure] : {};
  return (act) => byTemplate.get(`${path}/{caseNo}/${paths[act] ?? ''}`) ?? wordOf(act);
};

/** Routes of the case itself: its number is all that their address needs. */
const ofCase = (place: CasePlace, { template }: ActRoute): boolean =>
  template.startsWith(`${place.path}/{caseNo}/`) && !template.slice(place.path.length + 9).includes('{');

/** Whether his role could ever do it; whether the case lets him, the service says. */
export const couldDo = ({ session }: Pick<At, 'session'>, { act }: ActRoute): boolean =>
  act !== undefined && isAct(act) && may(session.person, act as Act) === 'yes';

/** Acts on a case that has not ended: `now` is waited for from him, `more` he may try. */
export const actsOf = async (
  at: Pick<At, 'desk' | 'asker' | 'session'>,
  place: CasePlace,
  ended: boolean,
): Promise<CaseActs> => {
  const { caseNo, service, path } = place;
  const { tasks } = await tasksOf(at, { caseNo }, { services: [service] });
  const now = tasks.flatMap((task) =>
    task.acts.flatMap((act) => {
      const address = addressOf(service, task, act);
      return address ? [{ act, address }] : [];
    }),
  );
  const taken = new Set(now.map(({ address }) => address.path));
  const routes = await at.desk.documents.actsOf(service);
  const more = routes
    .filter((route) => ofCase(place, route) && couldDo(at, route))
    .map((route) => ({
      title: routeTitle(route),
      address: {
        service,
        path: `${path}/${encodeURIComponent(caseNo)}${route.template.slice(path.length + 9)}`,
      },
      template: route.template,
    }))
    .filter(({ address }) => !taken.has(address.path));
  // Once a case of turns has ended only what follows it is left: its agreement.
  const open =
    ended && !place.procedure ? more.filter(({ template }) => template.endsWith('/agreements')) : more;
  const named = await Promise.all(
    now.map(async ({ act, address }) => {
      const route = await at.desk.documents.routeOf(service, address.path);
      const byRoute = namedByRoute(place.procedure, act) && route;
      return { title: byRoute ? routeTitle(route) : wordOf(act), address };
    }),
  );
  return { now: named, more: open.map(({ title, address }) => ({ title, address })), tasks };
};
