import { type Act, type ActObject, actingRole } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';

/** Who acts, for which body, in which role, and when on the law's clock. */
export type Acting = { actor: { id: string; role: string; organisation: string }; at: Date };

/** Asks `may()` about the object and answers who acts. Throws `notFound`, `forbidden`; a token without a body acts for none. */
export const actingOn = async (request: FastifyRequest, act: Act, object: ActObject): Promise<Acting> => {
  request.mustBeAllowed(object, act);
  const { id, organisation } = request.actor;
  if (organisation === null) throw problem('forbidden', { params: { act } });
  return {
    actor: { id, role: actingRole(request.actor, act, object), organisation },
    at: await request.lawNow(),
  };
};

/** What an actor does for its own body in its own city. */
export const ownObject = ({ actor }: FastifyRequest): ActObject => ({
  jurisdiction: actor.jurisdiction,
  owner: actor.organisation,
});
