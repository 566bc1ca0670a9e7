/** The term of a grant: its warnings and its end, as the row and the law's clock say. */
import { type GrantRow, grantFacts } from '@gongshu/infra/cases/grant-facts';
import type { GrantTables } from '@gongshu/infra/cases/grant-tables';
import { type Change, recordAll } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import { termDues } from '@gongshu/shared/grant/term';
import type { GrantActivities, GrantReading, TermRests } from '@gongshu/shared/grant/types';
import type { Kysely, Transaction } from 'kysely';
import { type ApplicationDeps, time } from '../application/deps.ts';

type Trx = Transaction<GrantTables>;
type Looked = Omit<GrantReading, 'wake'> & { next: { kind: 'warning' | 'expiry'; at: number } | null };

/** Takes what is due by `now`; a grant that has ended, by whatever act, is left as it is. */
const look = async (
  trx: Trx,
  grantNo: string,
  rests: TermRests | undefined,
  now: number,
): Promise<Looked> => {
  const grant = await trx
    .selectFrom('use_grant')
    .selectAll()
    .where('grant_no', '=', grantNo)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (grant.state === 'ended') return { state: 'ended', endKind: grant.end_kind, next: null };
  const facts = await grantFacts(trx, grant);
  const dues = termDues(grant.until_on, grant.warning_days, grant.granted_at.getTime());
  const changes: Change[] = [];
  for (const due of dues.filter(({ kind, at }) => kind === 'warning' && at <= now)) {
    const fresh = await trx
      .insertInto('use_grant_warning')
      .values({ grant_no: grantNo, days_left: due.daysLeft, due_at: new Date(due.at) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('days_left')
      .executeTakeFirst();
    if (fresh)
      changes.push(
        change(grant, 'grant.expiring.v1', `warned/${due.daysLeft}`, due.at, {
          ...facts,
          untilOn: grant.until_on,
          calendarDaysLeft: due.daysLeft,
          ...rests?.warning,
        }),
      );
  }
  const endsAt = grant.ends_at.getTime();
  if (endsAt <= now) {
    await trx
      .updateTable('use_grant')
      .set((eb) => ({
        state: 'ended',
        end_kind: 'expired',
        ended_at: grant.ends_at,
        wake_at: null,
        wake_kind: null,
        version: eb('version', '+', 1),
      }))
      .where('grant_no', '=', grantNo)
      .execute();
    changes.push(
      change(grant, 'grant.expired.v1', 'expired', endsAt, {
        ...facts,
        endedAt: toInstantText(endsAt),
        ...rests?.expiry,
      }),
    );
    await recordAll(trx, 'catalog', changes);
    return { state: 'ended', endKind: 'expired', next: null };
  }
  const next = dues.find(({ at }) => at > now) ?? { kind: 'expiry' as const, at: endsAt };
  await trx
    .updateTable('use_grant')
    .set({ wake_at: new Date(next.at), wake_kind: next.kind })
    .where('grant_no', '=', grantNo)
    .execute();
  await recordAll(trx, 'catalog', changes);
  return { state: grant.state, endKind: null, next: { kind: next.kind, at: next.at } };
};

const change = (
  { grant_no, jurisdiction }: GrantRow,
  type: Change['type'],
  key: string,
  at: number,
  data: object,
): Change => ({
  key: `${grant_no}/${key}`,
  type,
  subject: grant_no,
  jurisdiction,
  at: new Date(at),
  actor: time,
  data,
});

/** Runs at least once: a warning that stands is not told again, and what ended stays ended. */
export const createGrantActivities = (deps: ApplicationDeps): GrantActivities => ({
  async lookAtGrant({ grantNo, rests }) {
    const db = deps.db.catalog as unknown as Kysely<GrantTables>;
    const { now } = await deps.time();
    const { next, ...standing } = await db.transaction().execute((trx) => look(trx, grantNo, rests, now));
    if (!next) return { ...standing, wake: null };
    const { inMillis } = await deps.time();
    return { ...standing, wake: { ...next, inMillis: inMillis(next.at) } };
  },
});
