import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import type { SessionPart } from '../../db/reports/session-rows.ts'
import { batterySideWh } from '../../domain/energy/battery-side.ts'
import type { ReportTable } from './files/report-table.ts'
import { fileNameOf } from './table-parts.ts'

/** What an auditor should look at. */
export const SESSION_FLAGS = [
  'open',
  'meterReset',
  'meterBreak',
  'meterUnknown',
  'energyDiffersFromMeter',
  'gapBetweenParts',
  'lowEfficiency',
  'impossibleEfficiency',
  'withoutStart',
  'presumedEnded',
  'withoutPrice',
] as const
export type SessionFlag = (typeof SESSION_FLAGS)[number]

interface SessionFigures {
  startAt: Date
  endAt: Date | null
  meterStartWh: number | null
  meterStopWh: number | null
  energyWh: number | null
  socStartPercent: number | null
  socEndPercent: number | null
  durationSeconds: number | null
  costMicroEur: number | null
  carbonG: number | null
}

/** A charging session with all parts that a reconnect or a card cut it into. */
export interface ReportedSession extends SessionFigures {
  sessionNumber: number
  siteId: string
  stationId: string
  evseId: number
  vehicleId: string | null
  idToken: string | null
  batteryWh: number | null
  efficiency: number | null
  flags: SessionFlag[]
  parts: (SessionFigures & { sessionNumber: number; stopReason: string | null })[]
}

const LOW_EFFICIENCY = 0.85

/** Sessions joined from their parts, in the order of the first parts. Energy is that of the parts; where it is not meter stop less meter start, a flag says why. */
export function joinedSessions(parts: readonly SessionPart[]): ReportedSession[] {
  const groups = Map.groupBy(parts, (part) => part.groupNumber)
  return [...groups.values()].flatMap((group) => {
    const first = group[0]
    const last = group.at(-1)
    return first === undefined || last === undefined ? [] : [joined(group, first, last)]
  })
}

function joined(group: readonly SessionPart[], first: SessionPart, last: SessionPart): ReportedSession {
  const energyWh = knownSum(group.map((part) => part.energyWh))
  const { batteryWh, gridWh } = batterySide(group, first, last)
  const efficiency =
    batteryWh === null || gridWh === null || gridWh <= 0 ? null : Math.round((batteryWh / gridWh) * 10_000) / 10_000
  const whole: SessionFigures = {
    startAt: first.startedAt,
    endAt: group.some((part) => part.endedAt === null) ? null : last.endedAt,
    meterStartWh: first.meterStartWh,
    meterStopWh: last.meterStopWh,
    energyWh,
    socStartPercent: first.socStartPercent,
    socEndPercent: last.socEndPercent,
    durationSeconds: null,
    costMicroEur: knownSum(group.map((part) => part.costMicroEur)),
    carbonG: knownSum(group.map((part) => part.carbonG)),
  }
  return {
    sessionNumber: first.sessionNumber,
    siteId: first.siteId,
    stationId: first.stationId,
    evseId: first.evseId,
    vehicleId: group.find((part) => part.vehicleId !== null)?.vehicleId ?? null,
    idToken: first.idToken,
    ...whole,
    durationSeconds: secondsBetween(whole.startAt, whole.endAt),
    batteryWh,
    efficiency,
    flags: flagsOf(group, whole, efficiency),
    parts: group.map((part) => ({
      sessionNumber: part.sessionNumber,
      startAt: part.startedAt,
      endAt: part.endedAt,
      meterStartWh: part.meterStartWh,
      meterStopWh: part.meterStopWh,
      energyWh: part.energyWh,
      socStartPercent: part.socStartPercent,
      socEndPercent: part.socEndPercent,
      durationSeconds: secondsBetween(part.startedAt, part.endedAt),
      costMicroEur: part.costMicroEur,
      carbonG: part.carbonG,
      stopReason: part.stopReason,
    })),
  }
}

/**
 * What arrived in the battery, and the grid's energy that it is to be compared with. Parts may each be too short to tell by their rise of the state of charge what the
 * whole tells.
 */
