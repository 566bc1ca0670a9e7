import type { ExpertTables } from '@gongshu/infra/experts/tables';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import type { Sealing } from '@gongshu/infra/selections/sealing';
import type { SelectionTables } from '@gongshu/infra/selections/tables';
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { ArticleRef } from '@gongshu/shared/problems';
import type { OperatorSelectionRules } from '@gongshu/shared/packs/topics/operator-selection';
import type { SelectionFacts, SelectionState } from '@gongshu/shared/selection/types';
import type { SelectionRules } from '@gongshu/shared/selection/rules';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { Kysely } from 'kysely';
import type { PartyTable } from '../tables.ts';

export type RegistrySelectionTables = SelectionTables & ExpertTables & { party: PartyTable };

/** What the routes of selections close over. */
export type SelectionDeps = Omit<ProcedureDeps, 'db'> & {
  db: Kysely<RegistrySelectionTables>;
  /** Seals bids and seeds until the opening. */
  sealing: Sealing;
};

/** The clause a refusal names: the article, or our reading where the text is silent. */
export const clauseOf = (pack: ResolvedPack, key: keyof OperatorSelectionRules): { article?: ArticleRef } =>
  clauseIn(pack, 'operatorSelection', key);

/** A case's row as its machine left it. */
export const caseOf = (row: ProcedureRow) => ({
  state: row.state as SelectionState,
  rules: row.start.rules as SelectionRules,
  facts: row.start.facts as SelectionFacts,
});
