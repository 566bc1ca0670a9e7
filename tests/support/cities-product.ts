/** A product in any city: agreement of use, checkers, artefact, two votes, the authority, the list, its holders. */
import { agreementItemCodes } from '@gongshu/shared/agreement/render';
import { modelQuestions } from '@gongshu/shared/egress/model-questions';
import type { SupplyRules } from '@gongshu/shared/packs/topics/supply';
import { valuesOf } from '@gongshu/shared/packs/pack';
import type { SampleFile } from './documents.ts';
import { type City, openEntryOf } from './stack-cities.ts';
import { type Answer, type Seat, until } from './stack.ts';

/** Said by the application itself. */
const ofTheApplication = new Set(['scenario', 'dataScope', 'term']);

/** The agreement of use, signed by both over its hash; the number of the grant that it makes. */
export const signUse = async ({ seats, must }: City, application: string): Promise<string> => {
  const items = Object.fromEntries(
    agreementItemCodes
      .filter((code) => !ofTheApplication.has(code))
      .map((code) => [code, `关于${code}的约定`]),
  );
  const path = `/v1/applications/${application}/agreements`;
  const { agreementNo, hash } = await must(
    seats.operator,
    path,
    { purpose: 'convenienceEnquiry', items },
    'catalog',
  );
  const at = `/v1/agreements/${agreementNo}/signatures`;
  await must(seats.merchant, at, { hash }, 'catalog');
  const { grantNo } = await must(seats.operator, at, { hash }, 'catalog');
  return grantNo;
};

const accounts = ['checker-1', 'checker-2'] as const;

/** Two people of the operator on its register, with what the pack asks of each on record, and vetted; their numbers. */
export const registerCheckers = ({ seats, must, upload, pack }: City, on: string): Promise<string[]> => {
  const who = seats.operator;
  const personnel = pack.rules['supply']?.['personnel']?.value as SupplyRules['personnel'];
  const asked = personnel === 'none' ? [] : personnel.required;
  return Promise.all(
    accounts.map(async (account) => {
      const { staff } = await must(who, '/v1/staff', { account, name: `核查员 ${account}` });
      const at = `/v1/staff/${staff}`;
      const document = await upload(who);
      if (asked.includes('realName'))
        await must(who, `${at}/identity`, { how: 'idCard', number: '11010519491231002X', on, document });
      if (asked.includes('filed')) await must(who, `${at}/filing`, { on });
      await must(who, `${at}/vetting`, { result: 'passed', on, document });
      if (asked.includes('confidentialitySigned')) await must(who, `${at}/confidentiality`, { on, document });
      return staff as string;
    }),
  );
};

/** A table of arrivals by station and day, none of fewer than `smallest`; `contact` on its last row. */
export const arrivals = (smallest: number, contact = ''): SampleFile => {
  const rows = Array.from(
    { length: 15 },
    (_, n) => `S${n % 3},2025-04-0${(n % 5) + 1},${smallest + n},${n === 14 ? contact : ''}\n`,
  );
  const bytes = Buffer.from(`station,day,arrivals,remark\n${rows.join('')}`);
  return { name: '到站汇总.csv', type: 'text/csv', bytes };
};

/** To each question the first answer that is no finding. */
const answers = Object.fromEntries(
  Object.entries(modelQuestions).map(([question, { answers: known }]) => [
    question,
    Object.entries(known).find(([, { finding }]) => finding === null)?.[0],
  ]),
);
const serviceOf = (samples: string[]) => ({
  inputs: [
    { name: 'station', identifies: false },
    { name: 'day', identifies: false },
  ],
  outputs: [{ name: 'arrivals', kind: 'aggregate', meaning: '到站次数' }],
  rateLimits: { callsPerMinute: 60, callsPerCallerPerDay: 1_000, subjectsPerCallerPerDay: null },
  ...{ answers, samples },
});

/** Who brings products here, as the pack has it first. */
export const submitterIn = ({ seats, pack }: City): Seat =>
  valuesOf(pack, 'productEgress').submittedBy[0] === 'operator' ? seats.operator : seats.merchant;

/** The class of product that goes out here: data where they may, else a report, else a service. */
export const classIn = ({ pack }: City): 'dataset' | 'report' | 'api' => {
  const { classes } = valuesOf(pack, 'productEgress');
  return (['dataset', 'report'] as const).find((one) => classes.includes(one)) ?? 'api';
};

