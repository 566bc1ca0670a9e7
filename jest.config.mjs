// CommonJS transform; only the packages that ship ES modules alone are transformed too.
const esmOnly = [
  'jose',
  'openid-client',
  'oauth4webapi',
  'kysely',
  'cookie',
  'canonicalize',
  'oidc-provider',
  'content-disposition',
  'commander',
  'string-width',
  'get-east-asian-width',
  'strip-ansi',
  'ansi-regex',
  'file-type',
  'strtok3',
  'token-types',
  '@noble/hashes',
  '@tokenizer/inflate',
  '@borewit/text-codec',
  'uint8array-extras',
].join('|');
const swc = {
  jsc: { target: 'es2024', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};
export default {
  testEnvironment: 'node',
  testTimeout: 30_000, // a part that is started on first use may take some of it
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/tests/support/global-setup.mjs',
  globalTeardown: '<rootDir>/tests/support/global-teardown.mjs',
  modulePathIgnorePatterns: ['<rootDir>/.cache', '<rootDir>/.data'],
  transform: { '\\.[cm]?[jt]s$': ['@swc/jest', swc] },
  transformIgnorePatterns: [`/node_modules/(?!(?:\\.pnpm/[^/]+/node_modules/)?(?:${esmOnly})/)`],
};
