import { api, ask } from '../parts/api.ts'
import type { Station, Vehicle } from '../parts/api-types.ts'
import type { Attempt } from '../parts/attempt.ts'
import { bayName } from '../parts/charger-words.ts'
import type { Format } from '../parts/format.ts'
import { m } from '../parts/messages.ts'
import type { Names } from '../parts/names.ts'
import type { Toasts } from '../parts/toasts.svelte.ts'

interface Tools {
  readonly format: Format
  names: Names
  toasts: Toasts
  attempt: Attempt
}

interface Wished {
  needSocPercent?: number | null
  departAt?: string | null
  chargeNow?: { untilSocPercent: number | null } | null
}

interface VehicleChange {
  inService?: boolean
  bayId?: string | null
  at?: { stationId: string; evseId: number } | null
}

/** What a person sets by hand against what was planned or known. Each tells what came of it, and can be undone. */
export function createHandActions({ format, names, toasts, attempt }: Tools) {
  const patchWish = (vehicle: Vehicle, wished: Wished) => {
    const { vehicleId, next } = vehicle
    const departure = next === null ? null : { date: next.date, blockId: next.blockId }
    return ask(
      api.PATCH('/api/v1/vehicles/{vehicleId}/wish', {
        params: { path: { vehicleId } },
        body: { departure, ...wished },
      }),
    )
  }

  /** Wishes for something of the next departure; null takes a wish back. */
  function wish(vehicle: Vehicle, wished: Wished): Promise<boolean> {
    return attempt(patchWish(vehicle, wished), ({ previous }) => {
      const back: Wished = {}
      if (wished.needSocPercent !== undefined) back.needSocPercent = previous?.needSocPercent ?? null
      if (wished.departAt !== undefined) back.departAt = previous?.departAt ?? null
      if (wished.chargeNow !== undefined) back.chargeNow = previous?.chargeNow ?? null
      const undo = (): void => void attempt(patchWish(vehicle, back), () => toasts.say(wishWords(vehicle, back)))
      toasts.say(wishWords(vehicle, wished), { undo })
    })
  }

  function wishWords({ label }: Vehicle, { needSocPercent, departAt, chargeNow }: Wished): string {
    if (chargeNow) return m.depot_did_wish_now({ vehicle: label })
    if (typeof needSocPercent === 'number')
      return m.depot_did_wish_need({ vehicle: label, percent: format.percent(needSocPercent) })
    if (typeof departAt === 'string')
      return m.depot_did_wish_depart({ vehicle: label, time: format.time(Date.parse(departAt)) })
    return m.depot_did_wish_end({ vehicle: label })
  }

  const patchVehicle = ({ vehicleId }: Vehicle, body: VehicleChange) =>
    ask(api.PATCH('/api/v1/vehicles/{vehicleId}', { params: { path: { vehicleId } }, body }))

  /** Says something of a vehicle; `words` tells what is so then, and `before` is what was so until now. */
  const change = (
    vehicle: Vehicle,
    now: VehicleChange,
    before: VehicleChange,
    words: (of: VehicleChange) => string,
  ): Promise<boolean> =>
    attempt(patchVehicle(vehicle, now), () =>
      toasts.say(words(now), {
        undo: () => void attempt(patchVehicle(vehicle, before), () => toasts.say(words(before))),
      }),
    )

  const setInService = (vehicle: Vehicle, inService: boolean): Promise<boolean> =>
    change(vehicle, { inService }, { inService: vehicle.inService }, (of) =>
      of.inService === true
        ? m.depot_did_in_service({ vehicle: vehicle.label })
        : m.depot_did_out_of_service({ vehicle: vehicle.label }),
    )

  /** `bayLabel` gives a bay's label by its id. */
  const setBay = (vehicle: Vehicle, bayId: string | null, bayLabel: (bayId: string) => string): Promise<boolean> => {
    const wordsOf = (id: string | null): string =>
      id === null
        ? m.depot_did_no_bay({ vehicle: vehicle.label })
        : m.depot_did_bay({ vehicle: vehicle.label, bay: bayName(bayLabel(id)) })
    // Put into words now: undo may come when the dialog that knows the bays is gone.
    const words = { now: wordsOf(bayId), before: wordsOf(vehicle.bayId) }
    return change(vehicle, { bayId }, { bayId: vehicle.bayId }, (of) => (of.bayId === bayId ? words.now : words.before))
  }

  const setPlug = (vehicle: Vehicle, at: { stationId: string; evseId: number } | null): Promise<boolean> => {
    const { stationId, evseId } = vehicle
    const before = stationId === null || evseId === null ? null : { stationId, evseId }
    return change(vehicle, { at }, { at: before }, (of) =>
      of.at
        ? m.depot_did_plug({ vehicle: vehicle.label, outlet: names.outlet(of.at.stationId, of.at.evseId) })
        : m.depot_did_no_plug({ vehicle: vehicle.label }),
    )
  }

  const putOrder = (stationId: string, evses: { evseId: number; reason: string | null }[]) =>
    ask(api.PUT('/api/v1/stations/{stationId}/out-of-order', { params: { path: { stationId } }, body: { evses } }))

  /** Takes an outlet out of order, or, without a reason, back. */
  function setOutOfOrder({ stationId }: Station, evseId: number, reason: string | null): Promise<boolean> {
    const outlet = names.outlet(stationId, evseId)
    const words = (why: string | null): string =>
      why === null ? m.depot_did_put_back({ outlet }) : m.depot_did_take_out({ outlet })
    return attempt(putOrder(stationId, [{ evseId, reason }]), ({ previous }) => {
      const before = previous.find((one) => one.evseId === evseId)?.reason ?? null
      toasts.say(words(reason), {
        undo: () => void attempt(putOrder(stationId, previous), () => toasts.say(words(before))),
      })
    })
  }

  return { wish, setInService, setBay, setPlug, setOutOfOrder }
}
