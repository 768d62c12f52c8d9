import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import { issueAt } from '../../../domain/sentences/issue-sentence.ts'
import type { Said } from '../../../domain/sentences/said.ts'
import { say, type Sentence } from '../../../domain/sentences/sentence.ts'

/** A year of quarter hours of twenty kinds of generation has about 40 MB; a few days of prices less than one. */
const MAX_CHARACTERS = 8_000_000
/** What all periods together may span: small documents can claim long ones. */
const MAX_SLOTS = 1_000_000
const MINUTES_OF: Record<string, number> = { PT15M: 15, PT30M: 30, PT60M: 60, PT1H: 60 }

/** One period of a series: values by position from 1, on slots of equal length. */
export interface MarketPeriod {
  start: Date
  end: Date
  stepMs: number
  /** Text as written: what cannot be a number is told to the user. */
  points: { position: number; value: string }[]
}

export interface MarketSeries {
  /** EIC codes; null: not said. */
  inDomain: string | null
  outDomain: string | null
  currency: string | null
  unit: string | null
  /** A01: every slot has its point. A03: a value holds until the next point. */
  curveType: string
  /** A01 is day-ahead, A07 intraday; null: not said. */
  agreement: string | null
  /** Several auctions of one zone are numbered; the first is the coupled one (SDAC). */
  sequence: number
  /** Kind of generation, B01 to B25. */
  psrType: string | null
  periods: MarketPeriod[]
}

/** What an answer of the ENTSO-E platform is. */
export type MarketDocument = { kind: 'series'; series: MarketSeries[]; problems: Sentence[] } | Unusable

export type Unusable =
  /** The platform knows the question and has no data for it. */
  | { kind: 'noData'; reason: Said }
  /** The platform refuses the question: too long a span, a wrong parameter. */
  | { kind: 'refused'; reason: Said }
  | { kind: 'unreadable'; reason: Said }

const text = z.string().max(2000)
const optional = text.optional()
const interval = z.looseObject({ start: text, end: text })
const period = z.looseObject({
  timeInterval: interval,
  resolution: text,
  Point: z
    .array(z.looseObject({ position: text, 'price.amount': optional, quantity: optional }))
    .max(40_000)
    .default([]),
})
const timeSeries = z.looseObject({
  'in_Domain.mRID': optional,
  'out_Domain.mRID': optional,
  'inBiddingZone_Domain.mRID': optional,
  'outBiddingZone_Domain.mRID': optional,
  'currency_Unit.name': optional,
  'price_Measure_Unit.name': optional,
  'quantity_Measure_Unit.name': optional,
  curveType: optional,
  'contract_MarketAgreement.type': optional,
  'classificationSequence_AttributeInstanceComponent.position': optional,
  MktPSRType: z.looseObject({ psrType: optional }).optional(),
  Period: z.array(period).max(400).default([]),
})
const acknowledgement = z.looseObject({
  Reason: z
    .array(z.looseObject({ code: optional, text: optional }))
    .max(100)
    .default([]),
})
const marketDocument = z.looseObject({ TimeSeries: z.array(timeSeries).max(2000).default([]) })

const LISTS = new Set(['TimeSeries', 'Period', 'Point', 'Reason'])
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  removeNSPrefix: true,
  // Entities are how a small document grows to gigabytes; these documents need none.
  processEntities: false,
  maxNestedTags: 20,
  isArray: (name) => LISTS.has(name),
})

/**
 * Reads a Publication_MarketDocument (prices), a GL_MarketDocument (generation) or an Acknowledgement_MarketDocument (IEC 62325-451). Pure; never throws on
 * what it is given. Periods whose resolution or interval cannot be understood are left out and named in `problems`.
 */
