// node --import of this file: the program's date is GONGSHU_TEST_DATE when it begins, and runs on from there.
const shift = Date.parse(process.env.GONGSHU_TEST_DATE ?? '') - Date.now();
if (Number.isNaN(shift)) throw new Error('GONGSHU_TEST_DATE is no instant');
const now = () => RealDate.now() + shift;
const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, as) => Reflect.construct(target, given.length > 0 ? given : [now()], as),
  apply: (target) => new target(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
