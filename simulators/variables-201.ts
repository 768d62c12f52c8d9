import type { JsonObject } from '../domain/command.ts'
import type { Station } from './dialect.ts'
import { fixedSettings, intervalSettings } from './settings.ts'
import type { Setting } from './settings.ts'

/** How OCPP 2.0.1 names a variable. */
export interface ComponentVariable {
  component: { name: string; instance?: string; evse?: { id: number; connectorId?: number } }
  variable: { name: string; instance?: string }
  attributeType?: string
}

const REPORT_ITEMS = 8

/** The station's device model: names are `Component.Variable`, or `Component[evseId].Variable`. */
export function variables(station: Station): Setting[] {
  const { capabilities, nameplate } = station
  const evses = station.outlets.map(({ evse: { spec } }) => ({
    [`EVSE[${spec.evseId}].Power`]: spec.maxPowerW,
    [`EVSE[${spec.evseId}].SupplyPhases`]: spec.phases,
    [`Connector[${spec.evseId}].ConnectorType`]: spec.connectorType,
  }))
  return [
    ...intervalSettings(station, {
      heartbeat: 'OCPPCommCtrlr.HeartbeatInterval',
      sample: 'SampledDataCtrlr.TxUpdatedInterval',
      aligned: 'AlignedDataCtrlr.Interval',
      connectionTimeout: 'TxCtrlr.EVConnectionTimeOut',
    }),
    ...fixedSettings({
      'ChargingStation.Model': nameplate.model,
      'ChargingStation.VendorName': nameplate.vendor,
      'ChargingStation.SerialNumber': nameplate.serialNumber,
      'TxCtrlr.TxStartPoint': 'EVConnected',
      'TxCtrlr.TxStopPoint': 'EVConnected',
      'TxCtrlr.StopTxOnInvalidId': true,
      'AuthCtrlr.AuthorizeRemoteStart': false,
      'AuthCtrlr.OfflineTxForUnknownIdEnabled': true,
      'SmartChargingCtrlr.Enabled': true,
      'SmartChargingCtrlr.RateUnit': capabilities.units.join(','),
      'SmartChargingCtrlr.ProfileStackLevel': capabilities.maxStackLevel,
      'SmartChargingCtrlr.PeriodsPerSchedule': capabilities.maxPeriods,
      'SmartChargingCtrlr.Entries': capabilities.maxProfiles,
      ...Object.assign({}, ...evses),
    }),
  ]
}

/** The variable, or the word for why there is none. */
export function findVariable(
  station: Station,
  wanted: ComponentVariable,
): Setting | 'UnknownComponent' | 'UnknownVariable' | 'NotSupportedAttributeType' {
  if (wanted.attributeType !== undefined && wanted.attributeType !== 'Actual') return 'NotSupportedAttributeType'
  const evse = wanted.component.evse
  const component = evse === undefined ? wanted.component.name : `${wanted.component.name}[${evse.id}]`
  const all = variables(station)
  const found = all.find((one) => one.name === `${component}.${wanted.variable.name}`)
  if (found !== undefined) return found
  return all.some((one) => one.name.startsWith(`${component}.`)) ? 'UnknownVariable' : 'UnknownComponent'
}

/** Answers GetBaseReport with as many NotifyReport messages as it takes (B07). */
export function sendBaseReport(station: Station, requestId: number, reported: readonly Setting[]): void {
  const generatedAt = new Date(station.atMs).toISOString()
  for (let from = 0; from < reported.length; from += REPORT_ITEMS) {
    station.send({
      action: 'NotifyReport',
      keep: false,
      payload: {
        requestId,
        generatedAt,
        seqNo: from / REPORT_ITEMS,
        tbc: from + REPORT_ITEMS < reported.length,
        reportData: reported.slice(from, from + REPORT_ITEMS).map(reportItem),
      },
    })
  }
}

function reportItem(setting: Setting): JsonObject {
  const [, component = '', evseId, variable = ''] = /^(\w+)(?:\[(\d+)\])?\.(\w+)$/.exec(setting.name) ?? []
  const place =
    evseId === undefined
      ? {}
      : { evse: { id: Number(evseId), ...(component === 'Connector' ? { connectorId: 1 } : {}) } }
  return {
    component: { name: component, ...place },
    variable: { name: variable },
    variableAttribute: [
      { type: 'Actual', value: setting.value, mutability: setting.set === undefined ? 'ReadOnly' : 'ReadWrite' },
    ],
    variableCharacteristics: { dataType: dataType(setting.value), supportsMonitoring: false },
  }
}

function dataType(value: string): string {
  if (value === 'true' || value === 'false') return 'boolean'
  return /^-?\d+$/.test(value) ? 'integer' : 'string'
}
