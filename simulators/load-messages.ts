import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../domain/command.ts'

export type LoadProtocol = 'ocpp1.6' | 'ocpp2.0.1'

/** What one load station says over and over: payloads of the size and shape that a charging bus causes. */
export interface LoadMessages {
  boot: readonly [action: string, payload: JsonObject]
  available: readonly [action: string, payload: JsonObject]
  start(): readonly [action: string, payload: JsonObject]
  /** Reads the transaction's number where the central system gives it. */
  started(response: JsonObject): void
  sample(): readonly [action: string, payload: JsonObject]
  stop(): readonly [action: string, payload: JsonObject]
}

export function loadMessages(protocol: LoadProtocol, stationId: string): LoadMessages {
  let registerWh = 1_000_000
  const now = (): string => new Date().toISOString()
  const measure = (): (readonly [measurand: string, value: number, unit: string])[] => {
    registerWh += 900
    return [
      ['Energy.Active.Import.Register', registerWh, 'Wh'],
      ['Power.Active.Import', 54_000 + (registerWh % 997), 'W'],
      ['SoC', 20 + (Math.floor(registerWh / 9_000) % 80), 'Percent'],
    ]
  }
  return protocol === 'ocpp1.6' ? messages16(stationId, now, measure) : messages201(stationId, now, measure)
}

type Measure = () => (readonly [measurand: string, value: number, unit: string])[]

function messages16(stationId: string, now: () => string, measure: Measure): LoadMessages {
  let transactionId = 0
  let registerWh = 0
  return {
    boot: [
      'BootNotification',
      { chargePointVendor: 'Zaryad', chargePointModel: 'Load', chargePointSerialNumber: stationId.slice(0, 25) },
    ],
    available: ['StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp: now() }],
    start: () => ['StartTransaction', { connectorId: 1, idTag: 'LOAD', meterStart: 1_000_000, timestamp: now() }],
    started: (response) => {
      transactionId = Number(response.transactionId)
    },
    sample: () => {
      const sampledValue = measure().map(([measurand, value, unit]) => {
        if (unit === 'Wh') registerWh = value
        return { measurand, value: String(value), unit, context: 'Sample.Periodic' }
      })
      return ['MeterValues', { connectorId: 1, transactionId, meterValue: [{ timestamp: now(), sampledValue }] }]
    },
    stop: () => ['StopTransaction', { transactionId, meterStop: registerWh, timestamp: now(), reason: 'Local' }],
  }
}

function messages201(stationId: string, now: () => string, measure: Measure): LoadMessages {
  const transactionId = randomUUID()
  let seqNo = 0
  const event = (eventType: string, triggerReason: string, more: JsonObject): readonly [string, JsonObject] => {
    const payload = {
      eventType,
      triggerReason,
      seqNo,
      timestamp: now(),
      transactionInfo: { transactionId, chargingState: eventType === 'Ended' ? 'Idle' : 'Charging' },
      evse: { id: 1, connectorId: 1 },
      ...more,
    }
    seqNo += 1
    return ['TransactionEvent', payload]
  }
  const meterValue = (): JsonObject[] => [
    {
      timestamp: now(),
      sampledValue: measure().map(([measurand, value, unit]) => ({
        measurand,
        value,
        context: 'Sample.Periodic',
        unitOfMeasure: { unit },
      })),
    },
  ]
  return {
    boot: [
      'BootNotification',
      {
        reason: 'PowerUp',
        chargingStation: { vendorName: 'Zaryad', model: 'Load', serialNumber: stationId.slice(0, 25) },
      },
    ],
    available: ['StatusNotification', { timestamp: now(), connectorStatus: 'Available', evseId: 1, connectorId: 1 }],
    start: () => event('Started', 'Authorized', { idToken: { idToken: 'LOAD', type: 'ISO14443' } }),
    started: () => undefined,
    sample: () => event('Updated', 'MeterValuePeriodic', { meterValue: meterValue() }),
    stop: () => event('Ended', 'EVDeparted', { meterValue: meterValue() }),
  }
}
