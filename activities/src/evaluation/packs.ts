import { readConfig } from '@gongshu/infra/config';
import { installedPacks } from '@gongshu/infra/packs';
import type { PackSet } from '@gongshu/shared/packs/resolve';

let loaded: PackSet | undefined;

/** The packs of this installation, read when first asked for: only evaluations are begun by activities. */
export const packs = (): PackSet => {
  const { mode, packsFolder } = readConfig(['mode', 'packsFolder']);
  loaded ??= installedPacks({ mode, folder: packsFolder });
  return loaded;
};
