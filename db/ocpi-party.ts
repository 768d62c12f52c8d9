import { json, type Db } from './database.ts'

/** Who we are to roaming partners. */
export interface OcpiParty {
  /** ISO 3166-1 alpha-2. */
  countryCode: string
  /** Three characters, given out by the country's ID registration office. */
  partyId: string
}

const SETTING = 'ocpiParty'
/** Until somebody says who they are. */
const NOBODY_YET: OcpiParty = { countryCode: 'BG', partyId: 'ZAR' }

export async function ocpiParty(db: Db): Promise<OcpiParty> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', SETTING).executeTakeFirst()
  const { countryCode, partyId } = (row?.value ?? {}) as Partial<OcpiParty>
  return { countryCode: countryCode ?? NOBODY_YET.countryCode, partyId: partyId ?? NOBODY_YET.partyId }
}

export async function putOcpiParty(db: Db, party: OcpiParty): Promise<void> {
  await db
    .insertInto('setting')
    .values({ name: SETTING, value: json(party) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: json(party) }))
    .execute()
}
