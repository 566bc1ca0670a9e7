/** The work desk's own rows; everything else it reads over REST, as anybody does. */
export type DeskTables = {
  desk_session: { id_hash: string; sealed: Buffer; signed_in_at: Date; seen_at: Date; ends_at: Date };
  desk_sign_in: { id_hash: string; sealed: Buffer; begun_at: Date };
};
