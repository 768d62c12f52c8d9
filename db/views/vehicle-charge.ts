import { type Block } from '../../domain/block.ts'
import { assumedTemperature } from '../../domain/energy/consumption.ts'
import { blockRemainingMetres, rangeLeft, type RangeLeft } from '../../domain/energy/range-left.ts'
import { estimateSoc, type SocEstimate } from '../../domain/energy/soc-estimate.ts'
import type { Site, VehicleType } from '../../domain/fleet.ts'

/** What the charge and the range of a vehicle are told from. */
export interface ChargeNow {
  socPercent: number | null
  socAt: Date | null
  delaySeconds: number | null
  /** As the vehicle tells it. */
  outdoorTemperatureC: number | null
  outdoorTemperatureAt: Date | null
  /** null: unknown. */
  pluggedIn: boolean | null
  /** Its last charging session, over or not. */
  lastSession: LastSession | null
}

export interface LastSession {
  startedAt: Date
  /** When it ended, else when its meter last spoke. */
  until: Date | null
  energyWh: number | null
  efficiency: number
}

/** What a bus tells of the weather counts for so long. */
const OUTDOORS_MS = 60 * 60_000

/** The estimate of a vehicle's charge now, and how far it gets. `block` is the one under way. */
export function chargeAndRange(
  vehicle: ChargeNow,
  type: VehicleType,
  site: Pick<Site, 'outdoorTemperatureC' | 'outdoorTemperatureAt' | 'monthlyTemperatureC'>,
  work: { blocks: readonly Block[]; block: Block | null },
  now: Date,
): { estimate: SocEstimate; range: RangeLeft } {
  const temperatureC = outdoors(vehicle, now) ?? assumedTemperature(site, now).celsius
  const { pluggedIn, delaySeconds } = vehicle
  const estimate = estimateSoc(vehicle, type, work.blocks, {
    now,
    pluggedIn,
    temperatureC,
    delaySeconds,
    chargedWh: chargedSince(vehicle.socAt, vehicle.lastSession),
  })
  const remainingM = work.block === null ? null : blockRemainingMetres(work.block, now, delaySeconds)
  return { estimate, range: rangeLeft(estimate, type, temperatureC, remainingM) }
}

function outdoors({ outdoorTemperatureC, outdoorTemperatureAt }: ChargeNow, now: Date): number | null {
  if (outdoorTemperatureAt === null || now.getTime() - outdoorTemperatureAt.getTime() > OUTDOORS_MS) return null
  return outdoorTemperatureC
}

/** Battery-side energy that a session gave after an instant, its meter taken to have run evenly. */
function chargedSince(at: Date | null, session: LastSession | null): number {
  if (at === null || session === null || session.energyWh === null || session.until === null) return 0
  const start = session.startedAt.getTime()
  const end = session.until.getTime()
  const share = end <= start ? 0 : Math.min(1, Math.max(0, (end - Math.max(start, at.getTime())) / (end - start)))
  return session.energyWh * session.efficiency * share
}
