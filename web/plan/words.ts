import type { components } from '../generated/api.d.ts'
import type { Site } from '../parts/api-types.ts'
import type { Format } from '../parts/format.ts'
import { m } from '../parts/messages.ts'
import type { Change } from './changes.ts'

export type ChargingReason = components['schemas']['ChargingReason']
export type PlanFact = components['schemas']['PlanFact']

/** What is needed to put things into words. */
export interface Tongue {
  format: Format
  now: number
  site: Site | undefined
  vehicleLabel: (vehicleId: string) => string
}

const at = ({ format, now }: Tongue, instant: string): string => format.timeFrom(Date.parse(instant), now)
export const nodeLabel = ({ site }: Tongue, nodeId: string): string =>
  site?.nodes.find((node) => node.nodeId === nodeId)?.label ?? nodeId

/** Why a vehicle at its plug charges or does not, in one sentence. */
export function reasonWords(reason: ChargingReason | null, tongue: Tongue): string {
  if (reason === null) return m.plan_reason_at_no_plug()
  const { format } = tongue
  const price = (micro: number): string => m.unit_eur_per_kwh({ value: format.price(micro) })
  switch (reason.kind) {
    case 'charging':
      return m.plan_reason_charging({ power: m.unit_kw({ value: format.kw(reason.powerW) }) })
    case 'outOfOrder':
      return m.plan_reason_out_of_order({ reason: reason.reason })
    case 'switchedOff':
      return m.plan_reason_switched_off()
    case 'faulted':
      return reason.errorCode === null
        ? m.plan_reason_faulted()
        : m.plan_reason_faulted_code({ code: reason.errorCode })
    case 'stationOffline':
      return reason.since === null
        ? m.plan_reason_offline()
        : m.plan_reason_offline_since({ time: at(tongue, reason.since) })
    case 'noSession':
      return m.plan_reason_no_session()
    case 'notAuthorised':
      return m.plan_reason_not_authorised()
    case 'profileRefused':
      return m.plan_reason_profile_refused({ answer: reason.outcome })
    case 'noPlan':
      return m.plan_reason_no_plan()
    case 'notPlanned':
      return m.plan_reason_not_planned()
    case 'noWork':
      return m.plan_reason_no_work()
    case 'hasNeed':
      return m.plan_reason_has_need({ need: m.unit_percent({ value: format.percent(reason.needSocPercent) }) })
    case 'waitsForPrice':
      return m.plan_reason_waits_price({
        time: at(tongue, reason.untilAt),
        later: price(reason.chargingMicroEurPerKwh),
        before: price(reason.waitingMicroEurPerKwh),
      })
    case 'waitsForRoom':
      return m.plan_reason_waits_room({ time: at(tongue, reason.untilAt), node: nodeLabel(tongue, reason.nodeId) })
    case 'waitsForPeak':
      return m.plan_reason_waits_peak({ time: at(tongue, reason.untilAt) })
    case 'waits':
      return m.plan_reason_waits({ time: at(tongue, reason.untilAt) })
    case 'shouldCharge':
      return m.plan_reason_should_charge({ power: m.unit_kw({ value: format.kw(reason.plannedW) }) })
  }
}

/** What decides the plan, a sentence each; waits are said at the vehicle itself. */
export function factWords(fact: PlanFact, tongue: Tongue): string | null {
  const { format, vehicleLabel } = tongue
  const kw = (watts: number): string => m.unit_kw({ value: format.kw(watts) })
  const percent = (value: number): string => m.unit_percent({ value: format.percent(value) })
  const kwh = (wh: number): string => m.unit_kwh({ value: format.kwh(wh) })
  const spans = (list: readonly { from: string; to: string }[]): string =>
    list.map(({ from, to }) => m.plan_span({ from: at(tongue, from), to: format.time(Date.parse(to)) })).join(', ')
  switch (fact.kind) {
    case 'solverFailed':
      return m.plan_fact_solver_failed()
    case 'departsShort':
      return m.plan_fact_departs_short({
        vehicle: vehicleLabel(fact.vehicleId),
        time: at(tongue, fact.departAt),
        has: percent(fact.socPercent),
        need: percent(fact.needSocPercent),
        short: kwh(fact.shortWh),
      })
    case 'nodeFull': {
      const node = nodeLabel(tongue, fact.nodeId)
      return fact.savesMicroEurPerKw === null
        ? m.plan_fact_node_full_short({ node, times: spans(fact.spans) })
        : m.plan_fact_node_full({ node, times: spans(fact.spans), money: format.money(fact.savesMicroEurPerKw) })
    }
    case 'peakWithin':
      return m.plan_fact_peak_within({ peak: kw(fact.peakW), paid: kw(fact.soFarW) })
    case 'peakRises':
      return m.plan_fact_peak_rises({
        peak: kw(fact.peakW),
        paid: kw(fact.soFarW),
        times: spans(fact.spans),
        money: format.money(fact.costMicroEur),
      })
    case 'baseLoadAboveLimit':
      return m.plan_fact_base_load({ node: nodeLabel(tongue, fact.nodeId), power: kw(fact.worstW) })
    case 'wouldStop':
      return m.plan_fact_would_stop({
        vehicle: vehicleLabel(fact.vehicleId),
        time: at(tongue, fact.at),
        short: kwh(fact.lackingWh),
      })
    case 'belowMinimum':
      return m.plan_fact_below_minimum({
        vehicle: vehicleLabel(fact.vehicleId),
        time: at(tongue, fact.at),
        has: percent(fact.socPercent),
        least: percent(fact.minSocPercent),
      })
    case 'departsAfterEnd':
    case 'taperLowered':
    case 'waits':
      return null
  }
}

/** A change that is thought of, in a few words. */
export function changeWords(change: Change, tongue: Tongue): string {
  const { format, vehicleLabel } = tongue
  switch (change.kind) {
    case 'need':
      return change.needSocPercent === null
        ? m.plan_change_need_back({ vehicle: vehicleLabel(change.vehicleId) })
        : m.plan_change_need({
            vehicle: vehicleLabel(change.vehicleId),
            need: m.unit_percent({ value: format.percent(change.needSocPercent) }),
          })
    case 'departure':
      return change.departAt === null
        ? m.plan_change_departure_back({ vehicle: vehicleLabel(change.vehicleId) })
        : m.plan_change_departure({ vehicle: vehicleLabel(change.vehicleId), time: at(tongue, change.departAt) })
    case 'chargeNow':
      return change.on
        ? m.plan_change_now({ vehicle: vehicleLabel(change.vehicleId) })
        : m.plan_change_now_back({ vehicle: vehicleLabel(change.vehicleId) })
    case 'limit':
      return m.plan_change_limit({
        node: nodeLabel(tongue, change.nodeId),
        power: m.unit_kw({ value: format.kw(change.limitW) }),
      })
    case 'outOfService':
      return m.plan_change_out_of_service({ vehicle: vehicleLabel(change.vehicleId) })
    case 'assign':
      return m.plan_change_assign({ block: change.blockId, vehicle: vehicleLabel(change.vehicleId) })
  }
}
