/** One sampled value of either version. */
export interface SampledValue {
  /** A number as text in 1.6, a number in 2.0.1. */
  value: string | number
  measurand?: string | undefined
  phase?: string | undefined
  location?: string | undefined
  context?: string | undefined
  format?: string | undefined
  /** 1.6. */
  unit?: string | undefined
  /** 2.0.1. */
  unitOfMeasure?: { unit?: string | undefined; multiplier?: number | undefined } | undefined
}

/** What one set of sampled values says, in the product's units. null: nothing. */
export interface Reading {
  registerWh: number | null
  powerW: number | null
  offeredW: number | null
  socPercent: number | null
  currentA: number | null
  voltageV: number | null
}

/** Sampled values by their context (Sample.Periodic when none is given), in the order of their first appearance. */
export function byContext(values: readonly SampledValue[]): Map<string, SampledValue[]> {
  return Map.groupBy(values, (value) => value.context ?? 'Sample.Periodic')
}

/**
 * Reads sampled values that were taken together. Power of the phases is summed when no total is told, and made from current and voltage
 * per phase when no power is; `quirk` hears of values that are no numbers or impossible.
 */
export function readSamples(values: readonly SampledValue[], quirk: (name: string) => void): Reading {
  const told = values.flatMap((value) => {
    const read = toBaseUnit(value, quirk)
    return read === undefined ? [] : [read]
  })
  const current = phasesOf(told, 'Current.Import')
  const voltage = phasesOf(told, 'Voltage')
  const powerW = total(told, 'Power.Active.Import') ?? powerOfPhases(current, voltage)
  return {
    registerWh: whole(total(told, 'Energy.Active.Import.Register'), 0, Number.MAX_SAFE_INTEGER, quirk),
    powerW: whole(powerW, -20_000_000, 20_000_000, quirk),
    offeredW: whole(total(told, 'Power.Offered'), 0, 20_000_000, quirk),
    socPercent: within(total(told, 'SoC'), 0, 100, quirk),
    // Limits hold per phase, so the highest one counts.
    currentA: within(current.total ?? highest(current), -100_000, 100_000, quirk),
    voltageV: within(voltage.total ?? mean(voltage), -100_000, 100_000, quirk),
  }
}

interface BaseValue {
  measurand: string
  phase: string | undefined
  location: string
  value: number
}

interface Phases {
  total: number | undefined
  l1: number | undefined
  l2: number | undefined
  l3: number | undefined
}

function toBaseUnit(sample: SampledValue, quirk: (name: string) => void): BaseValue | undefined {
  if (sample.format === 'SignedData') return undefined
  const value = toNumber(sample.value, quirk)
  if (value === undefined) return undefined
  const measurand = sample.measurand ?? 'Energy.Active.Import.Register'
  const unit = sample.unitOfMeasure?.unit ?? sample.unit
  const factor = (unit?.startsWith('k') ? 1000 : 1) * 10 ** (sample.unitOfMeasure?.multiplier ?? 0)
  return { measurand, phase: sample.phase, location: sample.location ?? 'Outlet', value: value * factor }
}

function toNumber(value: string | number, quirk: (name: string) => void): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  const text = value.trim()
  if (text !== value && text !== '') quirk('paddedNumber')
  const decimal = text.includes(',') && !text.includes('.') ? text.replace(',', '.') : text
  if (decimal !== text) quirk('decimalComma')
  const number = Number(decimal)
  if (text !== '' && Number.isFinite(number)) return number
  quirk('unreadableValue')
  return undefined
}

/** Where to believe a measurement first: at the vehicle's side of the station, else at the grid's, else wherever it was taken. */
const LOCATIONS = ['Outlet', 'Inlet', 'Cable', 'Body', 'EV', 'Upstream']

function phasesOf(told: readonly BaseValue[], measurand: string): Phases {
  const ofMeasurand = told.filter((one) => one.measurand === measurand)
  const location = LOCATIONS.find((place) => ofMeasurand.some((one) => one.location === place))
  const here = ofMeasurand.filter((one) => one.location === location)
  const at = (...phases: (string | undefined)[]) => here.find((one) => phases.includes(one.phase))?.value
  return { total: at(undefined), l1: at('L1', 'L1-N'), l2: at('L2', 'L2-N'), l3: at('L3', 'L3-N') }
}

function total(told: readonly BaseValue[], measurand: string): number | undefined {
  const phases = phasesOf(told, measurand)
  return phases.total ?? sum([phases.l1, phases.l2, phases.l3])
}

function powerOfPhases(current: Phases, voltage: Phases): number | undefined {
  const product = (amperes: number | undefined, volts: number | undefined) =>
    amperes === undefined || volts === undefined ? undefined : amperes * volts
  return sum([
    product(current.l1, voltage.l1 ?? voltage.total),
    product(current.l2, voltage.l2 ?? voltage.total),
    product(current.l3, voltage.l3 ?? voltage.total),
  ])
}

function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((before, value) => before + value, 0)
}

function highest({ l1, l2, l3 }: Phases): number | undefined {
  const known = [l1, l2, l3].filter((value) => value !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}

function mean({ l1, l2, l3 }: Phases): number | undefined {
  const known = [l1, l2, l3].filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((before, value) => before + value, 0) / known.length
}

function within(value: number | undefined, least: number, most: number, quirk: (name: string) => void): number | null {
  if (value === undefined) return null
  // What is smaller than a single-precision float can tell from nothing is nothing.
  if (value >= least && value <= most) return Math.fround(value) === 0 ? 0 : value
  quirk('impossibleValue')
  return null
}

function whole(value: number | undefined, least: number, most: number, quirk: (name: string) => void): number | null {
  const checked = within(value, least, most, quirk)
  return checked === null ? null : Math.round(checked)
}
