import type { Db } from './database.ts'

/** What opening a one-time link leads to. */
export interface OpenLink {
  kind: 'setup' | 'invite'
  userId: string | null
  /** Whom it was made for; null: the first admin. */
  user: { name: string; email: string } | null
}

/** Keeps a one-time link by the hash of its secret part. Earlier links of the same kind and person stop working. */
export async function keepLink(
  db: Db,
  link: { tokenHash: string; kind: 'setup' | 'invite'; userId: string | null; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('auth_link')
      .where('kind', '=', link.kind)
      .where('user_id', 'is not distinct from', link.userId)
      .where('used_at', 'is', null)
      .execute()
    await tx
      .insertInto('auth_link')
      .values({
        token_hash: link.tokenHash,
        kind: link.kind,
        user_id: link.userId,
        created_at: link.createdAt,
        expires_at: link.expiresAt,
        used_at: null,
      })
      .execute()
  })
}

/** The link with this hash as long as it is good; undefined when it is unknown, used or over. */
export async function findLink(db: Db, tokenHash: string, at: Date): Promise<OpenLink | undefined> {
  const row = await db
    .selectFrom('auth_link')
    .leftJoin('auth_user', 'auth_user.id', 'auth_link.user_id')
    .select(['auth_link.kind', 'auth_link.user_id', 'auth_user.name', 'auth_user.email', 'auth_user.disabled'])
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  if (row === undefined || row.disabled === true) return undefined
  const { name, email } = row
  return { kind: row.kind, userId: row.user_id, user: name === null || email === null ? null : { name, email } }
}
