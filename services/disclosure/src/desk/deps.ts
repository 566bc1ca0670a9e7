/** What the work desk is made of. */
import type { VerifyToken } from '@gongshu/infra/http/identity';
import type { ServiceName } from '@gongshu/shared/events';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { Kysely } from 'kysely';
import type { Api } from './api.ts';
import type { Oidc, OidcSettings } from './oidc.ts';
import type { Documents } from './openapi.ts';
import type { Sessions } from './session.ts';

/** Where things stand and how the desk is known at the issuer; from the environment. */
export type DeskSettings = OidcSettings & {
  addresses: Readonly<Record<ServiceName, string>>;
  /** The largest file of a form, in bytes. */
  fileMaxBytes: number;
};

export type DeskParts = {
  // biome-ignore lint/suspicious/noExplicitAny: the service's schema; the desk queries its own two tables of it
  db: Kysely<any>;
  verify: VerifyToken;
  packs: PackSet;
  lawNow: () => Promise<Date>;
  sandbox: boolean;
  settings: DeskSettings;
};

/** What the desk's pages close over. */
export type Desk = Omit<DeskParts, 'db' | 'verify'> & {
  sessions: Sessions;
  oidc: Oidc;
  api: Api;
  documents: Documents;
};
