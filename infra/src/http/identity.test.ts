import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { audience, createVerifier } from './identity.ts';

const issuer = 'https://issuer.example';

/** A verifier that counts how often a signature is checked, and tokens of its issuer that last so many seconds. */
const counted = async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const local = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] });
  let checks = 0;
  const verify = createVerifier({
    issuer,
    keys: (header, token) => {
      checks += 1;
      return local(header, token);
    },
  });
  const token = (seconds: number, claims: object = { roles: ['operator'], jurisdiction: 'zhongwei' }) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: issuer, aud: audience, sub: 'platform', exp: now + seconds, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one' })
      .sign(privateKey);
  };
  return { verify, token, checks: () => checks };
};

afterEach(() => jest.restoreAllMocks());
const later = (seconds: number) => {
  const at = Date.now() + seconds * 1000;
  jest.spyOn(Date, 'now').mockReturnValue(at);
};

describe('a token just verified', () => {
  it.each([
    { name: 'is known for ten seconds', lasts: 600, after: 9, checks: 1 },
    { name: 'is verified anew after that', lasts: 600, after: 11, checks: 2 },
    { name: 'is never known past its own end', lasts: 2, after: 3, checks: 2 },
  ])('$name', async ({ lasts, after, checks }) => {
    const one = await counted();
    const token = await one.token(lasts);
    const actor = await one.verify(token);
    later(after);
    expect(await one.verify(token)).toEqual(actor);
    expect(one.checks()).toBe(checks);
  });

  it('is not taken for another, and a refused one is refused again', async () => {
    const one = await counted();
    await one.verify(await one.token(600));
    const other = await one.verify(await one.token(600, { roles: ['merchant'], jurisdiction: 'wuhai' }));
    expect(other).toMatchObject({ roles: ['merchant'], jurisdiction: 'wuhai' });
    const refused = await one.token(600, {
      roles: ['systemAdministrator', 'auditAdministrator'],
      jurisdiction: 'wuhai',
    });
    for (let times = 0; times < 2; times += 1)
      await expect(one.verify(refused)).rejects.toMatchObject({ code: 'rolesExclude' });
    const forged = `${(await one.token(600)).slice(0, -6)}AAAAAA`;
    await expect(one.verify(forged)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
