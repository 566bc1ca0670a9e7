// Design 5: lists as JSON or CSV. Generated over all routes that are lists: a list that comes as JSON alone is found.
import { may, type Role, roles } from '@gongshu/shared/may';
import { type AllServices, type AnyRoute, buildAllServices } from '../support/all-services.ts';
import { bodyOf, plant, zhongwei } from '../support/planting.ts';

/** The feed of events is CloudEvents, and those are JSON. */
const asJsonAlone = new Set(['/v1/events']);

let all: AllServices;
let lists: AnyRoute[];
beforeAll(async () => {
  all = await buildAllServices();
  await plant(all.database.url, zhongwei);
  lists = all.routes.filter((one) => one.lists && one.method === 'GET' && !asJsonAlone.has(one.url));
}, 120_000);
afterAll(() => all.stop());

const ask = async ({ service, url }: AnyRoute, role: Role, accept: string) => {
  const organisation = bodyOf[role];
  const authorization = await all.tokens.bearer({ roles: [role], ...(organisation && { organisation }) });
  return all.apps[service].inject({ url, headers: { authorization, accept } });
};
const readersOf = ({ act }: AnyRoute) =>
  roles.filter((role) => {
    const actor = {
      id: 'someone',
      roles: [role],
      organisation: bodyOf[role] ?? null,
      jurisdiction: 'zhongwei',
    };
    return may(actor, act) === 'yes';
  });

it('there are lists', () => expect(lists.length).toBeGreaterThan(8));

it('every list comes as CSV with Chinese headings, in UTF-8 with a byte order mark, as a file with a name', async () => {
  const wrong: string[] = [];
  for (const route of lists)
    for (const role of readersOf(route)) {
      const { statusCode, headers, body } = await ask(route, role, 'text/csv');
      const [headings = ''] = body.split('\r\n', 1);
      const whole =
        statusCode === 200 &&
        headers['content-type'] === 'text/csv; charset=utf-8' &&
        /^attachment; filename="[a-z-]+\.csv"$/.test(String(headers['content-disposition'])) &&
        headings.startsWith('\uFEFF') &&
        headings
          .slice(1)
          .split(',')
          .every((one) => /\p{Script=Han}/u.test(one)) &&
        body.endsWith('\r\n');
      if (!whole) wrong.push(`${route.name} ${role}: ${statusCode} ${headings.slice(0, 120)}`);
    }
  expect(wrong).toEqual([]);
});

it('with as many rows as the JSON has, and the same page after', async () => {
  const wrong: string[] = [];
  let rows = 0;
  for (const route of lists)
    for (const role of readersOf(route)) {
      const json = await ask(route, role, 'application/json');
      const csv = await ask(route, role, 'text/csv');
      const items = json.statusCode === 200 ? json.json().items.length : -1;
      const lines = csv.body.split('\r\n').length - 2;
      rows += Math.max(0, items);
      if (items !== lines || json.headers['link'] !== csv.headers['link'])
        wrong.push(`${route.name} ${role}: ${items} items, ${lines} lines`);
    }
  expect(wrong).toEqual([]);
  expect(rows).toBeGreaterThan(20);
});

it('as JSON where nothing is said, and 406 where neither would do', async () => {
  const wrong: string[] = [];
  for (const route of lists) {
    const role = readersOf(route).at(0) ?? 'bureau';
    const plain = await ask(route, role, '*/*');
    const image = await ask(route, role, 'image/png');
    if (!String(plain.headers['content-type']).startsWith('application/json') || image.statusCode !== 406)
      wrong.push(`${route.name}: ${String(plain.headers['content-type'])}, ${image.statusCode}`);
  }
  expect(wrong).toEqual([]);
});
