/** The check record of a product (E1), made and signed with the entry that closes what it tells of, once. */
import { sha256 } from '@gongshu/infra/hash';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import type { ProcedureStart } from '@gongshu/shared/procedure/machine';
import { type CheckRecord, checkRecordForm } from '@gongshu/shared/product/check-record';
import type { EgressRules } from '@gongshu/shared/product/rules';
import type { EgressFacts } from '@gongshu/shared/product/types';
import type { Transaction } from 'kysely';
import type { Effects } from '../procedure/effects.ts';

type Trx = Transaction<ProductTables>;
type Start = ProcedureStart<EgressRules, EgressFacts>;
type Asked = { exception: number; items: number[]; ground: string; document: string };
type Of = { attempt: number; round: number; position: number };

/** Exceptions asked for of this artefact before the entry, in the order of their numbers. */
const exceptionsOf = async (
  trx: Trx,
  caseNo: string,
  { position }: Of,
): Promise<CheckRecord['exceptions']> => {
  const entries = await trx
    .selectFrom('procedure_entry')
    .select(['kind', 'data'])
    .where('case_no', '=', caseNo)
    .where('position', '<', position)
    .where('kind', 'in', ['exceptionRequested', 'artefactReplaced'])
    .orderBy('position')
    .execute();
  const since = entries.findLastIndex(({ kind }) => kind === 'artefactReplaced');
  return entries.slice(since + 1).map(({ data }) => {
    const { exception, items, ground, document } = data as Asked;
    return { number: exception, items, ground, document };
  });
};

/** The person in this case, by a mark that tells nobody’s name. */
const markOf = (caseNo: string, checker: string): string => sha256(`${caseNo} ${checker}`).slice(7, 23);

const votesOf = async (trx: Trx, caseNo: string, { round }: Of): Promise<CheckRecord['votes']> => {
  if (round === 0) return null;
  const rows = await trx
    .selectFrom('egress_vote')
    .select(['checker', 'opened'])
    .where('case_no', '=', caseNo)
    .where('round', '=', round)
    .where('opened', 'is not', null)
    .execute();
  return rows
    .flatMap(({ checker, opened }) =>
      opened
        ? [
            {
              checker: markOf(caseNo, checker),
              fields: opened.fields.map(({ field, pass, reasonCodes }) => ({ field, pass, reasonCodes })),
              ...{ exceptions: opened.exceptions, sources: opened.sources },
            },
          ]
        : [],
    )
    .toSorted((a, b) => (a.checker < b.checker ? -1 : 1));
};

/** Throws where no evidence stands on the artefact. */
export const checkRecord = async (
  trx: Trx,
  start: Start,
  of: Of,
  passed: boolean | null,
): Promise<CheckRecord> => {
  const { caseNo, jurisdiction, packVersion, facts, rules } = start;
  const { attempt, round } = of;
  const given = await trx
    .selectFrom('product_artefact')
    .selectAll()
    .where('case_no', '=', caseNo)
    .where('attempt', '=', attempt)
    .executeTakeFirstOrThrow();
  const evidence = await trx
    .selectFrom('egress_evidence')
    .selectAll()
    .where('case_no', '=', caseNo)
    .where('attempt', '=', attempt)
    .executeTakeFirstOrThrow();
  const items = await trx
    .selectFrom('egress_item')
    .select(['item', 'kind', 'place', 'public_source as publicSource'])
    .where('case_no', '=', caseNo)
    .where('attempt', '=', attempt)
    .orderBy('item')
    .execute();
  const { scans, verdict, declaration, notCompared } = evidence.report;
  return {
    ...{ form: checkRecordForm, caseNo, product: facts.product, version: facts.version, attempt, round },
    ...{ jurisdiction, packVersion, localTerm: rules.localTerm },
    ...{
      artefact: given.artefact,
      contents: given.contents_hash,
      report: evidence.report_hash,
      verdict,
      scans,
    },
    ...{ declaration, ...(notCompared && { notCompared }) },
    engines: [...new Set(scans.map(({ engine }) => engine))],
    thresholds: rules.thresholds,
    items,
    publicSources: given.contents.publicSources.map(({ resource, ground, address, on }) => ({
      ...{ resource, ground, address, on },
    })),
    exceptions: await exceptionsOf(trx, caseNo, of),
    votes: await votesOf(trx, caseNo, of),
    passed,
  };
};

/** After the engine has judged an artefact: the evidence alone; after all of a round have spoken: with their votes. */
export const recordEffects: Effects = async (caseTrx, { start, entry, position, signing }) => {
  const concluded = { checkPassed: true, checkFailed: false }[entry.kind];
  if ((entry.kind !== 'evidenceRecorded' && concluded === undefined) || !signing) return;
  const trx = caseTrx as unknown as Trx;
  const { attempt, round = 0 } = entry.data as { attempt: number; round?: number };
  const record = await checkRecord(trx, start as Start, { attempt, round, position }, concluded ?? null);
  const text = canonicalJson(record);
  const { keyId, algorithm, publicKey } = signing.key;
  await trx
    .insertInto('check_record_key')
    .values({ key_id: keyId, algorithm, public_key: publicKey, first_used_at: new Date(entry.at) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx
    .insertInto('check_record')
    .values({
      ...{ case_no: start.caseNo, attempt, round, record_hash: sha256(text), key_id: keyId },
      record: JSON.stringify(record) as never,
      signature: await signing.sign(text),
      signed_at: new Date(entry.at),
    })
    .execute();
};
