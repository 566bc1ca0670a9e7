/**
 * Preloaded where workflows run many thousands of small steps (`sandbox: 'light'` in test-groups.ts). Of what the SDK
 * does around each step this leaves out what no test looks at, and nothing of what a workflow may or may not do:
 * - its watchdog against an endless loop, for which Node starts and joins a thread at every call. A workflow that loops
 *   is still told: its test runs into jest's own limit.
 * - the stack traces it takes of every promise, for the query `__stack_trace`.
 */
const v8 = require('node:v8');
const { Script } = require('node:vm');

const runInContext = Reflect.get(Script.prototype, 'runInContext');
Script.prototype.runInContext = function withoutWatchdog(context, options) {
  return runInContext.call(this, context, { ...options, timeout: undefined });
};
v8.promiseHooks.createHook = () => () => {};
