import type { Db } from './database.ts'

/** Sets a user's password to this hash, and signs them out everywhere. Call it in a transaction. */
export async function setPassword(
  tx: Db,
  password: { accountId: string; userId: string; hash: string; at: Date },
): Promise<void> {
  const { accountId, userId, hash, at } = password
  await tx
    .insertInto('auth_account')
    .values({
      id: accountId,
      user_id: userId,
      account_id: userId,
      provider_id: 'credential',
      password: hash,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) =>
      conflict.columns(['provider_id', 'account_id']).doUpdateSet({ password: hash, updated_at: at }),
    )
    .execute()
  await tx.deleteFrom('auth_session').where('user_id', '=', userId).execute()
}

/** Whether anybody can sign in as an admin. */
export async function hasAdmin(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('auth_user')
    .innerJoin('auth_account', 'auth_account.user_id', 'auth_user.id')
    .select('auth_user.id')
    .where('role', '=', 'admin')
    .where('disabled', '=', false)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
