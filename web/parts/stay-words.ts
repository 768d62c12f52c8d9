import type { components } from '../generated/api.d.ts'
import type { Format } from './format.ts'
import { m } from './messages.ts'
import type { Names } from './names.ts'

type Assumption = components['schemas']['StayAssumption']
type ShortReason = NonNullable<components['schemas']['ShortReason']>

/** What is needed to say something of a stay; `now` is epoch ms, seen from which times are told. */
export interface StayTongue {
  names: Names
  format: Format
  now: number
  nodeLabel: (nodeId: string) => string
}

/** What a plan takes for granted of a stay, a part of a sentence each. Plans from before there were figures say it as the server wrote it. */
export function assumptionWords(
  stay: { assumptions: readonly string[]; assumed: readonly Assumption[] | null },
  tongue: StayTongue,
): string[] {
  return stay.assumed === null
    ? stay.assumptions.map((text) => text.replace(/\.$/, ''))
    : stay.assumed.map((one) => wordsOf(one, tongue))
}

function wordsOf(one: Assumption, { names, format }: StayTongue): string {
  const percent = (value: number): string => m.unit_percent({ value: format.percent(value) })
  const kwh = (wh: number): string => m.unit_kwh({ value: format.kwh(wh) })
  switch (one.kind) {
    case 'socNotMeasured':
      return m.stay_soc_not_measured({ percent: percent(one.socPercent) })
    case 'learnedCapacity':
      return m.stay_learned_capacity({ capacity: kwh(one.capacityWh) })
    case 'noWork':
      return m.stay_no_work()
    case 'wishBeforeArrival':
      return m.stay_wish_before_arrival()
    case 'wishAfterNextArrival':
      return m.stay_wish_after_next()
    case 'pointOutOfOrder':
      return m.stay_point_out_of_order({ outlet: outletOf(one.pointId, names) })
    case 'otherPoint':
      return m.stay_other_point({ home: outletOf(one.homePointId, names), outlet: outletOf(one.pointId, names) })
    case 'partOfStay': {
      const outlet = outletOf(one.pointId, names)
      if (one.afterOther && one.untilOther) return m.stay_part_between({ outlet })
      if (one.afterOther) return m.stay_part_after({ outlet })
      return one.untilOther ? m.stay_part_until({ outlet }) : m.stay_part({ outlet })
    }
    case 'sharedPoint':
      return m.stay_shared_point({
        first: names.vehicle(one.firstVehicleId),
        second: names.vehicle(one.secondVehicleId),
        outlet: outletOf(one.pointId, names),
      })
    case 'workBeyondBattery':
      return m.stay_work_beyond_battery({ work: kwh(one.workWh), usable: kwh(one.usableWh) })
    case 'workIntoReserve':
      return m.stay_work_into_reserve({ work: kwh(one.workWh), percent: percent(one.reservePercent) })
  }
}

/** Why a stay ends short and what would mend it, in two sentences; null: it does not. */
export function shortWords(
  stay: { shortCause: string | null; shortRemedy: string | null; shortReason: ShortReason | null },
  tongue: StayTongue,
): string | null {
  if (stay.shortReason !== null) return reasonWords(stay.shortReason, tongue).join(' ')
  return stay.shortCause === null ? null : `${stay.shortCause} ${stay.shortRemedy ?? ''}`.trim()
}

function reasonWords(reason: ShortReason, { names, format, now, nodeLabel }: StayTongue): [string, string] {
  const percent = (value: number): string => m.unit_percent({ value: format.percent(value) })
  const kwh = (wh: number): string => m.unit_kwh({ value: format.kwh(wh) })
  const kw = (watts: number): string => m.unit_kw({ value: format.kw(watts) })
  const time = (at: string): string => format.timeFrom(Date.parse(at), now)
  const minutes = (value: number): string => format.duration(value * 60_000)
  switch (reason.kind) {
    case 'aboveBattery':
      return [
        m.stay_short_above_battery({ need: kwh(reason.needWh), most: kwh(reason.mostWh) }),
        m.stay_short_above_battery_remedy({ missing: kwh(reason.needWh - reason.mostWh) }),
      ]
    case 'notAtCharger':
      return [
        m.stay_short_not_at_charger({ percent: percent(reason.socPercent) }),
        m.stay_plug_in_before({ time: time(reason.plugInBy) }),
      ]
    case 'staysTooShort':
      return [
        m.stay_short_too_short({
          stay: minutes(reason.stayMinutes),
          percent: percent(reason.socPercent),
          power: kw(reason.powerW),
          outlet: outletOf(reason.pointId, names),
        }),
        remedies([
          ...(reason.strongerPointW === null ? [] : [m.stay_remedy_stronger({ power: kw(reason.strongerPointW) })]),
          ...(reason.plugInBy === null ? [] : [m.stay_remedy_plug_in({ time: time(reason.plugInBy) })]),
          ...(reason.leaveLaterMinutes === null
            ? []
            : [m.stay_remedy_leave_later({ time: minutes(reason.leaveLaterMinutes) })]),
          m.stay_remedy_other(),
        ]),
      ]
    case 'nodeFull': {
      const node = nodeLabel(reason.nodeId)
      const limit = kw(reason.limitW)
      return [
        reason.baseLoadW > 0
          ? m.stay_short_node_full_base({ node, limit, base: kw(reason.baseLoadW) })
          : m.stay_short_node_full({ node, limit }),
        remedies([
          m.stay_remedy_more_power({ power: kw(reason.moreW), node }),
          m.stay_remedy_others_less({ energy: kwh(reason.lessWh) }),
        ]),
      ]
    }
    case 'pointShared':
      return [
        m.stay_short_point_shared({ outlet: outletOf(reason.pointId, names) }),
        remedies([m.stay_remedy_other_point({ power: kw(reason.moreW) })]),
      ]
  }
}

const remedies = (all: readonly string[]): string =>
  m.stay_what_would_do({ remedies: all.reduce((first, second) => m.stay_or({ first, second })) })

/** Points of a plan are named `station/evse`. */
function outletOf(pointId: string, names: Names): string {
  const slash = pointId.lastIndexOf('/')
  return slash < 0 ? pointId : names.outlet(pointId.slice(0, slash), Number(pointId.slice(slash + 1)))
}
