import type { DocumentStore } from '@gongshu/infra/documents/store';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { Delivery } from '@gongshu/infra/intake/deliver';
import type { PackSet } from '@gongshu/shared/packs/resolve';

/** What the pricing service is built from. */
export type PricingDeps = ServiceDeps & {
  packs: PackSet;
  /** The files of documents. */
  documents: DocumentStore;
  /** Hands a taken act to its workflow; `taken` when Temporal is away. */
  deliver: (receipt: string) => Promise<Delivery>;
  /** Tells the open turns of a case that what they waited for is gone. */
  lookAgain: (caseNo: string) => Promise<void>;
  /** The calendar version in force. */
  calendarVersion: (jurisdiction: string) => Promise<string>;
};
