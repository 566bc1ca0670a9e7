/**
 * What is told to everyone beside a change, in the same transaction (decision 0027): the words of what is public as it
 * stands after it. Asked by `record()` itself, so that no act can forget it.
 */
import type { EventType, ServiceName } from '@gongshu/shared/events';
import type { Transaction } from 'kysely';
import type { Change } from '../record.ts';
import type { Described } from './described.ts';
import { nameParties } from './parties.ts';
import { checkRecords, describeProducts } from './products.ts';
import { titleFees, wordPublications } from './publications.ts';
import { describeResources } from './resources.ts';

// biome-ignore lint/suspicious/noExplicitAny: bound to the schema of the service
type Trx = Transaction<any>;
type Teller = (trx: Trx, changes: readonly Change[]) => Promise<Described[]>;

const named = (change: Change, key: string): string[] => {
  const value = (change.data as Record<string, unknown>)[key];
  return typeof value === 'string' ? [value] : [];
};
const numbered = (change: Change, key: string): number => {
  const value = (change.data as Record<string, unknown>)[key];
  return typeof value === 'number' ? value : 0;
};
const all = (changes: readonly Change[], key: string): string[] => [
  ...new Set(changes.flatMap((change) => named(change, key))),
];

const resources: Teller = (trx, changes) => describeResources(trx, all(changes, 'resource'));
const parties =
  (key: string, known: boolean): Teller =>
  (trx, changes) =>
    nameParties(
      trx,
      changes.flatMap((change) =>
        named(change, key).map((party) => ({ jurisdiction: change.jurisdiction, party })),
      ),
      { known },
    );
const products: Teller = (trx, changes) => describeProducts(trx, all(changes, 'product'));
const records: Teller = (trx, changes) =>
  checkRecords(
    trx,
    changes.map((change) => ({
      caseNo: change.subject,
      attempt: numbered(change, 'attempt'),
      round: numbered(change, 'round'),
    })),
  );
const texts: Teller = (trx, changes) => wordPublications(trx, all(changes, 'publication'));
const titles: Teller = (trx, changes) => titleFees(trx, all(changes, 'fee'));

const tellers: Readonly<Record<ServiceName, Readonly<Partial<Record<EventType, Teller>>>>> = {
  catalog: {
    'resource.published.v1': resources,
    'resource.changed.v1': resources,
    'resource.registered.v1': resources,
    'resource.restored.v1': resources,
  },
  registry: {
    'party.registered.v1': parties('party', true),
    'party.renamed.v1': parties('party', true),
    'party.succeeded.v1': parties('party', true),
    'merchant.enrolled.v1': parties('merchant', false),
    'partner.noted.v1': parties('organisation', false),
    'selection.noticePublished.v1': parties('winner', false),
    'selection.selected.v1': parties('winner', false),
    'operatingAgreement.inForce.v1': parties('operator', false),
    'productEgress.evidenceRecorded.v1': records,
    'productEgress.checkPassed.v1': records,
    'productEgress.checkFailed.v1': records,
    'productEgress.registered.v1': products,
    'productEgress.listed.v1': products,
    'productEgress.released.v1': products,
    'productEgress.suspended.v1': products,
    'productEgress.restored.v1': products,
    'productEgress.recalled.v1': products,
    'productEgress.retired.v1': products,
    'productEgress.reopened.v1': products,
    'product.nationalCodeRecorded.v1': products,
    'publication.published.v1': texts,
  },
  pricing: { 'serviceFee.published.v1': titles, 'serviceFee.withdrawn.v1': titles },
  disclosure: {},
};

/** The last change of each kind that tells of a thing gives the telling its key: what came before it in one act is past. */
const keyed = (told: Described, { key, at, actor }: Change): Change => ({
  ...told,
  key: `${key}/${told.type}/${told.subject}`,
  ...{ at, actor },
});

/** The tellings that go with these changes, whose rows are written; none for most. */
export const companionsOf = async (
  trx: Trx,
  service: ServiceName,
  changes: readonly Change[],
): Promise<Change[]> => {
  const byTeller = new Map<Teller, Change[]>();
  for (const change of changes) {
    const teller = tellers[service][change.type];
    if (teller) byTeller.set(teller, [...(byTeller.get(teller) ?? []), change]);
  }
  const told: Change[] = [];
  for (const [teller, some] of byTeller) {
    const last = some.at(-1);
    if (!last) continue;
    const bySubject = new Map(some.map((change) => [change.subject, change]));
    for (const one of await teller(trx, some)) told.push(keyed(one, bySubject.get(one.subject) ?? last));
  }
  return told;
};
