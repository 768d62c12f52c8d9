import { z } from '@hono/zod-openapi'
import { evseStatusWord } from '../../schemas/places.ts'
import { ocpiExamples } from './examples.ts'

/** OCPI 2.2.1 §16.1 CiString(n): printable ASCII. */
const ciString = (length: number) =>
  z
    .string()
    .min(1)
    .max(length)
    .regex(/^[\u0020-\u007e]+$/)
/** §16.2 DateTime, in UTC. */
const dateTime = z.iso.datetime().openapi({ example: '2026-11-23T19:42:00.000Z' })
const owned = { country_code: z.string().regex(/^[A-Z]{2}$/), party_id: ciString(3), id: ciString(36) }
/** §16.5 Price. */
const price = z.object({ excl_vat: z.number().min(0), incl_vat: z.number().min(0).optional() })

/** §8.4.13 GeoLocation: strings of degrees with 5 to 7 decimals. */
const coordinates = z.object({
  latitude: z
    .string()
    .max(10)
    .regex(/^-?\d{1,2}\.\d{5,7}$/)
    .openapi({ example: '42.016800' }),
  longitude: z
    .string()
    .max(11)
    .regex(/^-?\d{1,3}\.\d{5,7}$/)
    .openapi({ example: '23.090700' }),
})

/** §8.4.5 ConnectorType, those that an OCPP connector can be. */
export const connectorStandard = z.enum([
  'CHADEMO',
  'DOMESTIC_F',
  'DOMESTIC_G',
  'GBT_DC',
  'IEC_60309_2_single_16',
  'IEC_60309_2_three_16',
  'IEC_60309_2_three_32',
  'IEC_62196_T1',
  'IEC_62196_T1_COMBO',
  'IEC_62196_T2',
  'IEC_62196_T2_COMBO',
  'IEC_62196_T3C',
  'PANTOGRAPH_BOTTOM_UP',
  'TESLA_S',
])
const format = z.enum(['SOCKET', 'CABLE'])
const powerType = z.enum(['AC_1_PHASE', 'AC_2_PHASE', 'AC_3_PHASE', 'DC'])

/** §8.3.3 Connector. */
export const ocpiConnector = z
  .object({
    id: ciString(36),
    standard: connectorStandard,
    format,
    power_type: powerType,
    max_voltage: z.int().positive(),
    max_amperage: z.int().positive(),
    max_electric_power: z.int().positive().optional(),
    tariff_ids: z.array(ciString(36)).optional(),
    last_updated: dateTime,
  })
  .openapi('OcpiConnector', { example: ocpiExamples.ocpiConnector })

/** §8.3.2 EVSE: the status is its own, not its connectors'. */
export const ocpiEvse = z
  .object({
    uid: ciString(36),
    evse_id: ciString(48).optional(),
    status: evseStatusWord,
    connectors: z.array(ocpiConnector).min(1),
    last_updated: dateTime,
  })
  .openapi('OcpiEvse', { example: ocpiExamples.ocpiEvse })

/** §8.3.1 Location. */
export const ocpiLocation = z
  .object({
    ...owned,
    publish: z.boolean(),
    name: z.string().max(255).optional(),
    address: z.string().min(1).max(45),
    city: z.string().min(1).max(45),
    postal_code: z.string().max(10).optional(),
    country: z.string().regex(/^[A-Z]{3}$/),
    coordinates,
    evses: z.array(ocpiEvse).optional(),
    operator: z.object({ name: z.string().max(100) }).optional(),
    time_zone: z.string().max(255),
    last_updated: dateTime,
  })
  .openapi('OcpiLocation', { example: ocpiExamples.ocpiLocation })

