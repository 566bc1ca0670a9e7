/**
 * Names that tell the columns of one table apart: an empty one becomes `#3`, one there already `name#3`,
 * by its place from 1.
 */
export const uniqueNames = (names: readonly string[]): string[] => {
  const taken = new Set<string>();
  return names.map((given, index) => {
    let name = given.trim();
    for (let again = name === '' || taken.has(name); again; again = taken.has(name))
      name = `${name}#${index + 1}`;
    taken.add(name);
    return name;
  });
};
