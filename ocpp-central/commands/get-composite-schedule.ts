import type { CompositeSchedule } from '../../domain/charging-profile.ts'
import type { CommandOutcome } from '../../domain/command.ts'
import { ask16, ask201, outcomeOf, type CommandedStation } from './ask.ts'
import { compositeSchedule } from './charging-profile.ts'
import type { CommandOf } from './command-of.ts'

/** OCPP 1.6 §5.7, 2.0.1 K08. */
export async function getCompositeSchedule(
  station: CommandedStation,
  { evseId, durationSeconds, rateUnit }: CommandOf<'getCompositeSchedule'>,
): Promise<CommandOutcome> {
  const unit = rateUnit === undefined ? {} : { chargingRateUnit: rateUnit }
  if (station.protocol === 'ocpp1.6') {
    const asked = await ask16(station, 'GetCompositeSchedule', {
      connectorId: evseId,
      duration: durationSeconds,
      ...unit,
    })
    if ('outcome' in asked) return asked.outcome
    const { chargingSchedule, scheduleStart } = asked.response
    if (chargingSchedule === undefined) return outcomeOf(asked)
    const startText = scheduleStart ?? chargingSchedule.startSchedule
    const duration = chargingSchedule.duration ?? durationSeconds
    return withSchedule(
      outcomeOf(asked),
      compositeSchedule(evseId, startText, duration, chargingSchedule, station.now()),
    )
  }
  const asked = await ask201(station, 'GetCompositeSchedule', { evseId, duration: durationSeconds, ...unit })
  if ('outcome' in asked) return asked.outcome
  const { schedule } = asked.response
  if (schedule === undefined) return outcomeOf(asked)
  return withSchedule(
    outcomeOf(asked),
    compositeSchedule(schedule.evseId, schedule.scheduleStart, schedule.duration, schedule, station.now()),
  )
}

function withSchedule(outcome: CommandOutcome, schedule: CompositeSchedule): CommandOutcome {
  return outcome.outcome === 'answered' ? { ...outcome, compositeSchedule: schedule } : outcome
}
