// Loaded by Node itself, in the process that ran the setup.
export { default } from './global-teardown.ts';
