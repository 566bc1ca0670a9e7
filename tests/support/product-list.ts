/** A product on its way from a passed check to the list and out: what tests of the list have in common. */
import { deliver as handOver } from '@gongshu/infra/intake/deliver';
import { hand } from '@gongshu/service-registry/onboardings/hand';
import type { OpenedVote } from '@gongshu/shared/product/types';
import type { EgressRules } from '@gongshu/shared/product/rules';
import { productPeople, type Products } from './products.ts';

let acts = 0;

/** The first lock, opened by two votes that pass everything: what comes before the list is tested elsewhere. */
const passCheck = async ({ client, law, row }: Products, caseNo: string): Promise<void> => {
  const { start, state } = await row(caseNo);
  const { fields } = start.rules as EgressRules;
  const checkers = ['checker-1', 'checker-2'];
  const workflow = client.workflow.getHandle(caseNo);
  const give = async (act: { kind: string }) => {
    acts += 1;
    const by = { account: 'checker-1', organisation: 'operator', role: 'operator' };
    const given = { ...act, at: new Date(await law.now()).getTime(), receipt: `check-${acts}`, by };
    await workflow.executeUpdate(act.kind, { args: [given] });
  };
  await give({ kind: 'nameCheckers', checkers } as { kind: string });
  const votes: OpenedVote[] = checkers.map((checker) => ({
    checker,
    fields: fields.map((field) => ({ field, pass: true, reasonCodes: [] })),
    ...{ exceptions: [], sources: [] },
  }));
  const { round } = { ...state, ...(await row(caseNo)).state } as { round: number };
  for (const [at, checker] of checkers.entries())
    await give({ kind: 'castVote', round, checker, opened: at === 1 ? votes : null } as { kind: string });
};

/** Steps to the list and beyond, by the routes of the registry; each answers what the last request was answered. */
export const productSteps = (the: Products, city: string, year = 2024) => {
  const { bureau, operator, merchant, rival, department, auditor } = productPeople(city);
  const paper = (organisation: string, title: string) => the.upload(city, organisation, title);
  const checked = async (given: Parameters<Products['submit']>[1] = {}): Promise<string> => {
    const term = { fromOn: `${year}-01-01`, untilOn: `${year}-12-31` };
    const grants = [await the.grant(city, term)];
    const caseNo = await the.submit(city, { ...given, contents: { grants, ...given.contents } });
    await passCheck(the, caseNo);
    return caseNo;
  };
  const file = (caseNo: string) => the.act(operator, caseNo, 'filing');
  const agree = async (caseNo: string) =>
    the.act(bureau, caseNo, 'agreement', { document: await paper('city-bureau', `回执 ${caseNo}`) });
  const release = (caseNo: string) => the.act(operator, caseNo, 'release');
  const must = async (...answers: Promise<{ status: number; code: string | undefined }>[]): Promise<void> => {
    for (const answer of answers) {
      const { status, code } = await answer;
      if (status !== 200) throw new Error(`${status} ${code}`);
    }
  };
  const listed = async (given: Parameters<Products['submit']>[1] = {}): Promise<string> => {
    const caseNo = await checked(given);
    await must(file(caseNo));
    await must(agree(caseNo));
    return caseNo;
  };
  const released = async (given: Parameters<Products['submit']>[1] = {}): Promise<string> => {
    const caseNo = await listed(given);
    await must(release(caseNo));
    return caseNo;
  };
  const recall = async (caseNo: string) =>
    the.act(bureau, caseNo, 'recall', {
      document: await paper('city-bureau', `召回决定 ${caseNo}`),
      reasons: [{ code: 'reidentified', text: '可以与他表比对出个人' }],
    });
  /** Hands the released version of a case's product over. */
  const deliver = async (caseNo: string, change: object = {}, key?: string) => {
    const { product } = await the.productOf(caseNo);
    const holder = { holder: 'merchant-2', holderName: '另一数商公司', contact: '李四 13800138000' };
    const body = { ...holder, ...change };
    return the.call(operator, 'POST', `/v1/products/${product}/deliveries`, body, key);
  };
  const passAgain = (caseNo: string) => passCheck(the, caseNo);
  /** Hands on what the effects of other cases have told a case, as the deliverer does within seconds. */
  const settled = async (caseNo: string): Promise<void> => {
    const taken = await the.db
      .selectFrom('intake')
      .select('receipt')
      .where('case_no', '=', caseNo)
      .where('state', '=', 'taken')
      .orderBy('received_at')
      .execute();
    for (const { receipt } of taken)
      await handOver({ db: the.db as never, client: the.client, hand }, receipt);
  };
  const who = { bureau, operator, merchant, rival, department, auditor };
  return { who, paper, checked, file, agree, release, listed, released, recall, deliver, passAgain, settled };
};
