import type { LatestReading, MeterSample } from '../db/meter-samples.ts'
import { followRegister } from '../domain/energy/session-energy.ts'
import type { SessionState } from '../db/sessions.ts'
import type { ActionContext } from './action.ts'
import { byContext, readSamples, type Reading, type SampledValue } from './meter-reading.ts'

export interface MeterValue {
  timestamp: string
  sampledValue: readonly SampledValue[]
}

export interface MeterValuesMessage {
  /** 0: the station's main meter. */
  evseId: number
  connectorId: number | null
  session: SessionState | undefined
  values: readonly MeterValue[]
  /** Stored while offline, or taken at start and stop: says nothing of how the clock stands now. */
  live: boolean
  /** 2.0.1 numbers the messages of a transaction. */
  seqNo?: number
  /** The session ends with this message: what is still waiting to be written of it is written now. */
  settle?: boolean
}

/**
 * Keeps the samples of a message, and the newest values of its session and EVSE. Returns the session as it then stands. Samples after the
 * end of a session belong to it but do not bring it to life again.
 */
export function keepMeterValues(context: ActionContext, message: MeterValuesMessage): SessionState | undefined {
  const { session, connectorId } = message
  const evseId = session !== undefined && session.evseId > 0 ? session.evseId : message.evseId
  const samples: MeterSample[] = []
  for (const { timestamp, sampledValue } of message.values) {
    const time = context.time(timestamp, message.live)
    for (const [name, values] of byContext(sampledValue)) {
      const reading = readSamples(values, context.quirk)
      if (Object.values(reading).every((value) => value === null)) continue
      samples.push({
        stationId: context.stationId,
        evseId,
        connectorId,
        sessionNumber: session?.number ?? null,
        at: time.at,
        stationAt: time.stationAt,
        receivedAt: context.receivedAt,
        context: name,
        ...reading,
      })
    }
  }
  const { next, latest } = bringUpToDate(context, session, evseId, samples, message.seqNo ?? null)
  const numbered =
    next === undefined || message.seqNo === undefined
      ? next
      : { ...next, lastSeqNo: Math.max(next.lastSeqNo ?? message.seqNo, message.seqNo) }
  if (numbered !== undefined) context.sessions.put(numbered)
  const settled = message.settle && latest === undefined && next !== undefined ? nothingNew(context, next) : undefined
  context.keep({
    samples,
    latest: [latest, settled].filter((one) => one !== undefined),
    settle: message.settle === true,
  })
  return numbered
}

function bringUpToDate(
  context: ActionContext,
  session: SessionState | undefined,
  evseId: number,
  samples: readonly MeterSample[],
  seqNo: number | null,
): { next: SessionState | undefined; latest: LatestReading | undefined } {
  const inOrder = samples.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const newest = inOrder.at(-1)
  if (newest === undefined) return { next: session, latest: undefined }
  let next = session
  let powerW: number | null = null
  let socPercent: number | null = null
  for (const sample of inOrder) {
    if (next !== undefined && next.lastSampleAt !== null && sample.at < next.lastSampleAt) continue
    powerW = sample.powerW ?? (next === undefined ? null : powerFromRegister(next, sample)) ?? powerW
    socPercent = sample.socPercent ?? socPercent
    if (next !== undefined) next = follow(next, sample, sample.at)
  }
  return {
    next,
    latest: {
      stationId: context.stationId,
      evseId,
      sessionNumber: session?.number ?? null,
      at: newest.at,
      meterStartWh: next?.meterStartWh ?? null,
      meterLastWh: next?.meterLastWh ?? null,
      energyWh: next?.energyWh ?? null,
      socPercent,
      powerW: session !== undefined && session.endedAt !== null ? null : powerW,
      seqNo,
    },
  }
}

function nothingNew(context: ActionContext, session: SessionState): LatestReading {
  return {
    stationId: context.stationId,
    evseId: session.evseId,
    sessionNumber: session.number,
    at: session.lastSampleAt ?? session.startedAt,
    meterStartWh: null,
    meterLastWh: null,
    energyWh: null,
    socPercent: null,
    powerW: null,
    seqNo: null,
  }
}

function follow(session: SessionState, reading: Reading, at: Date): SessionState {
  if (reading.registerWh === null) return { ...session, lastSampleAt: at }
  const followed = followRegister(
    { startWh: session.meterStartWh, lastWh: session.meterLastWh, energyWh: session.energyWh },
    reading.registerWh,
  )
  return {
    ...session,
    lastSampleAt: at,
    meterStartWh: followed.startWh,
    meterLastWh: followed.lastWh,
    energyWh: followed.energyWh,
  }
}

/** Mean power since the last sample, for stations that report energy only. */
function powerFromRegister(session: SessionState, sample: MeterSample): number | null {
  if (sample.registerWh === null || session.meterLastWh === null || session.lastSampleAt === null) return null
  const seconds = (sample.at.getTime() - session.lastSampleAt.getTime()) / 1000
  const risenWh = sample.registerWh - session.meterLastWh
  // Over less than ten seconds the register's last digit would be most of it.
  if (seconds < 10 || risenWh < 0) return null
  const powerW = Math.round((risenWh * 3600) / seconds)
  return powerW > 20_000_000 ? null : powerW
}
