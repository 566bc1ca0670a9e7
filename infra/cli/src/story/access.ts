/** Under a grant: the department's supply recorded (Zhongwei art. 10), one access permitted, one refused (art. 22). */
import type { Desks } from './application.ts';
import type { Desk } from './desk.ts';
import type { GrantView } from './grant.ts';

type Supply = { supplyNo: string; department: string; fields: string[]; state: string };
type Access = { permitted: boolean; code?: string; article?: { article: string } };

/** What was read back over REST. */
export type Accesses = { supply: Supply; permitted: Access; refused: Access; traced: number };

const paper = '授权书：同意将所列信息项经授权供公共数据运营平台使用。（示例）\n';
const beyond = '未经授权的信息项';

const supplyOf = async (
  { operator, reviewer }: Pick<Desks, 'operator' | 'reviewer'>,
  { grantNo, fromOn, untilOn }: GrantView,
  { resource, fields }: GrantView['resources'][number],
): Promise<Supply> => {
  const entry = await operator.get<{ provider: { organisation: string } }>(`/v1/resources/${resource}`);
  const department: Desk = await reviewer(entry.provider.organisation);
  const { hash } = await department.upload<{ hash: string }>('/v1/documents', '授权书.txt', paper);
  const { supplyNo } = await department.post<Supply>(
    '/v1/supplies',
    {
      ...{ resource, fields, from: fromOn, until: untilOn },
      authorisation: { number: '数授〔2024〕1号', on: fromOn, document: hash },
    },
    `story-supply-${grantNo}`,
  );
  return department.get<Supply>(`/v1/supplies/${supplyNo}`);
};

/** Told again, the same keys bring the same answers: the time stated is that of the grant. */
export const accessesUnder = async (
  desks: Pick<Desks, 'operator' | 'reviewer'>,
  grant: GrantView,
): Promise<Accesses> => {
  const [first] = grant.resources;
  if (!first) throw new Error(`the grant ${grant.grantNo} names no entry`);
  const supply = await supplyOf(desks, grant, first);
  const at = `/v1/grants/${grant.grantNo}/accesses`;
  const ask = (fields: string[], key: string) =>
    desks.operator.post<Access>(
      at,
      {
        fields: [{ resource: first.resource, fields }],
        ...{ purpose: grant.purpose, at: grant.grantedAt, by: 'developer-1' },
      },
      `story-access-${grant.grantNo}-${key}`,
    );
  await ask(first.fields.slice(0, 1), 'within');
  await ask([beyond], 'beyond');
  const { items } = await desks.operator.get<{ items: Access[] }>(at);
  const permitted = items.find((one) => one.permitted);
  const refused = items.find((one) => !one.permitted);
  if (!permitted || !refused)
    throw new Error(`the accesses under ${grant.grantNo} are not as the story has them`);
  return { supply, permitted, refused, traced: items.length };
};
