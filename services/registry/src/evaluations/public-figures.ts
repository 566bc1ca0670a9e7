/** Figures of the public side whose cases say more than good or bad: complaints, incidents, sanctions (V1). */
import { counted, type Db, factsIn, type Figure, type Of } from './counting.ts';

/** Sanctions decided, of all that were opened; one that its review lifted counts as opened alone. */
export const sanctions = async (db: Db, of: Of): Promise<Figure> => {
  const rows = await factsIn(db, 'sanctions', of);
  const lifted = await db
    .selectFrom('evaluation_fact')
    .select('case_no')
    .where('jurisdiction', '=', of.jurisdiction)
    .where('source', '=', 'sanctionsLifted')
    .execute();
  const gone = new Set(lifted.map(({ case_no }) => case_no));
  return counted(
    rows.filter(({ good, case_no }) => good === false && !gone.has(case_no)).length,
    rows.length,
    rows.map(({ case_no }) => case_no),
  );
};

/** Incidents, of all that were declared: one is an incident until it is found to be none. */
export const incidents = async (db: Db, of: Of): Promise<Figure> => {
  const rows = await factsIn(db, 'incidents', of);
  return counted(
    rows.filter(({ good }) => good !== true).length,
    rows.length,
    rows.map(({ case_no }) => case_no),
  );
};

/** Complaints that were founded, of all that came in; one that was put to other bodies alone, of whatever role, is theirs. */
export const complaints = async (db: Db, of: Of): Promise<Figure> => {
  const came = await factsIn(db, 'complaints', of);
  const put = await db
    .selectFrom('evaluation_fact')
    .select(['case_no', 'operator'])
    .where('jurisdiction', '=', of.jurisdiction)
    .where('source', '=', 'complaintsOf')
    .execute();
  const rows = came.filter(({ case_no }) => {
    const asked = put.filter((one) => one.case_no === case_no);
    return asked.length === 0 || asked.some(({ operator }) => operator === of.facts.operator);
  });
  return counted(
    rows.filter(({ good }) => good === false).length,
    rows.length,
    rows.map(({ case_no }) => case_no),
  );
};
