const AT = '2026-11-23T19:42:00.000Z'
const OWNER = { country_code: 'BG', party_id: 'ZAR' }

const connector = {
  id: '1',
  standard: 'IEC_62196_T2_COMBO' as const,
  format: 'CABLE' as const,
  power_type: 'DC' as const,
  max_voltage: 920,
  max_amperage: 188,
  max_electric_power: 75_000,
  tariff_ids: ['day'],
  last_updated: AT,
}
const evse = {
  uid: 'CP-1*1',
  evse_id: 'BG*ZAR*ECP1*1',
  status: 'AVAILABLE' as const,
  connectors: [connector],
  last_updated: AT,
}
const where = {
  address: 'bul. Sv. Dimitar Solunski 1',
  city: 'Blagoevgrad',
  postal_code: '2700',
  country: 'BGR',
  coordinates: { latitude: '42.016800', longitude: '23.090700' },
}
const tariff = {
  ...OWNER,
  id: 'day',
  currency: 'EUR',
  type: 'AD_HOC_PAYMENT' as const,
  tariff_alt_text: [{ language: 'en', text: 'Ad hoc, per kWh' }],
  elements: [{ price_components: [{ type: 'ENERGY' as const, price: 0.35, vat: 20, step_size: 1 }] }],
  last_updated: AT,
}
const charge = {
  ...OWNER,
  id: '4711',
  start_date_time: '2026-11-23T17:30:00.000Z',
  end_date_time: '2026-11-23T19:00:00.000Z',
  cdr_token: { ...OWNER, uid: '04A2B3C4D5', type: 'RFID' as const, contract_id: '04A2B3C4D5' },
  auth_method: 'WHITELIST' as const,
  currency: 'EUR',
  charging_periods: [
    {
      start_date_time: '2026-11-23T17:30:00.000Z',
      dimensions: [
        { type: 'ENERGY' as const, volume: 42.345 },
        { type: 'TIME' as const, volume: 1.5 },
      ],
    },
  ],
  total_cost: { excl_vat: 14.8208, incl_vat: 17.7849 },
  last_updated: AT,
}

/** True-to-life examples of OCPI's objects for the API's document. */
export const ocpiExamples = {
  ocpiConnector: connector,
  ocpiEvse: evse,
  ocpiLocation: {
    ...OWNER,
    id: 'CP-1',
    publish: true,
    name: 'Charger 1',
    ...where,
    evses: [evse],
    operator: { name: 'Blagoevgrad' },
    time_zone: 'Europe/Sofia',
    last_updated: AT,
  },
  ocpiTariff: tariff,
  ocpiSession: {
    ...charge,
    kwh: 42.345,
    location_id: 'CP-1',
    evse_uid: 'CP-1*1',
    connector_id: '1',
    status: 'COMPLETED' as const,
  },
  ocpiCdr: {
    ...charge,
    session_id: '4711',
    cdr_location: {
      id: 'CP-1',
      name: 'Charger 1',
      ...where,
      evse_uid: 'CP-1*1',
      evse_id: 'BG*ZAR*ECP1*1',
      connector_id: '1',
      connector_standard: 'IEC_62196_T2_COMBO' as const,
      connector_format: 'CABLE' as const,
      connector_power_type: 'DC' as const,
    },
    tariffs: [tariff],
    total_energy: 42.345,
    total_time: 1.5,
  },
  ocpiVersion: { version: '2.2.1' as const, url: 'https://zaryad.example/ocpi/2.2.1' },
  ocpiVersionDetails: {
    version: '2.2.1' as const,
    endpoints: [
      {
        identifier: 'locations' as const,
        role: 'SENDER' as const,
        url: 'https://zaryad.example/ocpi/2.2.1/locations',
      },
    ],
  },
}
