import type { Tx } from './database.ts'

/** How a site or a station is listed for others; what is left out stays. */
export interface Listing {
  /** Open to everybody. Of a station null: as its site. */
  public?: boolean | null
  /** null: none, or as the site. */
  adHocTariffId?: string | null
}

/** Columns for a listing's changes, with the moment of the change for those who ask what is new since; null when nothing is changed. */
export function listingColumns({ public: isPublic, adHocTariffId }: Listing, at: Date) {
  return {
    ...(isPublic === undefined ? {} : { public: isPublic }),
    ...(adHocTariffId === undefined ? {} : { ad_hoc_tariff_id: adHocTariffId }),
    published_at: at,
  }
}

export async function isUnknownTariff(tx: Tx, tariffId: string | null | undefined): Promise<boolean> {
  if (tariffId === null || tariffId === undefined) return false
  return (await tx.selectFrom('ad_hoc_tariff').select('id').where('id', '=', tariffId).executeTakeFirst()) === undefined
}
