/** Evidence on a product (E1): its files judged by the engine, the report kept, its findings numbered. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { FingerprintTables } from '@gongshu/infra/fingerprints/tables';
import type { RefusalReason, ScanReport } from '@gongshu/shared/egress/report';
import { filesToScan, findingsOf } from '@gongshu/shared/egress/model-questionnaire';
import type { ProductClass } from '@gongshu/shared/packs/topics/product-egress';
import type { ProductContents } from '@gongshu/shared/product/contents';
import type { EvidenceActivities, EvidenceAsk } from '@gongshu/shared/product/evidence';
import { type EvidenceReport, verdictOf } from '@gongshu/shared/product/evidence-report';
import type { EgressRules } from '@gongshu/shared/product/rules';
import type { ProcedureStart } from '@gongshu/shared/procedure/machine';
import type { EgressFacts } from '@gongshu/shared/product/types';
import { Context } from '@temporalio/activity';
import type { Kysely } from 'kysely';
import type { ApplicationDeps } from '../application/deps.ts';
import type { ScanAsk } from '../egress/engine/scan-ask.ts';
import { engineVersion } from '../egress/engine/version.ts';
import { earlierOf, notCompared, resourcesOf, sourcesOf } from './compared.ts';
import type { EvidenceDeps } from './evidence-deps.ts';
import { keepRelease } from './keep-release.ts';
import { keepEvidence, standingEvidence } from './keep-evidence.ts';
import { slots } from './slots.ts';

const heartbeatMillis = 5_000;

type Start = ProcedureStart<EgressRules, EgressFacts>;
type Db = Kysely<FingerprintTables>;

type Stored = { hash: string; bytes: number; name: string };
type Asked = { start: Start; contents: ProductContents; files: Stored[] };

/** Endings of files that hold data: one is scanned whatever the product is. */
const dataEndings = ['.csv', '.parquet', '.jsonl', '.ndjson', '.xlsx'];

/** Named by its hash: what a body calls its file is nobody else's to read. */
const stored = async (db: Db, hash: string, { jurisdiction, facts }: Start): Promise<Stored> => {
  const { bytes, file_name } = await db
    .selectFrom('document')
    .select(['bytes', 'file_name'])
    .where('hash', '=', hash)
    .where('jurisdiction', '=', jurisdiction)
    .where('organisation', '=', facts.owner)
    .executeTakeFirstOrThrow();
  return { hash, bytes, name: `${hexOf(hash)}${extname(file_name).toLowerCase()}` };
};
const hexOf = (hash: string): string => hash.slice('sha256:'.length);

/** What is to be scanned: the artefact, and of a service the samples of its answers. */
const asked = async (db: Db, { caseNo, artefact, contents }: EvidenceAsk): Promise<Asked> => {
  const row = await db
    .selectFrom('procedure')
    .select('start')
    .where('case_no', '=', caseNo)
    .executeTakeFirstOrThrow();
  const start = row.start as Start;
  const said = await db
    .selectFrom('product_content')
    .select('contents')
    .where('case_no', '=', caseNo)
    .where('content_hash', '=', contents)
    .executeTakeFirstOrThrow();
  const first = await stored(db, artefact, start);
  const hashes = filesToScan(start.facts.class as ProductClass, {
    artefact,
    holdsData: dataEndings.includes(extname(first.name)),
    declaration: said.contents.service ?? null,
  });
  const files: Stored[] = [];
  for (const hash of hashes) files.push(hash === artefact ? first : await stored(db, hash, start));
  return { start, contents: said.contents, files };
};

const unjudged = ({ start }: Asked, { hash, bytes, name }: Stored, reason: RefusalReason): ScanReport => ({
  ...{ file: name, sha256: hexOf(hash), bytes, format: null, encoding: null, rows: 0 },
  ...{ verdict: 'refused', reason },
  ...{ findings: [], counts: [], groups: [], aggregates: [], raw: [], differences: [] },
  ...{ engine: engineVersion, pack: { jurisdiction: start.jurisdiction, version: start.packVersion } },
});

type Compared = Pick<ScanAsk, 'sources' | 'earlier' | 'release'>;

