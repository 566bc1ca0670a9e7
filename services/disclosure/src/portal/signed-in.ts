/** Who reads the portal while signed in at the work desk: nobody has to, and only a complaint about one's own case asks. */
import { type Actor, anyone } from '@gongshu/shared/may';
import type { FastifyRequest } from 'fastify';
import { sessionCookie } from '../desk/cookies.ts';
import { createSessions } from '../desk/session.ts';
import type { DisclosureDeps } from '../deps.ts';

/** The person of the desk's session; `anyone` without one, or where no desk is set up. */
export const createSignedIn = ({
  desk,
  db,
  verify,
}: DisclosureDeps): ((request: FastifyRequest) => Promise<Actor>) => {
  if (!desk) return async () => anyone;
  const sessions = createSessions({ db: db as never, verify });
  const cookie = sessionCookie(desk.deskUrl.startsWith('https:'));
  return async (request) => (await sessions.find(cookie.read(request)))?.person ?? anyone;
};

/** Whether he is a merchant of the city: of a body that has cases there. */
export const isMerchantOf = ({ roles, jurisdiction, organisation }: Actor, city: { id: string }): boolean =>
  roles.includes('merchant') && jurisdiction === city.id && organisation !== null;