function batterySide(
  group: readonly SessionPart[],
  first: SessionPart,
  last: SessionPart,
): { batteryWh: number | null; gridWh: number | null } {
  const measured = group.filter((part) => part.batteryWh !== null && part.energyWh !== null)
  const rest = group.filter((part) => part.batteryWh === null)
  // A part that has not ended, or that nobody counted yet, is waited for.
  const tooShort = rest.every((part) => part.endedAt !== null && part.energyWh !== null && batterySideWh(part) === null)
  if (group.length > 1 && rest.length > 0 && tooShort) {
    const { socStartPercent, usableWh } = first
    const batteryWh = batterySideWh({ socStartPercent, socEndPercent: last.socEndPercent, usableWh })
    if (batteryWh !== null) return { batteryWh, gridWh: knownSum(group.map((part) => part.energyWh)) }
  }
  return {
    batteryWh: knownSum(measured.map((part) => part.batteryWh)),
    gridWh: knownSum(measured.map((part) => part.energyWh)),
  }
}

function flagsOf(group: readonly SessionPart[], whole: SessionFigures, efficiency: number | null): SessionFlag[] {
  const { meterStartWh, meterStopWh, energyWh } = whole
  const byMeter = meterStartWh === null || meterStopWh === null ? null : meterStopWh - meterStartWh
  const gap = group.some((part, i) => {
    const next = group[i + 1]
    return (
      next !== undefined &&
      part.meterStopWh !== null &&
      next.meterStartWh !== null &&
      part.meterStopWh !== next.meterStartWh
    )
  })
  const checks: Record<SessionFlag, boolean> = {
    open: whole.endAt === null,
    meterReset: group.some((part) => part.resets > 0),
    meterBreak: group.some((part) => part.breaks > 0),
    meterUnknown: byMeter === null,
    energyDiffersFromMeter: byMeter !== null && energyWh !== null && byMeter !== energyWh,
    gapBetweenParts: gap,
    lowEfficiency: efficiency !== null && efficiency < LOW_EFFICIENCY,
    impossibleEfficiency: efficiency !== null && efficiency > 1,
    withoutStart: group.some((part) => part.orphan),
    presumedEnded: group.some((part) => part.presumedEnded),
    withoutPrice: group.some((part) => part.uncostedWh > 0),
  }
  return SESSION_FLAGS.filter((flag) => checks[flag])
}

function knownSum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}

function secondsBetween(from: Date, to: Date | null): number | null {
  return to === null ? null : Math.round((to.getTime() - from.getTime()) / 1000)
}

/** Sessions as a table, a row each: energy can be checked against the two meter readings beside it. */
export function sessionTable(
  sessions: readonly ReportedSession[],
  span: { from: Date; to: Date; timeZone: string },
): ReportTable {
  return {
    fileName: fileNameOf('sessions', span),
    title: say('chargingSessions'),
    columns: [
      { key: 'sessionNumber', kind: 'integer' },
      { key: 'startAt', kind: 'instant' },
      { key: 'endAt', kind: 'instant' },
      { key: 'siteId', kind: 'text' },
      { key: 'stationId', kind: 'text' },
      { key: 'evseId', kind: 'integer' },
      { key: 'vehicleId', kind: 'text' },
      { key: 'idToken', kind: 'text' },
      { key: 'meterStartWh', kind: 'energy' },
      { key: 'meterStopWh', kind: 'energy' },
      { key: 'energyWh', kind: 'energy' },
      { key: 'batteryWh', kind: 'energy' },
      { key: 'efficiency', kind: 'ratio' },
      { key: 'socStartPercent', kind: 'number' },
      { key: 'socEndPercent', kind: 'number' },
      { key: 'durationSeconds', kind: 'integer' },
      { key: 'costMicroEur', kind: 'money' },
      { key: 'carbonG', kind: 'carbon' },
      { key: 'parts', kind: 'integer' },
      { key: 'flags', kind: 'text' },
    ],
    rows: sessions.map(({ parts, flags, ...cells }) => ({ ...cells, parts: parts.length, flags: flagsCell(flags) })),
    notes: [say('meterDifference'), say('costWithoutPeak')],
    timeZone: span.timeZone,
  }
}

function flagsCell([first, ...rest]: readonly SessionFlag[]): Sentence | null {
  if (first === undefined) return null
  const own = say(`flag_${first}`)
  const others = flagsCell(rest)
  return others === null ? own : say('flags', { first: own, rest: others })
}
