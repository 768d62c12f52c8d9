import type { Heard } from '../db/journal.ts'
import type { LatestReading, MeterSample } from '../db/meter-samples.ts'
import type { ActionContext } from './action.ts'
import { stationTime } from './station-time.ts'

/** A clock that is off by as much as was known, give or take this, tells nothing new. */
const SKEW_STEP_MS = 5000

/** What handling one message brought to light, for the commit that its answer waits for. */
export interface Gathered {
  samples: MeterSample[]
  latest: LatestReading[]
  settle: boolean
  quirks: Record<string, number>
  /** How far the station's clock is off, when that is news. */
  clockSkewMs: number | undefined
}

type Lasting = Omit<ActionContext, 'receivedAt' | 'quirk' | 'time' | 'keep'>

/** The context for one message of a connection, and what it gathers. */
export function callContext(
  connection: Lasting,
  message: { receivedAt: Date; quirks: readonly string[]; skewMs: number | null },
): { context: ActionContext; gathered: Gathered } {
  const { receivedAt, skewMs } = message
  const gathered: Gathered = { samples: [], latest: [], settle: false, quirks: {}, clockSkewMs: undefined }
  const quirk = (name: string): void => void (gathered.quirks[name] = (gathered.quirks[name] ?? 0) + 1)
  for (const name of message.quirks) quirk(name)
  return {
    gathered,
    context: {
      ...connection,
      receivedAt,
      quirk,
      time(written, live = false) {
        const time = stationTime(written, receivedAt)
        if (time.doubt !== null) quirk(time.doubt)
        const offMs = (time.stationAt ?? time.at).getTime() - receivedAt.getTime()
        const isNews = Math.abs(offMs - (skewMs ?? Infinity)) > SKEW_STEP_MS
        if (live && time.doubt !== 'clockUnset' && isNews) gathered.clockSkewMs = offMs
        return time
      },
      keep(data) {
        gathered.samples.push(...data.samples)
        gathered.latest.push(...data.latest)
        gathered.settle ||= data.settle
      },
    },
  }
}

/** The station's sign of life that goes with a message. */
export function heardOf(stationId: string, at: Date, { quirks, clockSkewMs }: Gathered): Heard {
  return {
    stationId,
    at,
    ...(clockSkewMs === undefined ? {} : { clockSkewMs }),
    ...(Object.keys(quirks).length === 0 ? {} : { quirks }),
  }
}
