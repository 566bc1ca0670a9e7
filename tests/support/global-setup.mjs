// Loaded by Node itself, so that the .ts file runs as an ES module.
export { default } from './global-setup.ts';
