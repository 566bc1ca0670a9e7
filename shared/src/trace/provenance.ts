/**
 * Where a version of a product comes from (D2), as W3C PROV-JSON (https://www.w3.org/submissions/prov-json/): back to
 * fields of the catalog, grants and the decisions that made them. Pure; ids and hashes, no one's name.
 */

export type Lineage = {
  product: string;
  version: number;
  caseNo: string;
  owner: string;
  operator: string;
  registrationCode: string | null;
  artefact: string;
  fields: readonly { name: string; from: readonly { resource: string; field: string }[] }[];
  grants: readonly {
    number: string;
    /** Whose resources it covers, by the body that decided on them. */
    resources: readonly { resource: string; reviewer: string }[];
  }[];
  /** Instants of the case, RFC 3339, that are known. */
  submittedAt: string;
  checkedAt: string | null;
  agreedAt: string | null;
  releasedAt: string | null;
  authority: string;
};

type Attributes = Record<string, string | number | { $: string; type: string }>;
export type ProvDocument = Record<string, Record<string, Attributes | Record<string, string> | string>>;

const dateTime = (at: string) => ({ $: at, type: 'xsd:dateTime' });
const id = (kind: string, value: string): string => `gs:${kind}/${encodeURIComponent(value)}`;

/** One document; the same lineage always gives the same text. */
export const provenanceOf = (of: Lineage): ProvDocument => {
  const version = id('product', `${of.product}/${of.version}`);
  const artefact = id('artefact', of.artefact);
  const making = id('egress', of.caseNo);
  const relations: Record<string, Record<string, Record<string, string>>> = {
    wasGeneratedBy: {},
    used: {},
    wasDerivedFrom: {},
    wasAttributedTo: {},
    wasAssociatedWith: {},
    hadMember: {},
  };
  const relate = (kind: string, value: Record<string, string>): void => {
    const all = relations[kind] ?? {};
    all[`_:${kind}${Object.keys(all).length + 1}`] = value;
    relations[kind] = all;
  };
  const entity: Record<string, Attributes> = {
    [version]: {
      'prov:type': 'gs:ProductVersion',
      'gs:product': of.product,
      'gs:version': of.version,
      ...(of.registrationCode && { 'gs:registrationCode': of.registrationCode }),
    },
    [artefact]: { 'prov:type': 'gs:Artefact', 'gs:hash': of.artefact },
  };
  const agent: Record<string, Attributes> = {
    [id('body', of.owner)]: { 'prov:type': 'prov:Organization' },
    [id('body', of.operator)]: { 'prov:type': 'prov:Organization' },
    [id('body', of.authority)]: { 'prov:type': 'prov:Organization' },
  };
  const activity: Record<string, Attributes> = {
    [making]: {
      'prov:type': 'gs:ProductEgress',
      'prov:startTime': of.submittedAt,
      ...(of.releasedAt && { 'prov:endTime': of.releasedAt }),
      ...(of.checkedAt && { 'gs:checkedAt': dateTime(of.checkedAt) }),
      ...(of.agreedAt && { 'gs:agreedAt': dateTime(of.agreedAt) }),
    },
  };
  relate('wasGeneratedBy', { 'prov:entity': version, 'prov:activity': making });
  relate('wasDerivedFrom', { 'prov:generatedEntity': version, 'prov:usedEntity': artefact });
  relate('wasAttributedTo', { 'prov:entity': artefact, 'prov:agent': id('body', of.owner) });
  relate('wasAssociatedWith', { 'prov:activity': making, 'prov:agent': id('body', of.operator) });
  relate('wasAssociatedWith', { 'prov:activity': making, 'prov:agent': id('body', of.authority) });
  for (const { number, resources } of of.grants) {
    const grant = id('grant', number);
    const deciding = id('decision', number);
    entity[grant] = { 'prov:type': 'gs:Grant', 'gs:number': number };
    activity[deciding] = { 'prov:type': 'gs:Decision' };
    relate('wasGeneratedBy', { 'prov:entity': grant, 'prov:activity': deciding });
    relate('used', { 'prov:activity': making, 'prov:entity': grant });
    for (const reviewer of new Set(resources.map((one) => one.reviewer))) {
      agent[id('body', reviewer)] = { 'prov:type': 'prov:Organization' };
      relate('wasAssociatedWith', { 'prov:activity': deciding, 'prov:agent': id('body', reviewer) });
    }
    for (const { resource } of resources) {
      entity[id('resource', resource)] ??= { 'prov:type': 'gs:Resource', 'gs:resource': resource };
      relate('wasDerivedFrom', {
        'prov:generatedEntity': grant,
        'prov:usedEntity': id('resource', resource),
      });
    }
  }
  for (const { name, from } of of.fields) {
    const field = id('field', `${of.product}/${of.version}/${name}`);
    entity[field] = { 'prov:type': 'gs:ProductField', 'gs:name': name };
    relate('hadMember', { 'prov:collection': artefact, 'prov:entity': field });
    for (const source of from) {
      const origin = id('catalogField', `${source.resource}/${source.field}`);
      entity[origin] ??= { 'prov:type': 'gs:CatalogField', 'gs:name': source.field };
      entity[id('resource', source.resource)] ??= {
        ...{ 'prov:type': 'gs:Resource', 'gs:resource': source.resource },
      };
      relate('wasDerivedFrom', { 'prov:generatedEntity': field, 'prov:usedEntity': origin });
      relate('hadMember', { 'prov:collection': id('resource', source.resource), 'prov:entity': origin });
    }
  }
  return {
    prefix: {
      gs: 'urn:gongshu:',
      prov: 'http://www.w3.org/ns/prov#',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    ...{ entity, activity, agent, ...relations },
  };
};
