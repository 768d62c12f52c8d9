import { socPercent, VOLTS_AC } from './evse.ts'
import type { EvsePhysics } from './evse.ts'

export type SampleContext = 'Sample.Periodic' | 'Sample.Clock' | 'Transaction.Begin' | 'Transaction.End' | 'Trigger'

/** One measured value; the words are those of both OCPP versions. */
export interface Reading {
  measurand: string
  value: number
  unit: string
  phase?: string
  location: 'Outlet' | 'EV' | 'Body'
}

/** Everything an outlet measured at one instant. */
export interface Sample {
  atMs: number
  context: SampleContext
  readings: Reading[]
}

/** Reads the outlet's meter. DC: current and voltage at the cable, SoC from the vehicle. AC: each phase, and no SoC, which IEC 61851 does not tell. */
export function takeSample(evse: EvsePhysics, atMs: number, context: SampleContext): Sample {
  const readings: Reading[] = [
    { measurand: 'Energy.Active.Import.Register', value: Math.floor(evse.registerWh), unit: 'Wh', location: 'Outlet' },
    { measurand: 'Power.Active.Import', value: Math.round(evse.powerW), unit: 'W', location: 'Outlet' },
  ]
  if (evse.vehicle === null) return { atMs, context, readings }
  readings.push({ measurand: 'Power.Offered', value: Math.round(evse.offeredW), unit: 'W', location: 'Outlet' })
  if (evse.spec.currentType === 'AC') {
    const amperes = evse.powerW / (VOLTS_AC * evse.phasesInUse)
    for (let phase = 1; phase <= evse.phasesInUse; phase += 1) {
      readings.push(
        { measurand: 'Current.Import', value: tenth(amperes), unit: 'A', phase: `L${phase}`, location: 'Outlet' },
        { measurand: 'Voltage', value: VOLTS_AC, unit: 'V', phase: `L${phase}-N`, location: 'Outlet' },
      )
    }
  } else {
    const soc = socPercent(evse.vehicle)
    const volts = 580 + 1.2 * soc
    readings.push(
      {
        measurand: 'Current.Import',
        value: tenth((evse.powerW * evse.spec.efficiency) / volts),
        unit: 'A',
        location: 'Outlet',
      },
      { measurand: 'Voltage', value: tenth(volts), unit: 'V', location: 'Outlet' },
      { measurand: 'SoC', value: Math.round(soc), unit: 'Percent', location: 'EV' },
    )
  }
  readings.push({ measurand: 'Temperature', value: tenth(evse.outletTemperatureC), unit: 'Celsius', location: 'Body' })
  return { atMs, context, readings }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
