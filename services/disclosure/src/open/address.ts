/** Where the portal stands for readers of files that leave it: their links must work from elsewhere. */
import type { DisclosureDeps } from '../deps.ts';

/** The address of a path of the portal, absolute. The name a request was sent to is not asked: anybody writes it. */
export const addressOf = ({ publicUrl }: Pick<DisclosureDeps, 'publicUrl'>, path: string): string =>
  `${(publicUrl ?? 'http://127.0.0.1:7104').replace(/\/+$/, '')}${path}`;
