/** After approval: the agreement rendered, signed by both over its hash, and the grant it makes (Zhongwei art. 19). */
import { type Desks, readUntil } from './application.ts';
import { onceHeard } from './city.ts';

export type GrantView = {
  grantNo: string;
  purpose: string;
  state: string;
  fromOn: string;
  untilOn: string;
  grantedAt: string;
  resources: { resource: string; fields: string[] }[];
};
type Agreement = { agreementNo: string; hash: string; state: string; grantNo: string | null };

/** The items that the application does not fill. */
const items = {
  rightsAndDuties: '甲方提供开发环境与数据服务，乙方在约定范围内开发利用并接受监督。',
  conditions: '仅用于约定场景，不得转授他人。',
  dataSecurity: '平台内加工，可用不可见，操作留痕。',
  serviceFees: '按公布的收费标准执行。',
  tradingConditions: '产品经出域核查后方可交易。',
  termination: '期限届满或双方约定时终止，乙方停止使用。',
  liability: '违反约定的，依法承担责任。',
};

/** Renders and signs; told again, the same keys bring the same answers. Gives the grant as it is read back. */
export const grantOf = async (
  { merchant, operator }: Pick<Desks, 'merchant' | 'operator'>,
  caseNo: string,
): Promise<{ agreement: Agreement; grant: GrantView }> => {
  const key = `story-grant-${caseNo}`;
  const offered = await onceHeard((again) =>
    operator.post<Agreement>(
      `/v1/applications/${caseNo}/agreements`,
      { purpose: 'convenienceEnquiry', items },
      `${key}-agreement${again}`,
    ),
  );
  const at = `/v1/agreements/${offered.agreementNo}`;
  const { hash } = offered;
  await merchant.post(`${at}/signatures`, { hash }, `${key}-merchant`);
  await operator.post(`${at}/signatures`, { hash }, `${key}-operator`);
  const agreement = await readUntil(
    () => operator.get<Agreement>(at),
    ({ grantNo }) => grantNo !== null,
  );
  return { agreement, grant: await operator.get<GrantView>(`/v1/grants/${agreement.grantNo}`) };
};