/** In Zhongwei it is for public governance, and so free; elsewhere for industry. */
export const purposeIn = ({ jurisdiction }: City): 'publicGovernance' | 'industry' =>
  jurisdiction === 'zhongwei' ? 'publicGovernance' : 'industry';

/** What is sent to submit `table` under a grant: the file itself, or as samples of what a service answers. */
export const submissionOf = async (
  city: City,
  grant: string,
  table: SampleFile,
  kind: 'dataset' | 'report' | 'api' = classIn(city),
) => {
  const who = submitterIn(city);
  const resource = openEntryOf(city.jurisdiction);
  const from = (field: string) => [{ resource, field }];
  const file = await city.upload(who, 'registry', table);
  return {
    artefact: kind === 'api' ? await city.upload(who) : file,
    contents: {
      ...{ name: '公交到站汇总', description: '按站按日的到站次数', class: kind },
      ...{ purpose: purposeIn(city), grants: [grant] },
      fields: [
        { name: 'station', from: from('站点') },
        { name: 'day', from: from('时间') },
        { name: 'arrivals', from: from('站点'), derivation: '按站按日计数' },
        { name: 'remark', derivation: '加工时的备注' },
      ],
      quasiIdentifiers: [],
      aggregates: [{ dimensions: ['station', 'day'], count: 'arrivals' }],
      ...(kind === 'api' && { service: serviceOf([file]) }),
    },
  };
};

type Submission = Awaited<ReturnType<typeof submissionOf>>;

/** Submits, once the registry has heard of the grant; the case's number. */
export const submitProduct = async (city: City, submission: Submission): Promise<string> => {
  const { status, body } = await until<Answer>(
    () => city.tried(submitterIn(city), '/v1/egress-cases', submission),
    (answer) => answer.body.code !== 'grantNotRunning',
  );
  if (status >= 300) throw new Error(`${city.jurisdiction}: ${status} ${JSON.stringify(body)}`);
  return body.caseNo;
};

/** The verdict of the engine on the artefact that counts, once it has spoken. */
export const verdictOn = async ({ seats, read }: City, caseNo: string): Promise<string> => {
  const { stage, evidence } = await until(
    () => read(seats.bureau, `/v1/egress-cases/${caseNo}`),
    (view) => view.stage === 'egressCheck',
    120_000, // one scan at a time, and five cities
  );
  return evidence?.verdict ?? stage;
};

/** In the words of the first vote alone. */
export const markOfVote = '首票意见-5d2b';

/** One of the two votes, passing every field of the pack; the first one with words of its own. */
export const castVote = async (city: City, caseNo: string, which: 0 | 1): Promise<void> => {
  const { seats, must, read, pack } = city;
  const { fields } = valuesOf(pack, 'productEgress');
  const at = `/v1/egress-cases/${caseNo}/votes`;
  const { round } = await read(seats.bureau, at);
  const reasons = which === 0 ? [{ code: 'other', text: markOfVote }] : [];
  await must({ ...seats.operator, subject: accounts[which] }, at, {
    round,
    fields: fields.map((field) => ({ field, pass: true, reasons })),
  });
};

/** Whatever of a case can be read by those nearest to it, as one text. */
export const allRead = async (city: City, caseNo: string): Promise<string> => {
  const { seats, read } = city;
  const other = { ...seats.operator, subject: accounts[1] };
  const seen: unknown[] = [];
  for (const who of [seats.bureau, submitterIn(city), other, seats.auditor])
    for (const path of [`/v1/egress-cases/${caseNo}`, `/v1/egress-cases/${caseNo}/votes`])
      seen.push(await read(who, path));
  return JSON.stringify(seen);
};

/** Both locks and the list: filed, agreed to, released; the number of the product. */
export const letOut = async ({ seats, must, upload, read }: City, caseNo: string): Promise<string> => {
  const at = `/v1/egress-cases/${caseNo}`;
  await must(seats.operator, `${at}/filing`);
  await must(seats.bureau, `${at}/agreement`, { document: await upload(seats.bureau) });
  await must(seats.operator, `${at}/release`);
  return (await read(seats.operator, at)).product;
};

/** Hands the released version to a department. */
export const handTo = ({ seats, tried }: City, product: string): Promise<Answer> =>
  tried(seats.operator, `/v1/products/${product}/deliveries`, {
    ...{ holder: 'dept-health', holderName: '示例市卫健委', contact: '办公室' },
  });
