import { say, type Sentence } from '../../../domain/sentences/sentence.ts'
import { SLOT_MS } from '../../../domain/slots.ts'
import { readMarketDocument, type MarketSeries, type Unusable } from './document.ts'
import { LIFE_CYCLE_G_PER_KWH, SUN } from './generation-factors.ts'
import { periodValues } from './period-values.ts'

/** Generation of kinds without a published factor that is small enough to leave out. */
const TOLERATED_SHARE = 0.05

export interface CarbonSlots {
  kind: 'carbon'
  slots: { startAt: Date; endAt: Date; gPerKwh: number }[]
  problems: Sentence[]
}

export type GenerationCarbon = CarbonSlots | Unusable

/**
 * The grid's carbon intensity in each quarter hour, from an answer to documentType A75 (generation per type): the mean of the kinds' life-cycle factors by what each generates. Imports
 * are not in it. A quarter is unknown when a kind that the document reports elsewhere is missing there (but for the sun's, which nobody reports at night), or when more
 * than a twentieth comes from kinds without a factor. Never throws.
 */
export function readGenerationCarbon(xml: string, zone: string): GenerationCarbon {
  const document = readMarketDocument(xml)
  if (document.kind !== 'series') return document
  const problems = [...document.problems]
  const kinds = new Map<string, Map<number, number>>()
  for (const series of document.series) {
    const refusal = refusalOf(series, zone)
    if (refusal !== null) {
      problems.push(refusal)
      continue
    }
    const quarters = kinds.get(series.psrType ?? '') ?? new Map<number, number>()
    kinds.set(series.psrType ?? '', quarters)
    for (const period of series.periods) {
      for (const [slot, value] of periodValues(period, series.curveType, problems).entries()) {
        if (value === null) continue
        const startMs = period.start.getTime() + slot * period.stepMs
        for (let at = startMs; at < startMs + period.stepMs; at += SLOT_MS) quarters.set(at, Math.max(0, value))
      }
    }
  }
  const times = new Set([...kinds.values()].flatMap((quarters) => [...quarters.keys()]))
  const slots = [...times]
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const gPerKwh = intensityAt(kinds, at)
      return gPerKwh === null ? [] : [{ startAt: new Date(at), endAt: new Date(at + SLOT_MS), gPerKwh }]
    })
  return { kind: 'carbon', slots, problems }
}

function intensityAt(kinds: ReadonlyMap<string, ReadonlyMap<number, number>>, at: number): number | null {
  let grams = 0
  let counted = 0
  let all = 0
  for (const [psrType, quarters] of kinds) {
    const generated = quarters.get(at) ?? (psrType === SUN ? 0 : null)
    if (generated === null) return null
    all += generated
    const factor = LIFE_CYCLE_G_PER_KWH.get(psrType)
    if (factor === undefined) continue
    grams += generated * factor
    counted += generated
  }
  return all > 0 && counted >= all * (1 - TOLERATED_SHARE) ? Math.round(grams / counted) : null
}

/** Why a series is no generation of the zone; null: it is. What pumps draw is reported with an out-zone. */
function refusalOf(series: MarketSeries, zone: string): Sentence | null {
  if (series.outDomain !== null) return say('pumpsNotCounted')
  if (series.inDomain !== zone)
    return series.inDomain === null ? say('seriesOfUnknownZone') : say('seriesOfZone', { zone: series.inDomain })
  if (series.unit !== 'MAW')
    return series.unit === null ? say('generationInNoUnit') : say('generationInUnit', { unit: series.unit })
  return null
}
