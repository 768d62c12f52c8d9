/** What a plan takes for granted of a stay, or cannot do as it was to be, as figures: for pages in any language. */
export type StayAssumption =
  | { kind: 'socNotMeasured'; socPercent: number }
  | { kind: 'learnedCapacity'; capacityWh: number }
  | { kind: 'noWork' }
  | { kind: 'pointOutOfOrder'; pointId: string }
  | { kind: 'otherPoint'; homePointId: string; pointId: string }
  /** It has the point only for a part of its stay: `afterOther` once the one before has left, `untilOther` until the next comes. */
  | { kind: 'partOfStay'; pointId: string; afterOther: boolean; untilOther: boolean }
  | { kind: 'sharedPoint'; pointId: string; firstVehicleId: string; secondVehicleId: string }
  | { kind: 'workBeyondBattery'; workWh: number; usableWh: number }
  | { kind: 'workIntoReserve'; workWh: number; reservePercent: number }
  | { kind: 'wishBeforeArrival' | 'wishAfterNextArrival' }

/** The same in English, for logs and machines. */
export function assumptionText(assumption: StayAssumption): string {
  const kwh = (wh: number): number => Math.round(wh / 1000)
  switch (assumption.kind) {
    case 'socNotMeasured':
      return `state of charge not measured, taken as ${Math.round(assumption.socPercent)} %`
    case 'learnedCapacity':
      return `battery taken to hold ${kwh(assumption.capacityWh)} kWh, as its charging sessions show`
    case 'noWork':
      return 'no work is known for it, so it only needs its reserve'
    case 'pointOutOfOrder':
      return `it stands at ${assumption.pointId}, which is out of order`
    case 'otherPoint':
      return `${assumption.homePointId} is not free, so it charges at ${assumption.pointId}`
    case 'partOfStay': {
      const after = assumption.afterOther ? ' when the one before has left' : ''
      const until = assumption.untilOther ? ' until the next vehicle comes' : ''
      return `it charges at ${assumption.pointId}${after}${until}`
    }
    case 'sharedPoint': {
      const { firstVehicleId: first, secondVehicleId: second, pointId } = assumption
      return `${first} and ${second} share ${pointId}: ${second} can plug in when ${first} has left it`
    }
    case 'workBeyondBattery':
      return `The work takes ${kwh(assumption.workWh)} kWh, but a full battery gives ${kwh(assumption.usableWh)} kWh: the vehicle cannot come home on one charge.`
    case 'workIntoReserve':
      return `The work takes ${kwh(assumption.workWh)} kWh: even a full battery leaves less than the reserve of ${assumption.reservePercent} %.`
    case 'wishBeforeArrival':
      return 'the departure wished for lies before its arrival'
    case 'wishAfterNextArrival':
      return 'the departure wished for lies after its next arrival'
  }
}
