import type { BusMessage, Delivery } from '@gongshu/infra/bus';
import { toCloudEvent, toKafka } from '@gongshu/infra/cloud-event';
import type { Change } from '@gongshu/infra/record';

const packVersion = `sha256:${'b'.repeat(64)}`;

/** One harmless change of a case; `n` makes its key. */
export const change = (caseNo: string, n: number | string): Change => ({
  key: `${caseNo}:${n}`,
  type: 'application.accepted.v1',
  subject: caseNo,
  jurisdiction: 'zhongwei',
  at: new Date('2026-03-02T01:30:00Z'),
  actor: { id: 'u-1', role: 'bureau', organisation: null },
  data: { caseNo, packVersion, acceptedAt: '2026-03-02T09:30:00+08:00' },
});

/** The message of such a change, as the relay would send it. */
export const message = (topic: string, caseNo: string, version: number, previous = version - 1): BusMessage =>
  toKafka(
    topic,
    toCloudEvent({
      id: `${caseNo}-${version}`,
      aggregateid: caseNo,
      aggregate_version: version,
      previous_version: previous,
      type: 'application.accepted.v1',
      topic: 'gongshu.catalog.case.v1',
      jurisdiction: 'zhongwei',
      payload: change(caseNo, version).data,
      occurred_at: new Date('2026-03-02T01:30:00Z'),
      recorded_at: new Date('2026-03-02T01:30:00Z'),
    }),
  );

/** Asks again every 50 ms until it holds; throws what was looked at last after `withinMs`. */
export async function until<T>(
  look: () => Promise<T> | T,
  holds: (value: T) => boolean,
  withinMs = 90_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`still not so after ${withinMs} ms: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What arrived, judged by first arrivals: per subject the sequences must rise, and each subject stay on one partition. */
export function judge(deliveries: readonly Delivery[]) {
  const seen = new Set<string>();
  const last = new Map<string, number>();
  const partitions = new Map<string, Set<number>>();
  let [duplicates, inversions] = [0, 0];
  for (const { headers, partition } of deliveries) {
    const [id, subject, sequence] = [
      headers['ce_id']!,
      headers['ce_subject']!,
      Number(headers['ce_sequence']),
    ];
    partitions.set(subject, (partitions.get(subject) ?? new Set()).add(partition));
    if (seen.has(id)) {
      duplicates += 1;
      continue;
    }
    seen.add(id);
    if (sequence <= (last.get(subject) ?? 0)) inversions += 1;
    last.set(subject, Math.max(sequence, last.get(subject) ?? 0));
  }
  const scattered = [...partitions.values()].filter((set) => set.size > 1).length;
  return { ids: seen, duplicates, inversions, scattered };
}
