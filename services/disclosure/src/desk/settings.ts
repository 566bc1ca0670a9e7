import type { Config } from '@gongshu/infra/config';
import type { DeskSettings } from './deps.ts';

/** Settings that the desk is read from. */
export const deskSettingNames = [
  'catalogUrl',
  'registryUrl',
  'pricingUrl',
  'disclosureUrl',
  'deskUrl',
  'deskClientId',
  'deskClientSecret',
  'deskClientSecretFile',
  'documentMaxBytes',
  'issuerUrl',
] as const;

/** The desk's settings, whole; `undefined` where an address or the secret is missing: the desk says so then. */
export const deskSettings = (
  config: Pick<Config, (typeof deskSettingNames)[number]>,
): DeskSettings | undefined => {
  const { catalogUrl, registryUrl, pricingUrl, disclosureUrl, deskUrl = disclosureUrl } = config;
  const { deskClientSecret: text, deskClientSecretFile: file } = config;
  const secret = text !== undefined ? { text } : file !== undefined ? { file } : undefined;
  if (!catalogUrl || !registryUrl || !pricingUrl || !disclosureUrl || !deskUrl || !secret) return undefined;
  return {
    ...{ issuerUrl: config.issuerUrl, deskUrl, clientId: config.deskClientId, secret },
    addresses: { catalog: catalogUrl, registry: registryUrl, pricing: pricingUrl, disclosure: disclosureUrl },
    fileMaxBytes: config.documentMaxBytes,
  };
};
