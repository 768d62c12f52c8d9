import type { Db } from './database.ts'

/** What a charge costs those who come without a contract; null: nothing is asked for it. */
export interface AdHocTariff {
  tariffId: string
  name: string
  energyMicroEurPerKwh: number | null
  sessionMicroEur: number | null
  timeMicroEurPerHour: number | null
  /** Prices are without it; null: none. */
  vatPercent: number | null
  updatedAt: Date
}

/** Tariffs by id. */
export async function adHocTariffs(
  db: Db,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<AdHocTariff[]> {
  let query = db.selectFrom('ad_hoc_tariff').selectAll().orderBy('id').limit(limit)
  if (after !== undefined) query = query.where('id', '>', after)
  const rows = await query.execute()
  return rows.map((row) => ({
    tariffId: row.id,
    name: row.name,
    energyMicroEurPerKwh: row.energy_micro_eur_per_kwh,
    sessionMicroEur: row.session_micro_eur,
    timeMicroEurPerHour: row.time_micro_eur_per_hour,
    vatPercent: row.vat_percent,
    updatedAt: row.updated_at,
  }))
}

/** Makes or replaces a tariff. */
export async function putAdHocTariff(db: Db, { tariffId, ...tariff }: AdHocTariff): Promise<void> {
  const values = {
    name: tariff.name,
    energy_micro_eur_per_kwh: tariff.energyMicroEurPerKwh,
    session_micro_eur: tariff.sessionMicroEur,
    time_micro_eur_per_hour: tariff.timeMicroEurPerHour,
    vat_percent: tariff.vatPercent,
    updated_at: tariff.updatedAt,
  }
  await db
    .insertInto('ad_hoc_tariff')
    .values({ id: tariffId, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
}

/** Removes a tariff; whoever had it has none. false: there is none. */
export function deleteAdHocTariff(db: Db, tariffId: string, at: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const none = { ad_hoc_tariff_id: null, published_at: at }
    await tx.updateTable('site').set(none).where('ad_hoc_tariff_id', '=', tariffId).execute()
    await tx.updateTable('station').set(none).where('ad_hoc_tariff_id', '=', tariffId).execute()
    const { numDeletedRows } = await tx.deleteFrom('ad_hoc_tariff').where('id', '=', tariffId).executeTakeFirst()
    return numDeletedRows > 0n
  })
}
