/** What the machine of a demand for data knows, is told and remembers: ids, codes, dates. */
import type { BusinessDate } from '../business-date.ts';
import type { DemandResult } from '../packs/topics/demand-response.ts';

/** What is asked for. */
export const demandNeeds = ['newResource', 'moreFields', 'moreOften', 'longerHistory', 'otherForm'] as const;
export type DemandNeed = (typeof demandNeeds)[number];

/** Why a demand is not taken up as reasonable. */
export const demandGrounds = ['notReasonable', 'suppliedAlready', 'outsideScope', 'notClear'] as const;
export type DemandGround = (typeof demandGrounds)[number];

/** Why a body cannot supply what is asked for. */
export const supplyGrounds = ['notHeld', 'lawForbids', 'secret', 'noConsent', 'notReady'] as const;
export type SupplyGround = (typeof supplyGrounds)[number];

export type DemandResponseFacts = {
  need: DemandNeed;
  asker: string;
  askerRole: string;
  /** The entry it is about, and the scenario it is for, where they are named. */
  resource: string | null;
  scenario: string | null;
};

export type DemandResponseAct =
  | { kind: 'acceptDemand' }
  | { kind: 'declineDemand'; ground: DemandGround }
  | { kind: 'askSupply'; body: string; role: string }
  | { kind: 'answerDemand'; answer: 'can'; due: BusinessDate; resource: string | null }
  | { kind: 'answerDemand'; answer: 'cannot'; ground: SupplyGround }
  | { kind: 'concludeDemand'; result: DemandResult }
  /** The body names the entry by which it keeps its word. */
  | { kind: 'nameEntry'; resource: string }
  /** That entry was published: told by the catalog itself. */
  | { kind: 'entryPublished'; resource: string }
  /** The co-ordinator no longer waits for a body's entry. */
  | { kind: 'dropPromise'; body: string }
  | { kind: 'withdrawDemand' }
  | { kind: 'succeedBody'; from: string; to: string };

export type Asked = {
  body: string;
  role: string;
  at: number;
  answer: 'can' | 'cannot' | null;
  /** The day it promised, and the entry. */
  due: BusinessDate | null;
  resource: string | null;
  satisfied: boolean;
  /** Its time to answer, or the day it promised, has passed. */
  overdue: boolean;
};

export type DemandResponseState = {
  stage: 'filed' | 'coordinating' | 'promised' | 'done';
  outcome: DemandResult | 'declined' | 'withdrawn' | null;
  asker: string;
  acceptedAt: number | null;
  asked: Asked[];
  result: DemandResult | null;
  concludedAt: number | null;
  overdue: boolean;
};
