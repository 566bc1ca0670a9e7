import type { DocumentStore } from '@gongshu/infra/documents/store';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { Delivery } from '@gongshu/infra/intake/deliver';
import type { DeskSettings } from './desk/deps.ts';
import type { PackSet } from '@gongshu/shared/packs/resolve';

/** What the disclosure service is built from. */
export type DisclosureDeps = ServiceDeps & {
  packs: PackSet;
  /** The files of documents. */
  documents: DocumentStore;
  /** Hands a taken act to its workflow; `taken` when Temporal is away. */
  deliver: (receipt: string) => Promise<Delivery>;
  /** Tells the open turns of a case that what they waited for is gone. */
  lookAgain: (caseNo: string) => Promise<void>;
  /** How the work desk reaches the services and the issuer; without it the desk says that it is not set up. */
  desk?: DeskSettings | undefined;
  /** The portal as the public reaches it. */
  publicUrl?: string | undefined;
  /** Where the registry is reached, by REST as by anybody; objections wait (503) without it. */
  registryUrl?: string | undefined;
  /** The calendar version in force. */
  calendarVersion: (jurisdiction: string) => Promise<string>;
};
