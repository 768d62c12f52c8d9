const FROM = '2026-10-31T22:00:00.000Z'
const TO = '2026-11-30T22:00:00.000Z'

const LOCATION = {
  method: 'location' as const,
  siteId: 'depot',
  gPerKwh: 318,
  source: 'lowcarbonpower.org',
  year: 2023,
  validFrom: '1970-01-01',
  isDefault: true,
}

const FIGURES = {
  energyWh: 412_300,
  sessionWh: 409_100,
  standbyWh: 3200,
  batteryWh: 384_600,
  efficiency: 0.94,
  efficiencyFlag: null,
  sessions: 29,
  distanceM: 356_200,
  kWhPerKm: 1.1575,
  energyCostMicroEur: 41_230_000,
  networkCostMicroEur: 12_369_000,
  peakCostMicroEur: 9_800_000,
  totalCostMicroEur: 63_399_000,
  uncostedWh: 0,
  carbonLocationG: 131_111,
  uncarbonedWh: 0,
  carbonMarketG: null,
}

const COMPARISON = {
  energyWh: 398_000,
  totalCostMicroEur: 60_100_000,
  carbonLocationG: 126_564,
  kWhPerKm: 1.12,
  differenceWh: 14_300,
  differenceShare: 0.03593,
}

const AT = '2026-11-23T17:15:00.000Z'

const CONSUMPTION = {
  distanceM: 412_000,
  measuredM: 398_000,
  driveEnergyWh: 470_436,
  batteryKWhPerKm: 1.182,
  expectedKWhPerKm: 1.214,
  factor: 0.9736,
}

const SESSION = {
  startAt: '2026-11-23T19:42:00.000Z',
  endAt: '2026-11-24T02:10:00.000Z',
  meterStartWh: 8_123_400,
  meterStopWh: 8_243_400,
  energyWh: 120_000,
  socStartPercent: 38.5,
  socEndPercent: 92,
  durationSeconds: 23_280,
  costMicroEur: 11_400_000,
  carbonG: 38_160,
}

function figure(value: number, unit: string) {
  return { value, unit, reason: null }
}

/** A month of a small depot, for the API's document. */
export const reportExamples = {
  carbonBasis: LOCATION,
  energy: {
    from: FROM,
    to: TO,
    timeZone: 'Europe/Sofia',
    groupBy: 'vehicle' as const,
    bucket: 'none' as const,
    compareFrom: '2026-09-30T21:00:00.000Z',
    compareTo: FROM,
    rows: [{ key: 'bus-1', label: 'Bus 1', bucket: null, ...FIGURES, share: 1, comparison: COMPARISON }],
    totals: { ...FIGURES, comparison: COMPARISON },
    carbonBasis: [LOCATION],
    notes: ['No market-based carbon factor is entered, so the market-based figure is unknown.'],
  },
  load: {
    siteId: 'depot',
    from: FROM,
    to: TO,
    timeZone: 'Europe/Sofia',
    limitW: 300_000,
    baseLoadW: 20_000,
    meanW: 74_000,
    peakW: 214_000,
    peakAt: AT,
    loadFactor: 0.3458,
    quartersAboveLimit: 0,
    missingQuarters: 0,
    curve: [{ startAt: AT, chargingW: 194_000, powerW: 214_000, complete: true }],
    monthPeaks: [
      {
        month: '2026-11',
        peakW: 214_000,
        at: AT,
        eurPerKw: 5,
        costMicroEur: 1_070_000_000,
        contributors: [
          {
            stationId: 'CP1',
            evseId: 1,
            sessionNumber: 42,
            vehicleId: 'bus-1',
            energyWh: 25_000,
            powerW: 100_000,
          },
        ],
      },
    ],
    notes: ['The building’s base load is the one that is set today.'],
  },
  consumption: {
    from: FROM,
    to: TO,
    timeZone: 'Europe/Sofia',
    groupBy: 'temperature' as const,
    rows: [{ key: '5', label: '5 to 10 °C', ...CONSUMPTION }],
    totals: CONSUMPTION,
    notes: [],
  },
  savings: {
    from: FROM,
    to: TO,
    timeZone: 'Europe/Sofia',
    rows: [
      {
        date: '2026-11-23',
        siteId: 'depot',
        plannedEnergyWh: 1_420_000,
        actualEnergyWh: 1_436_000,
        plannedCostMicroEur: 128_400_000,
        actualCostMicroEur: 131_200_000,
        uncontrolledCostMicroEur: 189_600_000,
        savedMicroEur: 58_400_000,
        plannedPeakW: 212_000,
        actualPeakW: 214_000,
        uncontrolledPeakW: 388_000,
        savedCarbonG: 12_300,
      },
    ],
    peaks: [
      {
        siteId: 'depot',
        month: '2026-11',
        actualPeakW: 214_000,
        uncontrolledPeakW: 388_000,
        savedMicroEur: 870_000_000,
      },
    ],
    totals: {
      plannedEnergyWh: 1_420_000,
      actualEnergyWh: 1_436_000,
      savedEnergyCostMicroEur: 58_400_000,
      savedPeakCostMicroEur: 870_000_000,
      savedMicroEur: 928_400_000,
      savedCarbonG: 12_300,
    },
    notes: [
      'A day is from noon to noon, and goes by its first plan; uncontrolled charging is taken at the same energy as was measured.',
    ],
  },
  indicators: {
    from: FROM,
    to: TO,
    timeZone: 'Europe/Sofia',
    performance: {
      kWhPerKm: figure(1.182, 'kWh/km'),
      expectedKWhPerKm: figure(1.214, 'kWh/km'),
      ratio: figure(0.9736, '1'),
      savedKWh: figure(1140, 'kWh'),
      baseline: {
        from: '2025-11-01',
        to: '2026-11-01',
        days: 361,
        rSquared: 0.91,
        baseKwhPerKm: 0.96,
        heatingKwhPerKmPerK: 0.021,
        coolingKwhPerKmPerK: 0.016,
      },
    },
    gridKWhPerKm: figure(1.271, 'kWh/km'),
    cheapestQuartileShare: figure(0.62, '1'),
    socAtPullOutPercent: figure(94.1, '%'),
    socAtPullInPercent: figure(38.5, '%'),
    lowestSoc: { ...figure(17.5, '%'), vehicleId: 'bus-3', at: AT },
    carbonPerPassengerKm: {
      value: null,
      unit: 'g CO2e/passenger-km',
      reason: 'No passengers were counted.',
      passengerKm: null,
      countedShare: null,
    },
    carbonBasis: [LOCATION],
    notes: ['Carbon is that of the electricity by the factors named; making and keeping vehicles is not in it.'],
  },
  session: {
    sessionNumber: 42,
    siteId: 'depot',
    stationId: 'CP1',
    evseId: 1,
    vehicleId: 'bus-1',
    idToken: 'TAG-1',
    ...SESSION,
    batteryWh: 112_800,
    efficiency: 0.94,
    flags: [],
    parts: [{ sessionNumber: 42, ...SESSION, stopReason: 'EVDisconnected' }],
  },
}
