import { readConfig } from '@gongshu/infra/config';
import { installedPacks } from '@gongshu/infra/packs';
import type { PackSet } from '@gongshu/shared/packs/resolve';

let loaded: PackSet | undefined;

const read = (): PackSet => {
  const { mode, packsFolder } = readConfig(['mode', 'packsFolder']);
  return installedPacks({ mode, folder: packsFolder });
};

/** The packs of this installation, read when first asked for: few activities begin what a pack decides. */
export const packs = (): PackSet => (loaded ??= read());
