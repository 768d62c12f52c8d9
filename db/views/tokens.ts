import type { Db } from '../database.ts'

export interface TokenView {
  value: string
  type: string
  label: string | null
  vehicleId: string | null
  blocked: boolean
  expiresAt: Date | null
}

/** Tokens, ordered by value. */
export function tokenViews(
  db: Db,
  filter: { value?: string; vehicleId?: string | undefined; after?: string | undefined; limit?: number },
): Promise<TokenView[]> {
  let query = db
    .selectFrom('token')
    .select(['value', 'type', 'label', 'vehicle_id as vehicleId', 'blocked', 'expires_at as expiresAt'])
    .orderBy('value')
  if (filter.value !== undefined) query = query.where('value', '=', filter.value)
  if (filter.vehicleId !== undefined) query = query.where('vehicle_id', '=', filter.vehicleId)
  if (filter.after !== undefined) query = query.where('value', '>', filter.after)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return query.execute()
}
