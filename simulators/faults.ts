import { z } from 'zod'

const minutes = z.number().positive().max(10_000)
const vehicleId = z.string().min(1)
const stationId = z.string().min(1)

/** Something that goes wrong on request, in simulated minutes. */
export const faultRequest = z.discriminatedUnion('kind', [
  /** The block driven now, or the next one, comes in so much later. */
  z.strictObject({ kind: z.literal('lateBus'), vehicleId, minutes }),
  /** A power module fails: no energy, and the station says so. */
  z.strictObject({ kind: z.literal('deadCharger'), stationId, minutes }),
  /** No network: the station goes on under the profiles it has. */
  z.strictObject({ kind: z.literal('cutLine'), stationId, minutes }),
  /** Nobody brings the cable, or somebody took it out: counted from pull-in when the bus is on the line. */
  z.strictObject({ kind: z.literal('notPluggedIn'), vehicleId, minutes }),
  /** The unit in the bus sends nothing; the bus drives on. */
  z.strictObject({ kind: z.literal('telemetrySilent'), vehicleId, minutes }),
  /** Cells fail, and the battery shows far less than it did. It stays so: `minutes` only says for how long it is listed. */
  z.strictObject({
    kind: z.literal('lowBattery'),
    vehicleId,
    minutes: minutes.default(60),
    socPercent: z.number().min(1).max(100).default(10),
  }),
])

export type FaultRequest = z.output<typeof faultRequest>

export interface Fault {
  faultId: number
  request: FaultRequest
  sinceMs: number
  /** null: counts from the bus's next pull-in. */
  untilMs: number | null
}
