/** Evidence on a product (E1): its files judged by the engine, the report kept, its findings numbered. */
import { extname } from 'node:path';
import type { ProductTables } from '@gongshu/infra/products/tables';
import type { RefusalReason, ScanReport } from '@gongshu/shared/egress/report';
import type { ProductContents } from '@gongshu/shared/product/contents';
import type { EvidenceActivities, EvidenceAsk } from '@gongshu/shared/product/evidence';
import { verdictOf } from '@gongshu/shared/product/evidence-report';
import type { EgressRules } from '@gongshu/shared/product/rules';
import type { ProcedureStart } from '@gongshu/shared/procedure/machine';
import type { EgressFacts } from '@gongshu/shared/product/types';
import { Context } from '@temporalio/activity';
import type { Kysely } from 'kysely';
import type { ApplicationDeps } from '../application/deps.ts';
import type { EvidenceDeps } from './evidence-deps.ts';
import { keepEvidence, standingEvidence } from './keep-evidence.ts';
import { slots } from './slots.ts';

const heartbeatMillis = 5_000;

type Start = ProcedureStart<EgressRules, EgressFacts>;
type Db = Kysely<ProductTables>;

/** What is to be scanned, as the case and the document store have it. */
const asked = async (db: Db, { caseNo, artefact, contents }: EvidenceAsk) => {
  const { start } = await db
    .selectFrom('procedure')
    .select('start')
    .where('case_no', '=', caseNo)
    .executeTakeFirstOrThrow();
  const said = await db
    .selectFrom('product_content')
    .select('contents')
    .where('case_no', '=', caseNo)
    .where('content_hash', '=', contents)
    .executeTakeFirstOrThrow();
  const document = await db
    .selectFrom('document')
    .select(['bytes', 'file_name'])
    .where('hash', '=', artefact)
    .where('jurisdiction', '=', (start as Start).jurisdiction)
    .where('organisation', '=', (start as Start).facts.owner)
    .executeTakeFirstOrThrow();
  return { start: start as Start, contents: said.contents as ProductContents, document };
};
type Asked = Awaited<ReturnType<typeof asked>>;

/** Named by its hash: what a body calls its file is nobody else's to read. */
const nameOf = (hash: string, { document }: Asked): string =>
  `${hash.slice('sha256:'.length)}${extname(document.file_name).toLowerCase()}`;

const unjudged = ({ artefact }: EvidenceAsk, found: Asked, reason: RefusalReason): ScanReport => ({
  ...{ file: nameOf(artefact, found), sha256: artefact.slice('sha256:'.length), bytes: found.document.bytes },
  ...{ format: null, encoding: null, rows: 0, verdict: 'refused', reason },
  ...{ findings: [], counts: [], groups: [], aggregates: [], raw: [], differences: [] },
  ...{ engine: 'none', pack: { jurisdiction: found.start.jurisdiction, version: found.start.packVersion } },
});

/**
 * Both keep the first result of an artefact and answer with it ever after. A scan that this worker was told to stop
 * leaves nothing; one whose process died is a refusal, which the engine reports itself.
 */
export const createEvidence = (deps: ApplicationDeps): EvidenceActivities => {
  const db = deps.db.registry as unknown as Db;
  const { evidence } = deps;
  const oneAtATime = slots(evidence?.atOnce ?? 1);

  const scan = async (
    { pathOf, scan: judge }: EvidenceDeps,
    ask: EvidenceAsk,
    found: Asked,
  ): Promise<ScanReport> => {
    const context = Context.current();
    const { start, contents, document } = found;
    const beat = setInterval(() => context.heartbeat(), heartbeatMillis);
    try {
      return await oneAtATime(context.cancellationSignal, async () => {
        const report = await judge(
          {
            ...{ file: await pathOf(ask.artefact, document.bytes), name: nameOf(ask.artefact, found) },
            ...{ qi: contents.quasiIdentifiers, sensitive: contents.sensitive },
            ...{ thresholds: start.rules.thresholds },
            pack: { jurisdiction: start.jurisdiction, version: start.packVersion },
          },
          { signal: context.cancellationSignal, progress: (rows) => context.heartbeat(rows) },
        );
        if (context.cancellationSignal.aborted) await context.cancelled; // throws: nothing is kept
        if (report.sha256 !== ask.artefact.slice('sha256:'.length))
          throw new Error('what was scanned is not what was asked for');
        return report;
      });
    } finally {
      clearInterval(beat);
    }
  };

  const keep = async (ask: EvidenceAsk, found: Asked, scans: ScanReport[]) => {
    const { now } = await deps.time();
    const { thresholds } = found.start.rules;
    const declared = found.contents.quasiIdentifiers !== null;
    return keepEvidence(db, ask, { verdict: verdictOf(scans), scans }, { thresholds, declared, at: now });
  };

  return {
    gatherEvidence: async (ask) => {
      const standing = await standingEvidence(db, ask);
      if (standing) return standing;
      if (!evidence) throw new Error('this worker has no document store and judges nothing');
      const found = await asked(db, ask);
      return keep(ask, found, [await scan(evidence, ask, found)]);
    },
    recordNoEvidence: async (ask) => {
      const standing = await standingEvidence(db, ask);
      if (standing) return standing;
      const found = await asked(db, ask);
      return keep(ask, found, [unjudged(ask, found, 'stopped')]);
    },
  };
};
