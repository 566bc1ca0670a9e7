/** The bodies of a test city, and a person of each. */
import type { Who } from '../services/resources-support.ts';

export const testBodies = [
  { id: 'city-bureau', kind: 'bureau' },
  { id: 'city-government', kind: 'government' },
  { id: 'price-office', kind: 'price' },
  { id: 'finance-office', kind: 'finance' },
  { id: 'supervision-office', kind: 'supervision' },
  { id: 'county-bureau', kind: 'countyBureau' },
  { id: 'operator', kind: 'operator' },
  { id: 'merchant-1', kind: 'merchant' },
  { id: 'merchant-2', kind: 'merchant' },
  { id: 'partner-1', kind: 'partner' },
  { id: 'dept-transport', kind: 'sourceDepartment' },
  { id: 'dept-health', kind: 'sourceDepartment' },
];

/** The people of a test city: each of its own body. */
export const peopleOf = (jurisdiction: string) =>
  ({
    bureau: { roles: ['bureau'], organisation: 'city-bureau', jurisdiction },
    government: { roles: ['government'], organisation: 'city-government', jurisdiction },
    price: { roles: ['price'], organisation: 'price-office', jurisdiction },
    finance: { roles: ['finance'], organisation: 'finance-office', jurisdiction },
    supervision: { roles: ['supervision'], organisation: 'supervision-office', jurisdiction },
    county: { roles: ['countyBureau'], organisation: 'county-bureau', jurisdiction },
    operator: { roles: ['operator'], organisation: 'operator', jurisdiction },
    merchant: { roles: ['merchant'], organisation: 'merchant-1', jurisdiction },
    rival: { roles: ['merchant'], organisation: 'merchant-2', jurisdiction },
    partner: { roles: ['partner'], organisation: 'partner-1', jurisdiction },
    department: { roles: ['sourceDepartment'], organisation: 'dept-transport', jurisdiction },
    otherDepartment: { roles: ['sourceDepartment'], organisation: 'dept-health', jurisdiction },
    auditor: { roles: ['auditor'], organisation: 'audit-office', jurisdiction },
  }) as const satisfies Record<string, Who>;
