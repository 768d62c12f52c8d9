import { z } from '@hono/zod-openapi'
import { beforeEach, describe, expect, test } from 'vitest'
import { ocpiExamples } from '../../fleet-api/feeds/ocpi/examples.ts'
import * as ocpi from '../../fleet-api/feeds/ocpi/schemas.ts'
import { depotApi, EVENING, KEY, openSession, type TestApi } from './api-depot.ts'

let api: TestApi
beforeEach(async () => {
  api = await depotApi()
})

const TOKEN = { Authorization: `Token ${btoa(KEY)}` }

async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return api.app.request(`http://depot.example/ocpi${path}`, { headers })
}

/** The data of an answer, which must have OCPI's envelope and every field that the specification requires, and none that it does not have there. */
async function data<Schema extends z.ZodType>(
  answer: Response | Promise<Response>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const response = await answer
  expect(response.status).toBe(200)
  const told: unknown = await response.json()
  const read = ocpi.enveloped(schema).parse(told)
  expect(told).toEqual(read)
  expect(read).toMatchObject({ status_code: 1000, timestamp: api.clock.now.toISOString() })
  return (read as unknown as { data: z.output<Schema> }).data
}

async function openToAll(): Promise<void> {
  await api.send('PUT', '/api/v1/ad-hoc-tariffs/day', {
    name: 'Per kWh',
    energyMicroEurPerKwh: 350_000,
    sessionMicroEur: 1_000_000,
    vatPercent: 20,
  })
  await api.send('PATCH', '/api/v1/sites/depot', {
    public: true,
    adHocTariffId: 'day',
    address: 'ul. Pokrovnishko shose 1',
    city: 'Blagoevgrad',
    postalCode: '2700',
  })
  await api.db.updateTable('station').set({ connected: true, last_message_at: EVENING }).execute()
  await api.db.updateTable('connector').set({ status: 'available', status_at: EVENING }).execute()
}