/** §11.3.1 Tariff, §11.4.2 PriceComponent. */
export const ocpiTariff = z
  .object({
    ...owned,
    currency: z.string().length(3),
    type: z.enum(['AD_HOC_PAYMENT']).optional(),
    tariff_alt_text: z.array(z.object({ language: z.string().length(2), text: z.string().max(512) })).optional(),
    elements: z
      .array(
        z.object({
          price_components: z
            .array(
              z.object({
                type: z.enum(['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME']),
                price: z.number().min(0),
                vat: z.number().min(0).optional(),
                step_size: z.int().min(0),
              }),
            )
            .min(1),
        }),
      )
      .min(1),
    last_updated: dateTime,
  })
  .openapi('OcpiTariff', { example: ocpiExamples.ocpiTariff })

/** §10.4.2 CdrToken. */
const cdrToken = z.object({
  country_code: z.string().regex(/^[A-Z]{2}$/),
  party_id: ciString(3),
  uid: ciString(36),
  type: z.enum(['AD_HOC_USER', 'APP_USER', 'OTHER', 'RFID']),
  contract_id: ciString(36),
})
/** §10.4.6 ChargingPeriod. */
const chargingPeriod = z.object({
  start_date_time: dateTime,
  dimensions: z.array(z.object({ type: z.enum(['ENERGY', 'TIME']), volume: z.number().min(0) })).min(1),
})
const charged = {
  ...owned,
  start_date_time: dateTime,
  cdr_token: cdrToken,
  auth_method: z.enum(['AUTH_REQUEST', 'COMMAND', 'WHITELIST']),
  currency: z.string().length(3),
  last_updated: dateTime,
}

/** §9.3.1 Session. */
export const ocpiSession = z
  .object({
    ...charged,
    end_date_time: dateTime.optional(),
    kwh: z.number().min(0),
    location_id: ciString(36),
    evse_uid: ciString(36),
    connector_id: ciString(36),
    charging_periods: z.array(chargingPeriod).optional(),
    total_cost: price.optional(),
    status: z.enum(['ACTIVE', 'COMPLETED', 'INVALID', 'PENDING', 'RESERVATION']),
  })
  .openapi('OcpiSession', { example: ocpiExamples.ocpiSession })

/** §10.3.1 CDR, §10.4.3 CdrLocation. */
export const ocpiCdr = z
  .object({
    ...charged,
    end_date_time: dateTime,
    session_id: ciString(36).optional(),
    cdr_location: z.object({
      id: ciString(36),
      name: z.string().max(255).optional(),
      address: z.string().min(1).max(45),
      city: z.string().min(1).max(45),
      postal_code: z.string().max(10).optional(),
      country: z.string().regex(/^[A-Z]{3}$/),
      coordinates,
      evse_uid: ciString(36),
      evse_id: ciString(48),
      connector_id: ciString(36),
      connector_standard: connectorStandard,
      connector_format: format,
      connector_power_type: powerType,
    }),
    tariffs: z.array(ocpiTariff).optional(),
    charging_periods: z.array(chargingPeriod).min(1),
    total_cost: price,
    total_energy: z.number().min(0),
    total_time: z.number().min(0),
    remark: z.string().max(255).optional(),
  })
  .openapi('OcpiCdr', { example: ocpiExamples.ocpiCdr })

export const ocpiVersion = z
  .object({ version: z.literal('2.2.1'), url: z.url() })
  .openapi('OcpiVersion', { example: ocpiExamples.ocpiVersion })
/** §6.2.2 Version details, §6.2.3 Endpoint. */
export const ocpiVersionDetails = z
  .object({
    version: z.literal('2.2.1'),
    endpoints: z.array(
      z.object({
        identifier: z.enum(['locations', 'tariffs', 'sessions', 'cdrs']),
        role: z.literal('SENDER'),
        url: z.url(),
      }),
    ),
  })
  .openapi('OcpiVersionDetails', { example: ocpiExamples.ocpiVersionDetails })

/** §4.1.7 Response format. */
export function enveloped<Data extends z.ZodType>(data: Data) {
  return z.object({
    data,
    status_code: z.literal(1000),
    status_message: z.string().openapi({ example: 'Success' }),
    timestamp: dateTime,
  })
}
