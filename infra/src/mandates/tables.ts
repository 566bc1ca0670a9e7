/** Who operates what (O12): written by the registry's agreements, kept by the catalog from their events. */
export const mandateStates = ['inForce', 'suspended', 'ended'] as const;
export const mandateModes = ['whole', 'byField', 'byScenario'] as const;

export type MandateTable = {
  /** The operating agreement it stands on; one mandate each. */
  agreement_no: string;
  jurisdiction: string;
  operator: string;
  mode: (typeof mandateModes)[number];
  /** Codes of fields and scenarios; both empty where the whole is authorised. */
  fields: string[];
  scenarios: string[];
  /** First and last day, both included. */
  from_on: string;
  until_on: string;
  state: (typeof mandateStates)[number];
};
export type MandateTables = { mandate: MandateTable };
