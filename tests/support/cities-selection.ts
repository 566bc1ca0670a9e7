/** A selection in any city: each step that its pack's route reaches is taken, until time must pass. */
import { valuesOf } from '@gongshu/shared/packs/pack';
import { lawNow } from '@gongshu/infra/law-clock';
import { businessDateOf } from '@gongshu/shared/business-date';
import { sha256 } from '@gongshu/infra/hash';
import type { Stack } from './stack.ts';
import type { City } from './stack-cities.ts';

export const bidders = [1, 2, 3] as const;
/** In every bid, and nowhere else before its opening. */
export const markOfBid = (n: number): string => `密封方案${n}号-7c1e`;

const institutions = ['university', 'researchInstitute', 'enterprise'] as const;
const experts = Array.from({ length: 9 }, (_, n) => ({
  ...{ id: `expert-${n}`, kind: 'outside', organisation: `institute-${n}`, specialities: ['数据安全'] },
  ...{ institution: institutions[n % 3], account: `expert-institute-${n}`, name: `专家${n}` },
}));
const representatives = Array.from({ length: 4 }, (_, n) => ({
  ...{ id: `delegate-${n}`, kind: 'department', organisation: 'dept-health', specialities: [] },
  ...{ institution: 'government', account: `expert-delegate-${n}`, name: `代表${n}` },
}));

/** The pool of experts, and the lists that bidders are looked up in, as of today. */
export const preparePool = async (stack: Stack, { seats, must, pack }: City): Promise<void> => {
  await must(seats.bureau, '/v1/experts', { experts: [...experts, ...representatives] });
  const asOf = businessDateOf((await lawNow(stack.db)).getTime());
  for (const condition of valuesOf(pack, 'operatorSelection').conditions)
    if (condition.kind === 'debarmentLists')
      for (const list of condition.lists)
        await must(seats.bureau, '/v1/debarment-lists/imports', {
          ...{ list, asOf, source: '信用中国', entries: [{ uscc: '', name: '某失信公司', until: '' }] },
        });
};

/** Opens it in the first of the pack's modes; whoever is invited are the three bidders. */
export const openSelection = async (
  { seats, must, pack }: City,
  plan: string,
  termMonths: number,
): Promise<string> => {
  const { modes } = valuesOf(pack, 'operatorSelection');
  const mandate = valuesOf(pack, 'mandate').modes.allowed[0] ?? 'whole';
  const [mode] = modes;
  const { caseNo } = await must(seats.bureau, '/v1/selections', {
    ...{ plan, mode: mode?.mode, method: 'mean', tieRule: 'panelDecides' },
    criteria: [
      { id: 'technical', weight: '60', max: '100' },
      { id: 'service', weight: '40', max: '50' },
    ],
    mandate: {
      mode: mandate,
      ...(mandate === 'byScenario' && { scenarios: ['busInquiry'] }),
      ...(mandate === 'byField' && { fields: ['transport'] }),
      termMonths,
    },
    invitees: mode?.by === 'invitation' ? bidders.map((n) => `bidder-${n}`) : [],
  });
  return caseNo;
};

/** One bid of each bidder, its papers proving every condition of the pack. */
export const handInBids = async ({ seats, must, pack }: City, caseNo: string) => {
  const { conditions } = valuesOf(pack, 'operatorSelection');
  const receipts: { envelopeHash: string; receivedAt: string }[] = [];
  for (const n of bidders) {
    const documents = conditions.map(({ code }) => ({
      ...{ title: `${markOfBid(n)} ${code}`, condition: code, hash: sha256(`${n} ${code}`) },
    }));
    const mlps = [{ level: 3, from: '2024-01-01', until: '2027-12-31', document: documents[0]?.hash }];
    const bid = { contents: markOfBid(n), documents, mlps };
    receipts.push(await must(seats.bidder(n), `/v1/selections/${caseNo}/bids`, bid));
  }
  return receipts;
};

const votes = Array.from({ length: 7 }, (_, n) => ({ member: `member-${n}`, vote: 'for' }));

/** Takes every step that can be taken now; answers with the stage at which time, or nothing, is waited for. */
export const walkSelection = async (stack: Stack, city: City, caseNo: string): Promise<string> => {
  const { seats, must, read, upload, pack } = city;
  const rules = valuesOf(pack, 'operatorSelection');
  const at = `/v1/selections/${caseNo}`;
  const today = async () => businessDateOf((await lawNow(stack.db)).getTime());
  for (let before = ''; ; ) {
    const { stage, outcome, state, facts } = await read(seats.bureau, at);
    const here = JSON.stringify([stage, state]);
    if (outcome !== null || here === before) return stage;
    before = here;
    if (stage === 'consultation')
      await must(seats.bureau, `${at}/consultation`, { document: await upload(seats.bureau) });
    else if (stage === 'announcement') {
      await must(seats.bureau, `${at}/seed`);
      const contents = Object.fromEntries(rules.announcementContents.map((item) => [item, `关于${item}`]));
      const papers = { title: '运营机构遴选', contents };
      await must(
        seats.bureau,
        `${at}/${facts.by === 'announcement' ? 'announcement' : 'invitations'}`,
        papers,
      );
    } else if (stage === 'opening') {
      if (state.panel.length === 0) await must(seats.bureau, `${at}/committee`);
      await must(seats.bureau, `${at}/opening`);
    } else if (stage === 'examination') {
      const found = Object.fromEntries(rules.conditions.map(({ code }) => [code, 'met']));
      await must(seats.bureau, `${at}/examination`, {
        bids: state.bids.map(({ bidder }: { bidder: string }) => ({
          ...{ bidder, findings: found, incidents: [], violations: [] },
        })),
      });
    } else if (stage === 'assessment') {
      for (const { id } of state.panel)
        await must(expertSeat(city, id), `${at}/sheets`, {
          scores: state.bids.flatMap(({ bidder }: { bidder: string }) => [
            { bidder, criterion: 'technical', score: bidder === 'bidder-1' ? '90' : '75.5' },
            { bidder, criterion: 'service', score: '40' },
          ]),
        });
      if (rules.assessment.feasibilityOpinion)
        await must(seats.bureau, `${at}/feasibility`, {
          ...{ document: await upload(seats.bureau), feasible: true },
        });
      await must(seats.bureau, `${at}/assessment`);
    } else if (stage === 'negotiation')
      await must(seats.bureau, `${at}/negotiation`, {
        ...{ document: await upload(seats.bureau), outcome: 'agreed', annex: await upload(seats.bureau) },
      });
    else if (stage === 'coreAnnex')
      await must(seats.bureau, `${at}/core-annex`, { document: await upload(seats.bureau) });
    else if (stage === 'collectiveDecision')
      await must(seats.bureau, `${at}/deliberation`, {
        ...{ heldOn: await today(), votes, minutes: await upload(seats.bureau) },
      });
    else if (stage === 'governmentApproval')
      await must(seats.government, `${at}/approval`, {
        ...{ outcome: 'approve', document: await upload(seats.government) },
      });
    else if (stage === 'publicNotice' && state.noticeAt === null)
      await must(seats.bureau, `${at}/public-notice`);
  }
};

/** The member of the panel, under its own account. */
const expertSeat = ({ seats }: City, id: string) => {
  const { organisation = '', account = '' } =
    [...experts, ...representatives].find((one) => one.id === id) ?? {};
  return seats.expert(organisation, account);
};
