/** What the reading side answers of the evidence on a product. */
import type { CsvColumn } from '@gongshu/infra/http/csv';
import { ScanReport, scanVerdicts } from '@gongshu/shared/egress/report';
import { EvidenceReport } from '@gongshu/shared/product/evidence-report';
import { z } from 'zod';

export const ItemView = z
  .object({
    item: z.int().describe('Its number, by which an exception is asked for'),
    kind: z.enum(['identifier', 'group', 'aggregate', 'raw', 'difference', 'declaration']),
    place: z.record(z.string(), z.unknown()).describe('Where it is, never what stands there'),
    publicSource: z.string().nullable().describe('The lawfully public source in whose rows it stands'),
  })
  .meta({ id: 'EvidenceItem' });
export type ItemView = z.infer<typeof ItemView>;
export const itemColumns: CsvColumn<ItemView>[] = [
  { title: '序号', value: ({ item }) => item },
  { title: '类别', value: ({ kind }) => kind },
  { title: '位置', value: ({ place }) => JSON.stringify(place) },
  { title: '公开来源', value: ({ publicSource }) => publicSource },
];

export const FindingView = z
  .object({
    file: z.string(),
    sheet: z.string().nullable(),
    row: z.int().describe('From 1, without the header'),
    column: z.string(),
    path: z.string().nullable(),
    type: z.string(),
    detector: z.string(),
  })
  .meta({ id: 'EvidenceFinding' });
export type FindingView = z.infer<typeof FindingView>;
export const findingColumns: CsvColumn<FindingView>[] = [
  { title: '文件', value: ({ file }) => file },
  { title: '工作表', value: ({ sheet }) => sheet },
  { title: '行', value: ({ row }) => row },
  { title: '列', value: ({ column }) => column },
  { title: '路径', value: ({ path }) => path },
  { title: '类型', value: ({ type }) => type },
  { title: '规则', value: ({ detector }) => detector },
];

export const EvidenceView = z
  .object({
    caseNo: z.string(),
    attempt: z.int(),
    verdict: z.enum(scanVerdicts),
    report: z.string().describe('Hash of the report'),
    recordedAt: z.iso.datetime({ offset: true }),
    declaration: EvidenceReport.shape.declaration.describe(
      'Answers and limits of a service that are findings',
    ),
    notCompared: z
      .array(z.string())
      .nullable()
      .describe(
        'Granted resources, not said to be lawfully public, that nobody compared the product with: no fingerprint of them stood. Null in reports kept before it was looked at',
      ),
    scans: z.array(ScanReport.omit({ findings: true }).extend({ findings: z.int() })),
  })
  .meta({ id: 'Evidence' });

export const DifferenceView = z
  .object({
    attempt: z.int(),
    givenAt: z.iso.datetime({ offset: true }),
    artefact: z.string(),
    artefactChanged: z.boolean(),
    contents: z.array(z.object({ pointer: z.string(), change: z.enum(['added', 'removed', 'changed']) })),
    verdict: z.enum(scanVerdicts).nullable(),
    resolved: z.array(z.int()).describe('Findings of the artefact before that are gone'),
    appeared: z.array(z.int()).describe('Findings that are new'),
  })
  .meta({ id: 'EgressDifference' });
