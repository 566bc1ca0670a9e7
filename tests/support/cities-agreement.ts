/** An operating agreement in any city: drafted, signed by every party over its hash, filed; and what ends it. */
import { valuesOf } from '@gongshu/shared/packs/pack';
import { type Stack, until } from './stack.ts';
import type { City } from './stack-cities.ts';

/** Drafts the agreement that a selection, or the agreement before, leads to. */
export const draftAgreement = async (
  { seats, must, upload, pack }: City,
  origin: { selection: string } | { agreement: string },
): Promise<string> => {
  const rules = valuesOf(pack, 'operatingAgreement');
  const items: Record<string, { text: string; documents?: string[] }> = Object.fromEntries(
    rules.contents.map(({ item }) => [item, { text: `关于${item}的约定` }]),
  );
  // The plan that was negotiated is the agreement's core annex (朔州 六（一）).
  if (items['operatingPlan']) items['operatingPlan'].documents = [await upload(seats.bureau)];
  const { caseNo } = await must(seats.bureau, '/v1/operating-agreements', {
    ...origin,
    contents: { title: '公共数据资源授权运营协议', items },
    termSetters: rules.termSetBy.includes('sourceDepartment') ? ['dept-transport'] : [],
  });
  return caseNo;
};

/** Takes every step up to being in force; answers with the case as it stands then. */
export const walkAgreement = async (
  stack: Stack,
  { seats, must, read, upload }: City,
  caseNo: string,
  today: string,
) => {
  const at = `/v1/operating-agreements/${caseNo}`;
  const signers: Record<string, (typeof seats)['bureau']> = {
    'city-bureau': seats.bureau,
    'bidder-1': seats.operator,
    'dept-transport': seats.department,
  };
  for (let before = ''; ; ) {
    const view = await read(seats.bureau, at);
    const here = JSON.stringify(view.state);
    if (here === before) return view;
    before = here;
    for (const { act, body } of view.waitsFor) {
      if (act === 'recordConsultation')
        await must(seats.bureau, `${at}/consultation`, { on: today, document: await upload(seats.bureau) });
      if (act === 'confirmTerm')
        await must(seats.department, `${at}/term-confirmation`, { months: view.state.terms.termMonths });
      if (act === 'signOperatingAgreement') {
        const { hash } = await read(seats.bureau, `${at}/document`);
        await must(signers[body] ?? seats.bureau, `${at}/signature`, { hash });
      }
      if (act === 'fileAgreement') {
        await must(seats.bureau, `${at}/filing`);
        await until(
          () => read(seats.bureau, '/v1/filings'),
          ({ items }) => items.some((one: any) => one.caseNo === caseNo && one.state === 'sent'),
        );
        const document = await upload(seats.bureau);
        await must(seats.bureau, `${at}/filing/receipt`, { on: today, document, number: 'SB-2025-9' });
      }
    }
  }
};

/** Ticks off the hand-over, item by item, until the case closes. */
export const handOver = async ({ seats, must, read, upload, pack }: City, caseNo: string): Promise<void> => {
  for (const item of valuesOf(pack, 'operatingAgreement').handOver)
    await must(seats.operator, `/v1/operating-agreements/${caseNo}/hand-over`, {
      ...{ item, document: await upload(seats.operator) },
    });
  const { outcome } = await read(seats.bureau, `/v1/operating-agreements/${caseNo}`);
  if (outcome === null) throw new Error(`${caseNo} has not closed`);
};
