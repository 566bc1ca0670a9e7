/** Questions of access, judged and traced in batches so that five hundred a second cost two statements a batch. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { jsonHash } from '@gongshu/infra/hash';
import type { ActObject } from '@gongshu/shared/may';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import type { FieldsOf } from '../tables/access.ts';
import { type AccessDb, type Facts, keyOf, readFacts } from './facts.ts';
import { type AccessViewKind, type GrantFacts, judge } from './judge.ts';
import { accessLaws } from './law.ts';
import { type Access, newChain, type Shown, type Traced, writeTrace } from './trace.ts';

export type Asked = {
  grantNo: string;
  asker: string;
  key: string;
  fields: FieldsOf[];
  purpose: string;
  /** Milliseconds since the epoch. */
  at: number;
  by: string;
  /** Whose eyes see it and how, where a person's do (D4). */
  person?: string | undefined;
  view?: AccessViewKind | undefined;
  /** Asks `may()` about the grant. Throws `notFound` or `forbidden`: then nothing is traced. */
  permit: (grant: ActObject) => void;
};

export type Asker = {
  /**
   * The answer, once it is traced. Throws `notFound`, `forbidden`, `idempotencyKeyReused`, `unavailable` when too many
   * wait or the database is away.
   */
  ask: (asked: Asked) => Promise<Traced>;
  /** Answers what waits, then takes nothing more. */
  close: () => Promise<void>;
};

/** Questions wait this long for company: a tenth of what an answer may take. */
const gatherMillis = 5;
const mostInBatch = 250;
/** Four seconds' worth at 500 a second; who comes after is told to come again rather than kept waiting. */
const mostWaiting = 2_000;
/** SQLSTATE classes of faults that one question of a batch can be the cause of: data, constraint, serialisation. */
const ofOneQuestion = /^(22|23|40)/;

type Result = { answer: Traced } | { fault: unknown };
/** A question with the hash that its key stands for. */
type Hashed = Asked & { requestHash: string };
type Waiting = { asked: Hashed; settle: (result: Result) => void };

const shown = ({ person, view }: Pick<Asked, 'person' | 'view'>): Shown => ({
  ...(person !== undefined && { person }),
  ...(view !== undefined && { view }),
});

const hashOf = ({ grantNo, fields, purpose, at, by, ...rest }: Asked): string =>
  jsonHash({ grantNo, fields, purpose, at, by, ...shown(rest) });

/** What `may()` asks about a grant: its merchant's, handled by operator, bureau of the case and reviewers. */
export const grantObject = (
  grant: Pick<GrantFacts, 'jurisdiction' | 'merchant' | 'handlers'>,
): ActObject => ({
  jurisdiction: grant.jurisdiction,
  owner: grant.merchant,
  handlers: grant.handlers,
});

export const createAsker = ({ db, packs }: { db: AccessDb; packs: Pick<PackSet, 'resolve'> }): Asker => {
  const lawOf = accessLaws(packs);
  const queue: Waiting[] = [];
  let chain = newChain();
  let working: Promise<void> | undefined;
  let closed = false;

  const verdictOn = (asked: Hashed, grant: GrantFacts, now: Date): Access => {
    const { grantNo, asker, key, requestHash, fields, purpose, at, by } = asked;
    const law = lawOf(grant.jurisdiction);
    const verdict = judge(grant, asked, law.standing, now.getTime());
    const { jurisdiction } = grant;
    return {
      ...{ id: randomUUID(), grantNo, jurisdiction, asker, key, requestHash },
      ...shown(asked),
      ...{ fields, purpose, by, at, answeredAt: now.getTime(), permitted: verdict.permitted },
      ...(verdict.permitted
        ? { code: null, article: null, beyond: null }
        : { code: verdict.code, article: law.article(verdict.code), beyond: verdict.beyond ?? null }),
    };
  };

  /** Whether the asker may ask of this grant at all. */
  const faultOf = ({ grantNo, permit }: Asked, { grants }: Facts): unknown => {
    const grant = grants.get(grantNo);
    if (!grant) return problem('notFound');
    try {
      permit(grantObject(grant));
      return undefined;
    } catch (fault) {
      return fault;
    }
  };

  const answerTo = (asked: Hashed, answers: ReadonlyMap<string, Traced>): Result => {
    const answer = answers.get(keyOf(asked));
    if (!answer) return { fault: new Error('A question was left without its answer') };
    return answer.requestHash === asked.requestHash ? { answer } : { fault: problem('idempotencyKeyReused') };
  };

  const answer = async (lot: readonly Hashed[]): Promise<Result[]> => {
    const facts = await readFacts(db, lot);
    const faults = lot.map((asked) => faultOf(asked, facts));
    const fresh = new Map<string, Access>();
    for (const [index, asked] of lot.entries()) {
      const key = keyOf(asked);
      const grant = facts.grants.get(asked.grantNo);
      // The same key twice in one batch: the first is asked, the second hears its answer.
      if (faults[index] !== undefined || !grant || facts.stored.has(key) || fresh.has(key)) continue;
      fresh.set(key, verdictOn(asked, grant, facts.now));
    }
    const traced = await writeTrace(db, chain, [...fresh.values()]);
    const answers = new Map([...facts.stored, ...traced.map((one) => [keyOf(one), one] as const)]);
    return lot.map((asked, index) =>
      faults[index] === undefined ? answerTo(asked, answers) : { fault: faults[index] },
    );
  };

  /** A question alone; once more where another process used its key between our look and our writing. */
  const answerAlone = async (asked: Hashed): Promise<Result> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return (await answer([asked]))[0] ?? { fault: new Error('A question was left without its answer') };
      } catch (fault) {
        chain = newChain();
        if (tries === 2) return { fault };
      }
    }
  };

  const settleLot = async (lot: readonly Waiting[]): Promise<void> => {
    try {
      const results = await answer(lot.map(({ asked }) => asked));
      for (const [index, { settle }] of lot.entries()) settle(results[index] as Result);
    } catch (fault) {
      chain = newChain();
      const { code } = fault as { code?: unknown };
      const divisible = typeof code === 'string' && ofOneQuestion.test(code);
      for (const { asked, settle } of lot) settle(divisible ? await answerAlone(asked) : { fault });
    }
  };

  const work = async (): Promise<void> => {
    while (queue.length > 0) {
      if (queue.length < mostInBatch && !closed) await wait(gatherMillis);
      await settleLot(queue.splice(0, mostInBatch));
    }
    working = undefined;
  };

  return {
    ask: (asked) => {
      if (closed || queue.length >= mostWaiting)
        return Promise.reject(problem('unavailable', { headers: { 'retry-after': '1' } }));
      return new Promise((answered, failed) => {
        queue.push({
          asked: { ...asked, requestHash: hashOf(asked) },
          settle: (result) => ('answer' in result ? answered(result.answer) : failed(result.fault)),
        });
        working ??= work();
      });
    },
    close: async () => {
      closed = true;
      await working;
    },
  };
};
