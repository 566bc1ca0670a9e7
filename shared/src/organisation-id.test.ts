import { OrganisationId } from './organisation-id.ts';

describe('the id of a body', () => {
  it.each(['city-bureau', 'A1', '380120000J', 'a.b_c-d', 'x'.repeat(80)])('%s is one', (id) => {
    expect(OrganisationId.safeParse(id).success).toBe(true);
  });
  it.each(['', 'dept:new', 'dept/1', 'a b', '局', 'x'.repeat(81), 'a\n'])('%j is none', (id) => {
    expect(OrganisationId.safeParse(id).success).toBe(false);
  });
});
