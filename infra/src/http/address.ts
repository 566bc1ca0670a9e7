/** From where a request comes, as limits count it. */
import { isIP, isIPv6 } from 'node:net';

/** The groups of an IPv6 address from its front, `::` filled up; a dotted tail counts as its two. */
const groupsOf = (address: string): string[] => {
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').split('::');
  const parts = (text: string) =>
    text === '' ? [] : text.split(':').flatMap((part) => (part.includes('.') ? [part, ''] : [part]));
  const [front, back] = [parts(head), parts(tail ?? '')];
  const between = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array.from({ length: between }, () => '0'), ...back];
};

/**
 * The address that a limit counts: an IPv4 address itself, of an IPv6 address its network of 64 bits, all of which one
 * caller has (RFC 6177); an IPv4 address written in IPv6 is that IPv4 address.
 */
export const countedAddress = (ip: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip.split('%', 1)[0] ?? '')) return ip;
  const network = groupsOf(ip)
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
};

/** Counts a request by the caller's address, for `config.rateLimit` of what anybody may do. */
export const byAddress = { keyGenerator: ({ ip }: { ip: string }): string => countedAddress(ip) };

/** Whether a text is an address, or a network like 10.1.0.0/24. */
export const isNetwork = (text: string): boolean => {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};