describe('OCPI 2.2.1', () => {
  test('versions lead to the modules that are sent (§6)', async () => {
    const [version] = await data(ask('/versions'), z.array(ocpi.ocpiVersion))
    expect(version).toEqual({ version: '2.2.1', url: 'http://depot.example/ocpi/2.2.1' })
    const { endpoints } = await data(api.app.request(version?.url ?? ''), ocpi.ocpiVersionDetails)
    expect(endpoints.map(({ identifier, role }) => `${identifier} ${role}`)).toEqual([
      'locations SENDER',
      'tariffs SENDER',
      'sessions SENDER',
      'cdrs SENDER',
    ])
    for (const { url } of endpoints) expect((await api.app.request(url, { headers: TOKEN })).status).toBe(200)
  })

  test('a public location has all that §8.3 requires: coordinates are strings, the country has three letters', async () => {
    await openToAll()
    const [location] = await data(ask('/2.2.1/locations'), z.array(ocpi.ocpiLocation))
    expect(location).toMatchObject({
      country_code: 'BG',
      party_id: 'ZAR',
      id: 'CP1',
      publish: true,
      address: 'ul. Pokrovnishko shose 1',
      city: 'Blagoevgrad',
      country: 'BGR',
      coordinates: { latitude: '42.020000', longitude: '23.090000' },
      time_zone: 'Europe/Sofia',
      last_updated: EVENING.toISOString(),
      evses: [
        {
          uid: 'CP1*1',
          evse_id: 'BG*ZAR*ECP1*1',
          status: 'AVAILABLE',
          connectors: [
            {
              id: '1',
              standard: 'IEC_62196_T2_COMBO',
              format: 'CABLE',
              power_type: 'DC',
              max_electric_power: 75_000,
              max_amperage: 188,
              tariff_ids: ['day'],
            },
          ],
        },
        { uid: 'CP1*2' },
      ],
    })
  })

  test('the EVSE and the connector of a location are found by its path (§8.2.2)', async () => {
    await openToAll()
    const location = await data(ask('/2.2.1/locations/CP1'), ocpi.ocpiLocation)
    expect(await data(ask('/2.2.1/locations/CP1/CP1*2'), ocpi.ocpiEvse)).toEqual(location.evses?.[1])
    expect(await data(ask('/2.2.1/locations/CP1/CP1*2/1'), ocpi.ocpiConnector)).toEqual(
      location.evses?.[1]?.connectors[0],
    )
    for (const path of ['/2.2.1/locations/CP9', '/2.2.1/locations/CP1/CP2*1', '/2.2.1/locations/CP1/CP1*1/7']) {
      const answer = await ask(path)
      expect(answer.status).toBe(404)
      expect(await answer.json()).toMatchObject({
        status_code: 2003,
        status_message: expect.any(String),
        timestamp: EVENING.toISOString(),
      })
    }
  })

  test('a depot is not shown to everybody, and to partners with publish: false', async () => {
    expect(await data(ask('/2.2.1/locations'), z.array(ocpi.ocpiLocation))).toEqual([])
    expect((await ask('/2.2.1/locations/CP1')).status).toBe(404)
    const told = await data(ask('/2.2.1/locations', TOKEN), z.array(ocpi.ocpiLocation))
    expect(told.map(({ id, publish }) => ({ id, publish }))).toEqual([
      { id: 'CP1', publish: false },
      { id: 'CP2', publish: false },
    ])
  })

  test('a key comes in base64 after Token, or plainly as before 2.2; a wrong one is refused', async () => {
    for (const Authorization of [`Token ${btoa(KEY)}`, `Token ${KEY}`, `Bearer ${KEY}`])
      expect((await ask('/2.2.1/sessions', { Authorization })).status).toBe(200)
    for (const headers of [{}, { Authorization: `Token ${btoa('wrong')}` }]) {
      const answer = await ask('/2.2.1/sessions', headers)
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({ status_code: 2000 })
    }
  })

  test('UNKNOWN is the word of a station whose line is cut, and that is a change', async () => {
    await openToAll()
    const cutAt = new Date(EVENING.getTime() + 60_000)
    await api.db
      .updateTable('station')
      .set({ connected: false, disconnected_at: cutAt })
      .where('id', '=', 'CP1')
      .execute()
    const changed = await data(ask(`/2.2.1/locations?date_from=${cutAt.toISOString()}`), z.array(ocpi.ocpiLocation))
    expect(changed).toMatchObject([
      {
        id: 'CP1',
        last_updated: cutAt.toISOString(),
        evses: [{ status: 'UNKNOWN', last_updated: cutAt.toISOString() }, { status: 'UNKNOWN' }],
      },
    ])
    api.clock.now = new Date(EVENING.getTime() + 20 * 60_000)
    const silentAt = new Date(EVENING.getTime() + 15 * 60_000)
    const silent = await data(ask(`/2.2.1/locations?date_from=${silentAt.toISOString()}`), z.array(ocpi.ocpiLocation))
    expect(silent).toMatchObject([{ id: 'CP2', last_updated: silentAt.toISOString(), evses: [{ status: 'UNKNOWN' }] }])
  })

  test('date_from counts, date_to does not, and opening hours are in no status', async () => {
    await openToAll()
    const count = async (query: string) =>
      (await data(ask(`/2.2.1/locations?${query}`), z.array(ocpi.ocpiLocation))).length
    const at = EVENING.toISOString()
    expect(await count(`date_from=${at}`)).toBe(2)
    expect(await count(`date_to=${at}`)).toBe(0)
    expect((await ask('/2.2.1/locations?date_from=yesterday')).status).toBe(400)
  })

  test('lists come in pages with Link, X-Total-Count and X-Limit (§4.1.4)', async () => {
    await openToAll()
    const first = await ask('/2.2.1/locations?limit=1&date_from=2026-01-01T00:00:00Z')
    expect(Object.fromEntries(['X-Total-Count', 'X-Limit'].map((name) => [name, first.headers.get(name)]))).toEqual({
      'X-Total-Count': '2',
      'X-Limit': '100',
    })
    const next = /^<([^>]+)>; rel="next"$/.exec(first.headers.get('Link') ?? '')?.[1] ?? ''
    expect(next).toContain('http://depot.example/ocpi/2.2.1/locations?')
    expect(new URL(next).searchParams.get('date_from')).toBe('2026-01-01T00:00:00Z')
    const second = await api.app.request(next)
    expect(second.headers.get('Link')).toBeNull()
    expect((await data(second, z.array(ocpi.ocpiLocation))).map((one) => one.id)).toEqual(['CP2'])
    const past = await ask('/2.2.1/locations?offset=50')
    expect(past.headers.get('X-Total-Count')).toBe('2')
    expect((await ask('/2.2.1/locations?limit=100000')).headers.get('X-Limit')).toBe('100')
  })

  test('tariffs are in euro without VAT, and only those of public chargers are open (§11.3)', async () => {
    await openToAll()
    await api.send('PUT', '/api/v1/ad-hoc-tariffs/staff', { name: 'Staff' })
    expect(await data(ask('/2.2.1/tariffs'), z.array(ocpi.ocpiTariff))).toMatchObject([
      {
        id: 'day',
        currency: 'EUR',
        elements: [
          {
            price_components: [
              { type: 'ENERGY', price: 0.35, vat: 20, step_size: 1 },
              { type: 'FLAT', price: 1 },
            ],
          },
        ],
      },
    ])
    const all = await data(ask('/2.2.1/tariffs', TOKEN), z.array(ocpi.ocpiTariff))
    expect(all[1]).toMatchObject({ id: 'staff', elements: [{ price_components: [{ type: 'FLAT', price: 0 }] }] })
  })

  test('sessions and CDRs have energy in kWh and costs in decimals; a CDR comes with the end (§9.3, §10.3)', async () => {
    await openToAll()
    const number = await openSession(api, { vehicleId: 'bus-1', startedAt: new Date('2026-11-23T18:00:00Z') })
    const [open] = await data(ask('/2.2.1/sessions', TOKEN), z.array(ocpi.ocpiSession))
    expect(open).toMatchObject({
      id: String(number),
      status: 'ACTIVE',
      kwh: 0,
      location_id: 'CP1',
      evse_uid: 'CP1*1',
      connector_id: '1',
    })
    expect(await data(ask('/2.2.1/cdrs', TOKEN), z.array(ocpi.ocpiCdr))).toEqual([])
    const endedAt = new Date('2026-11-23T19:30:00Z')
    await api.db
      .updateTable('charging_session')
      .set({ ended_at: endedAt, ended_received_at: endedAt, meter_stop_wh: 43_345, energy_wh: 42_345 })
      .execute()
    const [session] = await data(ask('/2.2.1/sessions', TOKEN), z.array(ocpi.ocpiSession))
    expect(session).toMatchObject({
      status: 'COMPLETED',
      kwh: 42.345,
      end_date_time: endedAt.toISOString(),
      currency: 'EUR',
    })
    const [cdr] = await data(ask('/2.2.1/cdrs', TOKEN), z.array(ocpi.ocpiCdr))
    expect(cdr).toMatchObject({
      session_id: String(number),
      total_energy: 42.345,
      total_time: 1.5,
      // 42.345 kWh at 0.35 and 1 for the session, and a fifth of it as VAT.
      total_cost: { excl_vat: 15.8208, incl_vat: 18.9849 },
      cdr_token: { uid: 'TAG-1', type: 'RFID' },
      cdr_location: { evse_id: 'BG*ZAR*ECP1*1', connector_standard: 'IEC_62196_T2_COMBO' },
      charging_periods: [
        {
          dimensions: [
            { type: 'ENERGY', volume: 42.345 },
            { type: 'TIME', volume: 1.5 },
          ],
        },
      ],
    })
    expect(await data(ask(`/2.2.1/cdrs?date_from=${EVENING.toISOString()}`, TOKEN), z.array(ocpi.ocpiCdr))).toEqual([])
  })

  test('ids of 36 characters are kept whatever a station calls itself, and we say who we are', async () => {
    const long = `station-${'x'.repeat(90)}`
    await api.db
      .insertInto('station')
      .values([`${long}1`, `${long}2`].map((id) => ({ id, site_id: 'depot', registration: 'accepted' as const })))
      .execute()
    await api.send('PUT', '/api/v1/ocpi-party', { countryCode: 'UA', partyId: 'KHE' })
    const told = await data(ask('/2.2.1/locations', TOKEN), z.array(ocpi.ocpiLocation))
    expect(new Set(told.map((one) => one.id)).size).toBe(4)
    for (const { id } of told)
      expect(await data(ask(`/2.2.1/locations/${id}`, TOKEN), ocpi.ocpiLocation)).toMatchObject({
        id,
        country_code: 'UA',
        party_id: 'KHE',
      })
  })

  test('the examples are what they are examples of', () => {
    for (const [name, example] of Object.entries(ocpiExamples)) {
      const schema = (ocpi as unknown as Record<string, z.ZodType>)[name]
      expect({ name, read: schema?.parse(example) }).toEqual({ name, read: example })
    }
  })
})
