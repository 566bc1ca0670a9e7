import { may, type Act, type ActObject } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import { findResource, type ResourceRow } from '../queries/resource.ts';
import type { Acting, ResourceDeps } from '../resources/resource-law.ts';
import { actObjectOf } from '../resources/resource-model.ts';

/** Asks `may()` and answers who acts, in the role that allows it. Throws `notFound` or `forbidden`. */
export const permit = (request: FastifyRequest, act: Act, object: ActObject): Acting['actor'] => {
  request.mustBeAllowed(object, act);
  const { id, roles, organisation } = request.actor;
  const role = roles.find((one) => may({ ...request.actor, roles: [one] }, act, object) === 'yes');
  return { id, role: role ?? 'public', organisation };
};

/** The same with the law's instant: what an act needs to know of its actor. */
export const actingOn = async (request: FastifyRequest, act: Act, object: ActObject): Promise<Acting> => ({
  actor: permit(request, act, object),
  at: await request.lawNow(),
});

/** The entry of the address, if the actor may do this with it. Throws `notFound`, `forbidden`. */
export const resourceFor = async (
  { db }: Pick<ResourceDeps, 'db'>,
  request: FastifyRequest,
  id: string,
  act: Act,
): Promise<ResourceRow> => {
  const row = await findResource(db, id);
  if (!row) throw problem('notFound');
  request.mustBeAllowed(actObjectOf(row), act);
  return row;
};

/** What permission to read an entry's documents depends on, by the entry's number. */
export const resourceObject =
  ({ db }: Pick<ResourceDeps, 'db'>) =>
  async (id: string): Promise<ActObject | undefined> => {
    const row = await findResource(db, id);
    return row && actObjectOf(row);
  };

/** What an actor does for its own body in its own city. */
export const ownObject = ({ actor }: FastifyRequest): ActObject => ({
  jurisdiction: actor.jurisdiction,
  owner: actor.organisation,
});
