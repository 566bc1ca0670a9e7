/** Puts known-bad lines into a source of ours on its way into a bundle. A line that is not there, once, is an error. */
module.exports = function patch(source) {
  let patched = source;
  for (const [ours, bad] of this.getOptions().lines) {
    if (patched.split(ours).length !== 2) throw new Error(`not once in ${this.resourcePath}: ${ours}`);
    patched = patched.replace(ours, () => bad);
  }
  return patched;
};
