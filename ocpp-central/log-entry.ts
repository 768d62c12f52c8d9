import type { LoggedFrame } from '../db/message-log.ts'
import type { Frame, MessageId } from './frame.ts'
import { redactFrame } from './redact.ts'

const MESSAGE_TYPE: Partial<Record<Frame['kind'], number>> = { call: 2, result: 3, error: 4 }

/** The message log's line for a frame. */
export function logEntry(
  stationId: string,
  told: {
    direction: 'in' | 'out'
    frame: { kind: Frame['kind']; id?: MessageId; action?: string; code?: string; errorCode?: string | null }
    text: string
    at: Date
  },
): LoggedFrame {
  const { direction, frame, text, at } = told
  return {
    at,
    stationId,
    direction,
    messageType: MESSAGE_TYPE[frame.kind] ?? null,
    messageId: frame.id === undefined ? null : String(frame.id),
    action: frame.action ?? null,
    errorCode: frame.errorCode ?? frame.code ?? null,
    frame: redactFrame(text),
  }
}
