/** Orders that suspend as a service remembers them (D1, X1, X2, X4; decision 0031): told in any order, each move once. */
import type { RestsOn } from '@gongshu/shared/packs/resting-on';
import type { OrderMove, SupplyOrder, ToldScope } from '@gongshu/shared/supply-order';
import { sql, type Transaction } from 'kysely';
import { type CloudEvent, typeName } from '../cloud-event.ts';
import { orderMove } from '@gongshu/shared/supply-order';
import type { OrderTables } from './tables.ts';

/** An order as its event told it. `at`: on the law's clock. */
export type ToldOrder = SupplyOrder & {
  scope: Required<ToldScope>;
  jurisdiction: string;
  at: Date;
  rests: RestsOn;
  /** A sanction that ends a mandate. */
  terminates: boolean;
};

/** Who acts on what follows from disclosure's events. */
export const disclosure = { id: 'disclosure', role: 'system', organisation: null } as const;

/** What an order could not reach, and why. */
export type Missed = { kind: string; id: string; code: string };

/** A thing named twice is one thing: it is held once and told back once. */
const eachOnce = ({ all, resources, products, bodies, operators = [] }: ToldScope): Required<ToldScope> => ({
  all,
  resources: [...new Set(resources)],
  products: [...new Set(products)],
  bodies: [...new Set(bodies)],
  operators: [...new Set(operators)],
});

/** Reads an event of incidents, sanctions or evidence; undefined for one that moves no order. */
export const readOrder = ({
  type,
  jurisdiction,
  lawtime,
  data,
}: Pick<CloudEvent, 'type' | 'jurisdiction' | 'lawtime' | 'data'>):
  | { move: OrderMove; told: ToldOrder }
  | undefined => {
  const move = orderMove(typeName(type));
  if (!move) return undefined;
  const { order, ground, scope, article, articleInstrument, measure } = data as SupplyOrder &
    RestsOn & { measure?: string };
  const rests = {
    ...(article !== undefined && { article }),
    ...(articleInstrument !== undefined && { articleInstrument }),
  };
  const terminates = measure === 'termination';
  return {
    move,
    told: {
      ...{ order, ground, scope: eachOnce(scope), jurisdiction, at: new Date(lawtime), rests, terminates },
    },
  };
};

/**
 * Held until the transaction ends: orders of a city come one after the other (`alone`), and what comes under them
 * meanwhile before or after each whole (`shared`).
 */
export const lockOrders = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  trx: Transaction<any>,
  jurisdiction: string,
  mode: 'alone' | 'shared',
): Promise<void> => {
  const key = sql`hashtextextended(${`supply orders ${jurisdiction}`}, 0)`;
  await (mode === 'alone'
    ? sql`select pg_advisory_xact_lock(${key})`
    : sql`select pg_advisory_xact_lock_shared(${key})`
  ).execute(trx);
};

/** Remembers a move; answers what is to be done. Told again: nothing. Told after its lifting: nothing is held. */
export const keepOrder = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  anyTrx: Transaction<any>,
  move: OrderMove,
  { order, jurisdiction, ground, scope, at, rests, terminates }: ToldOrder,
): Promise<'suspend' | 'lift' | undefined> => {
  const trx = anyTrx as Transaction<OrderTables>;
  await lockOrders(trx, jurisdiction, 'alone');
  const known = await trx
    .selectFrom('supply_order')
    .select(['ordered_at', 'lifted_at'])
    .where('order_id', '=', order)
    .executeTakeFirst();
  const column = move === 'ordered' ? 'ordered_at' : 'lifted_at';
  if (known?.[column]) return undefined;
  if (known)
    await trx
      .updateTable('supply_order')
      .set({ [column]: at })
      .where('order_id', '=', order)
      .execute();
  else
    await trx
      .insertInto('supply_order')
      .values({
        ...{ order_id: order, jurisdiction, ground, scope: JSON.stringify(scope), terminates },
        ...{ article: rests.article ?? null, article_instrument: rests.articleInstrument ?? null },
        ...{ ordered_at: null, lifted_at: null, [column]: at },
      })
      .execute();
  if (move === 'lifted') return 'lift';
  return known?.lifted_at ? undefined : 'suspend';
};

/** What an order may stand over. */
export type Over = { resource?: string; product?: string; operator?: string; body?: string };

/**
 * Orders that stand over a resource, a product (with the operator it is of) or a body of a city, the oldest first; `all`
 * reaches no body.
 */
export const standingOver = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  trx: Transaction<any>,
  jurisdiction: string,
  { resource, product, operator, body }: Over,
): Promise<{ order_id: string; ground: string; terminates: boolean; rests: RestsOn }[]> => {
  const reaches = sql.join(
    [
      ...(resource === undefined && product === undefined ? [] : [sql`scope -> 'all' = 'true'`]),
      ...(resource === undefined ? [] : [sql`scope -> 'resources' ? ${resource}`]),
      ...(product === undefined ? [] : [sql`scope -> 'products' ? ${product}`]),
      ...(operator === undefined ? [] : [sql`scope -> 'operators' ? ${operator}`]),
      ...(body === undefined ? [] : [sql`scope -> 'bodies' ? ${body}`]),
    ],
    sql` or `,
  );
  const rows = await (trx as Transaction<OrderTables>)
    .selectFrom('supply_order')
    .select(['order_id', 'ground', 'terminates', 'article', 'article_instrument'])
    .where('jurisdiction', '=', jurisdiction)
    .where('ordered_at', 'is not', null)
    .where('lifted_at', 'is', null)
    .where(sql<boolean>`(${reaches})`)
    .orderBy('ordered_at')
    .orderBy('order_id')
    .execute();
  return rows.map(({ article, article_instrument: articleInstrument, ...order }) => ({
    ...order,
    rests: { ...(article !== null && { article }), ...(articleInstrument !== null && { articleInstrument }) },
  }));
};
