/**
 * Procedures of the authority's side as they run: the registry's routes, a real PostgreSQL, the real activities and
 * workflows on a time-skipping server. One for a test file; its cases follow one another.
 */
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import type { Kysely } from 'kysely';
import type { Who } from '../services/resources-support.ts';
import { casePlay } from './case-play.ts';
import { startRegistryRuns } from './registry-runs.ts';
import type { Given } from './turns.ts';

/** The bodies of a test city, by the role they act in. */
export const peopleOf = (jurisdiction: string) =>
  ({
    bureau: { roles: ['bureau'], organisation: 'city-bureau', jurisdiction },
    government: { roles: ['government'], organisation: 'city-government', jurisdiction },
    operator: { roles: ['operator'], organisation: 'operator', jurisdiction },
    department: { roles: ['sourceDepartment'], organisation: 'dept-transport', jurisdiction },
    auditor: { roles: ['auditor'], organisation: 'audit-office', jurisdiction },
  }) as const satisfies Record<string, Who>;

const parties = [
  { id: 'city-bureau', kind: 'bureau', name: '示例市数据局', level: 'city' },
  { id: 'city-government', kind: 'government', name: '示例市人民政府' },
  { id: 'dept-transport', kind: 'sourceDepartment', name: '示例市交通局', level: 'city' },
];

export type Procedures = Awaited<ReturnType<typeof startProcedures>>;

export const startProcedures = async (
  jurisdictions: readonly string[] = ['zhongwei'],
  given: Given & Parameters<typeof startRegistryRuns>[0] = {},
) => {
  const runs = await startRegistryRuns(given);
  const db = runs.db as unknown as Kysely<ProcedureTables>;
  for (const jurisdiction of jurisdictions) {
    const { status, code } = await runs.post(peopleOf(jurisdiction).bureau, '/v1/parties/imports', {
      parties,
    });
    if (status !== 201) throw new Error(`parties of ${jurisdiction}: ${code}`);
  }
  return { ...runs, db, ...casePlay(runs) };
};
