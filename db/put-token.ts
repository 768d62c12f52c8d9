import type { Db } from './database.ts'
import { tokenViews, type TokenView } from './views/tokens.ts'

export interface TokenChange {
  vehicleId?: string | null
  blocked?: boolean
  label?: string | null
  type?: string
}

/** Makes a token, or changes one; what is left out stays. */
export function putToken(db: Db, value: string, change: TokenChange): Promise<TokenView> {
  return db.transaction().execute(async (tx) => {
    const columns = {
      ...(change.vehicleId === undefined ? {} : { vehicle_id: change.vehicleId }),
      ...(change.blocked === undefined ? {} : { blocked: change.blocked }),
      ...(change.label === undefined ? {} : { label: change.label }),
      ...(change.type === undefined ? {} : { type: change.type }),
    }
    await tx
      .insertInto('token')
      .values({ value, ...columns })
      .onConflict((conflict) => conflict.column('value').doUpdateSet({ value, ...columns }))
      .execute()
    const [token] = await tokenViews(tx, { value })
    if (token === undefined) throw new Error(`token vanished while it was written`)
    return token
  })
}
