import { retryConflicts, sqlState } from '../db/retry.ts'
import type { Log } from '../domain/ports.ts'
import type { ActionContext } from './action.ts'
import { ACTIONS } from './actions.ts'
import { CallError } from './call-error.ts'
import type { Frame } from './frame.ts'
import { readTolerantly } from './quirks.ts'
import { limitNumbers } from './number-limits.ts'
import type { Turns } from './turns.ts'
import { messageValidators } from './validation.ts'

/** These write through the journal or together with other stations, and wait for nobody. */
const WITHOUT_TURN = new Set(['BootNotification', 'Heartbeat', 'MeterValues'])

/**
 * Checks and handles one CALL. Resolves with the answer's payload, or with the error to answer. Rejects when the data could not be stored for
 * a reason that lies in the database, so that no answer must go out.
 */
export async function answerCall(
  context: ActionContext,
  frame: Extract<Frame, { kind: 'call' }>,
  options: { mayPass(action: string): Promise<boolean>; log: Log; turns: Turns },
): Promise<object | CallError> {
  const { action, payload } = frame
  try {
    const validators = messageValidators(context.protocol, action)
    if (validators === undefined) throw new CallError('NotImplemented', `${context.protocol} has no action ${action}`)
    if (validators.request !== undefined) {
      for (const quirk of readTolerantly(validators.request, action, payload)) context.quirk(quirk)
      for (const quirk of limitNumbers(action, payload)) context.quirk(quirk)
    }
    if (!(await options.mayPass(action))) {
      throw new CallError('SecurityError', 'this station has not been accepted: send BootNotification first')
    }
    const known = ACTIONS[context.protocol].get(action)
    if (known === undefined) throw new CallError('NotSupported', `${action} is not supported here`)
    const handle = () => retryConflicts(() => known.handle(context, payload as never))
    return await (WITHOUT_TURN.has(action) ? handle() : options.turns.inTurn(handle))
  } catch (error) {
    if (error instanceof CallError) return error
    if (!liesInTheMessage(error)) throw error
    options.log.error({ stationId: context.stationId, action, error }, 'message could not be handled')
    return new CallError('InternalError', 'the message could not be handled')
  }
}

/** Whether sending the same message again would fail again: a value that does not fit its column, or a fault of ours. */
export function liesInTheMessage(error: unknown): boolean {
  return /^(22|23)/.test(sqlState(error)) || error instanceof TypeError || error instanceof RangeError
}
