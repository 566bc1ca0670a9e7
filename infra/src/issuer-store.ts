import type { Adapter, AdapterPayload } from 'oidc-provider';

/** More than a development machine has people at once; beyond it the oldest goes. */
const most = 5_000;

type Kept = { payload: AdapterPayload; until: number };

/** What the development issuer remembers while it runs: sign-ins under way, sessions, codes, grants. Nothing on disk. */
export const createIssuerStore = (): ((model: string) => Adapter) => {
  const kept = new Map<string, Kept>();
  const found = (key: string): AdapterPayload | undefined => {
    const one = kept.get(key);
    if (one && one.until > Date.now()) return one.payload;
    kept.delete(key);
    return undefined;
  };
  const uidKey = (uid: string): string => `session ${uid}`;
  return (model) => {
    const key = (id: string): string => `${model} ${id}`;
    return {
      upsert: async (id, payload, expiresIn = 3600) => {
        const until = Date.now() + expiresIn * 1000;
        kept.delete(key(id));
        kept.set(key(id), { payload, until });
        if (model === 'Session' && payload.uid)
          kept.set(uidKey(payload.uid), { payload: { jti: id }, until });
        for (const oldest of kept.keys()) {
          if (kept.size <= most) break;
          kept.delete(oldest);
        }
      },
      find: async (id) => found(key(id)),
      findByUid: async (uid) => found(key(found(uidKey(uid))?.jti ?? '')),
      findByUserCode: async () => undefined,
      consume: async (id) => {
        const payload = found(key(id));
        if (payload) payload['consumed'] = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => {
        kept.delete(key(id));
      },
      revokeByGrantId: async (grantId) => {
        for (const [one, { payload }] of kept) if (payload.grantId === grantId) kept.delete(one);
      },
    };
  };
};
