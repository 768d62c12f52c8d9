import { expect, test } from 'vitest'
import { createEvse, energise } from './evse.ts'
import type { EvseSpec } from './evse.ts'
import { createOutlet } from './outlet.ts'
import { shareStationLimit } from './share-power.ts'

const DC: EvseSpec = {
  evseId: 1,
  currentType: 'DC',
  phases: 3,
  maxPowerW: 100_000,
  minPowerW: 0,
  efficiency: 1,
  connectorType: 'cCCS2',
}

function outlet(wantedKw: number | null) {
  const evse = createEvse(DC, 0)
  if (wantedKw !== null) {
    const taper = [{ soc: 0, powerKw: wantedKw }]
    evse.vehicle = { vehicleId: 'v', batteryWh: 0, capacityWh: 100_000, taper, maxPowerW: 200_000, maxSocPercent: 100 }
    energise(evse, 0)
  }
  return createOutlet(evse)
}

function shared(wantedKw: (number | null)[], stationLimitW: number): number[] {
  const limits = wantedKw.map(() => ({ limitW: 100_000, phases: 3, untilMs: 0, fromProfile: false }))
  shareStationLimit(wantedKw.map(outlet), limits, stationLimitW)
  return limits.map((one) => one.limitW)
}

test('two that want more than there is get half each', () => {
  expect(shared([80, 90], 100_000)).toEqual([50_000, 50_000])
})

test('what one does not want goes to the other', () => {
  expect(shared([90, 20], 100_000)).toEqual([80_000, 50_000])
})

test('an empty outlet takes no share, and without a station limit nobody gives way', () => {
  expect(shared([90, null], 60_000)).toEqual([60_000, 100_000])
  expect(shared([90, 90], Number.POSITIVE_INFINITY)).toEqual([100_000, 100_000])
})