export function readMarketDocument(xml: string): MarketDocument {
  if (xml.length > MAX_CHARACTERS) return unreadable(say('documentTooLarge'))
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return unreadable(say('documentDeclares'))
  let root: Record<string, unknown>
  try {
    const valid = XMLValidator.validate(xml)
    if (valid !== true) return unreadable(say('noXmlFrom', { line: valid.err.line }))
    root = z.record(z.string(), z.unknown()).parse(parser.parse(xml))
  } catch {
    return unreadable(say('noXml'))
  }
  if ('Acknowledgement_MarketDocument' in root) return acknowledged(root['Acknowledgement_MarketDocument'])
  const body = root['Publication_MarketDocument'] ?? root['GL_MarketDocument']
  if (body === undefined) {
    const name = Object.keys(root).at(-1)
    return unreadable(name === undefined ? say('emptyDocument') : say('otherDocument', { name }))
  }
  const parsed = marketDocument.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return unreadable(issue === undefined ? say('field_wrong') : issueAt(issue, body))
  }
  const problems: Sentence[] = []
  const series = parsed.data.TimeSeries.map((one) => seriesOf(one, problems))
  const slots = series.flatMap((one) => one.periods).reduce((sum, one) => sum + slotsOf(one), 0)
  if (slots > MAX_SLOTS) return unreadable(say('periodsTooLong'))
  return { kind: 'series', series, problems }
}

/** How many slots a period has. */
export function slotsOf(period: Pick<MarketPeriod, 'start' | 'end' | 'stepMs'>): number {
  return Math.round((period.end.getTime() - period.start.getTime()) / period.stepMs)
}

function acknowledged(body: unknown): Unusable {
  const parsed = acknowledgement.safeParse(body)
  // In the platform's own words, which are English.
  const reasons = parsed.success ? parsed.data.Reason.map((one) => one.text ?? `code ${one.code ?? '?'}`) : []
  const reason = reasons.join(' ').slice(0, 300)
  if (reason === '') return { kind: 'refused', reason: say('noReasonGiven') }
  return { kind: /no matching data/i.test(reason) ? 'noData' : 'refused', reason }
}

function seriesOf(one: z.output<typeof timeSeries>, problems: Sentence[]): MarketSeries {
  return {
    inDomain: one['in_Domain.mRID'] ?? one['inBiddingZone_Domain.mRID'] ?? null,
    outDomain: one['out_Domain.mRID'] ?? one['outBiddingZone_Domain.mRID'] ?? null,
    currency: one['currency_Unit.name'] ?? null,
    unit: one['price_Measure_Unit.name'] ?? one['quantity_Measure_Unit.name'] ?? null,
    curveType: one.curveType ?? 'A01',
    agreement: one['contract_MarketAgreement.type'] ?? null,
    sequence: Number(one['classificationSequence_AttributeInstanceComponent.position'] ?? 1) || 1,
    psrType: one.MktPSRType?.psrType ?? null,
    periods: one.Period.flatMap((found) => periodOf(found, problems)),
  }
}

function periodOf(found: z.output<typeof period>, problems: Sentence[]): MarketPeriod[] {
  const minutes = MINUTES_OF[found.resolution]
  if (minutes === undefined) {
    problems.push(say('periodSteps', { resolution: found.resolution }))
    return []
  }
  const start = instantOf(found.timeInterval.start)
  const end = instantOf(found.timeInterval.end)
  if (start === null || end === null || end <= start || end.getTime() - start.getTime() > 400 * 86_400_000) {
    problems.push(say('periodSpan', { from: found.timeInterval.start, to: found.timeInterval.end }))
    return []
  }
  const points = found.Point.map((point) => ({
    position: Number(point.position),
    value: point['price.amount'] ?? point.quantity ?? '',
  }))
  return [{ start, end, stepMs: minutes * 60_000, points }]
}

/** `2026-11-22T23:00Z`, in UTC always. */
function instantOf(written: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/.test(written)) return null
  const at = Date.parse(written)
  return Number.isNaN(at) ? null : new Date(at)
}

function unreadable(reason: Sentence): Unusable {
  return { kind: 'unreadable', reason }
}