/** Throws where the worker is told to stop, or what was scanned is not what was submitted: nothing is kept then. */
const scan = async (
  { pathOf, key, scan: judge }: EvidenceDeps,
  { start, contents }: Asked,
  { hash, bytes, name }: Stored,
  compared: Compared,
): Promise<ScanReport> => {
  const context = Context.current();
  const report = await judge(
    {
      ...{ file: await pathOf(hash, bytes), name, key, ...compared },
      fields: contents.fields.map((field) => field.name),
      ...{ qi: contents.quasiIdentifiers, sensitive: contents.sensitive, aggregates: contents.aggregates },
      ...{ thresholds: start.rules.thresholds },
      pack: { jurisdiction: start.jurisdiction, version: start.packVersion },
    },
    { signal: context.cancellationSignal, progress: (progress) => context.heartbeat(progress) },
  );
  if (context.cancellationSignal.aborted) await context.cancelled;
  if (report.verdict !== 'refused' && report.sha256 !== hexOf(hash))
    throw new Error('what was scanned is not what was asked for');
  return report;
};

type Scanned = Required<Pick<EvidenceReport, 'scans' | 'notCompared'>>;

const caseOf = ({ caseNo }: EvidenceAsk, { start: { jurisdiction, facts } }: Asked) => ({
  ...{ caseNo, jurisdiction, facts },
});

/**
 * Both keep the first result of an artefact and answer with it ever after. A scan that this worker was told to stop
 * leaves nothing; one whose process died is a refusal, which the engine reports itself.
 */
export const createEvidence = (deps: ApplicationDeps): EvidenceActivities => {
  const db = deps.db.registry as unknown as Db;
  const { evidence } = deps;
  const oneAtATime = slots(evidence?.atOnce ?? 1);

  /** One after the other, while the case hears that the worker lives. */
  const scanAll = async (given: EvidenceDeps, ask: EvidenceAsk, found: Asked): Promise<Scanned> => {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), heartbeatMillis);
    const folder = await mkdtemp(join(tmpdir(), 'gongshu-evidence-'));
    try {
      return await oneAtATime(context.cancellationSignal, async () => {
        const scans: ScanReport[] = [];
        const of = caseOf(ask, found);
        const resources = await resourcesOf(db, of);
        const sources = await sourcesOf(db, given, of, { resources, contents: found.contents });
        const earlier = await earlierOf(db, given, of, resources);
        for (const stored of found.files) {
          // A service gives answers, not its samples: of those nothing is kept to compare with.
          const file = stored.hash === ask.artefact ? join(folder, 'release.parquet') : undefined;
          const report = await scan(given, found, stored, {
            ...{ sources, earlier },
            ...(file !== undefined && { release: { id: ask.caseNo, file } }),
          });
          scans.push(report);
          const { now: at } = await deps.time();
          if (file !== undefined)
            await keepRelease(db, given, ask, { resources, file, rows: report.rows, at });
        }
        return { scans, notCompared: notCompared(resources, sources, found.contents) };
      });
    } finally {
      clearInterval(beat);
      await rm(folder, { recursive: true, force: true });
    }
  };

  const keep = async (ask: EvidenceAsk, found: Asked, scanned: Scanned) => {
    const { now } = await deps.time();
    const { thresholds } = found.start.rules;
    const declared = found.contents.quasiIdentifiers !== null;
    const { service } = found.contents;
    const declaration = service ? findingsOf(service) : [];
    const report = { verdict: verdictOf({ scans: scanned.scans, declaration }), declaration, ...scanned };
    return keepEvidence(db, ask, report, { thresholds, declared, at: now });
  };

  return {
    gatherEvidence: async (ask) => {
      const standing = await standingEvidence(db, ask);
      if (standing) return standing;
      if (!evidence) throw new Error('this worker has no document store and judges nothing');
      const found = await asked(db, ask);
      return keep(ask, found, await scanAll(evidence, ask, found));
    },
    recordNoEvidence: async (ask) => {
      const standing = await standingEvidence(db, ask);
      if (standing) return standing;
      const found = await asked(db, ask);
      return keep(ask, found, {
        scans: found.files.map((file) => unjudged(found, file, 'stopped')),
        notCompared: notCompared(await resourcesOf(db, caseOf(ask, found)), [], found.contents),
      });
    },
  };
};
