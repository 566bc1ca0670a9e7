/** Procedures of the bureau's side up to a sealed bid, with a name wherever words are written. */
import { sha256 } from '@gongshu/infra/hash';
import { loadPacks } from '@gongshu/infra/packs';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { usccNo } from './onboardings.ts';
import { type Seat, type Stack, until } from './stack.ts';

const bureau: Seat = { role: 'bureau', organisation: 'city-bureau' };
const bidder: Seat = { role: 'bidder', organisation: 'bidder-1' };
const pack = loadPacks().resolve('zhongwei');

/** The plan in force and the selection under it in Zhongwei, by case; `named` puts the name into a text. */
export const plantProcedures = async (stack: Stack, named: (what: string) => string) => {
  const must = async (who: Seat, path: string, body: unknown = {}): Promise<any> => {
    const { status, body: said } = await stack.post(who, path, body, { service: 'registry' });
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(said)}`);
    return said;
  };
  const paper = () => stack.upload(bureau, 'registry');
  await must(bureau, '/v1/parties/imports', {
    parties: [{ id: 'bidder-1', kind: 'bidder', name: '示例投标公司', uscc: usccNo(101) }],
  });

  const { contents, feasibility } = valuesOf(pack, 'implementationPlan');
  const { caseNo: plan } = await must(bureau, '/v1/plans', {
    contents: {
      title: named('方案'),
      items: Object.fromEntries(contents.map(({ item }) => [item, { text: named(item) }])),
      feasibility: Object.fromEntries(feasibility.map((topic) => [topic, named(topic)])),
    },
  });
  const votes = Array.from({ length: 7 }, (_, n) => ({ member: `member-${n}`, vote: 'for' }));
  const heldOn = '2024-03-01';
  await must(bureau, `/v1/plans/${plan}/deliberation`, { heldOn, votes, minutes: await paper() });
  await must(bureau, `/v1/plans/${plan}/approval`, { outcome: 'approve', document: await paper() });
  await must(bureau, `/v1/plans/${plan}/filing`);
  await until(
    () => stack.get(bureau, '/v1/filings', 'registry'),
    ({ body }) => body.items.some((one: any) => one.caseNo === plan && one.state === 'sent'),
  );
  const receipt = { on: heldOn, document: await paper(), number: '省备〔2024〕7号' };
  await must(bureau, `/v1/plans/${plan}/filing/receipt`, receipt);

  const { modes, announcementContents, conditions } = valuesOf(pack, 'operatorSelection');
  const { caseNo: selection } = await must(bureau, '/v1/selections', {
    ...{ plan, mode: modes[0]?.mode, method: 'mean', tieRule: 'panelDecides', invitees: [] },
    criteria: [{ id: 'technical', weight: '100', max: '100' }],
    mandate: { mode: 'whole', termMonths: 36 },
  });
  const at = `/v1/selections/${selection}`;
  await must(bureau, `${at}/consultation`, { document: await paper() });
  await must(bureau, `${at}/seed`);
  await must(bureau, `${at}/announcement`, {
    title: named('公告'),
    contents: Object.fromEntries(announcementContents.map((item) => [item, named(item)])),
  });
  const documents = conditions.map(({ code }) => ({
    ...{ title: named(code), condition: code, hash: sha256(code) },
  }));
  await must(bidder, `${at}/bids`, {
    ...{ contents: named('投标'), documents },
    mlps: [{ level: 3, from: '2024-01-01', until: '2027-12-31', document: documents[0]?.hash }],
  });
  return { plan, selection };
};
