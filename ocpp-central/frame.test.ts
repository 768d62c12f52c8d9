import { describe, expect, test } from 'vitest'
import { CallError, errorCodeOfKeyword, errorCodeWord, type ErrorCode } from './call-error.ts'
import { callFrame, errorFrame, parseFrame, resultFrame, type Frame } from './frame.ts'

/** Message type, id and code of the answer to what is no frame. */
function replyTo(frame: Frame): unknown[] {
  return frame.kind === 'bad' ? (JSON.parse(frame.reply ?? '[]') as unknown[]).slice(0, 3) : []
}

describe('reading', () => {
  test('a CALL, a CALLRESULT and a CALLERROR are told apart', () => {
    expect(parseFrame('ocpp1.6', '[2,"a","Heartbeat",{}]')).toEqual({
      kind: 'call',
      id: 'a',
      action: 'Heartbeat',
      payload: {},
      quirks: [],
    })
    expect(parseFrame('ocpp1.6', '[3,"a",{"status":"Accepted"}]')).toEqual({
      kind: 'result',
      id: 'a',
      payload: { status: 'Accepted' },
    })
    expect(parseFrame('ocpp1.6', '[4,"a","GenericError","why",{"x":1}]')).toEqual({
      kind: 'error',
      id: 'a',
      code: 'GenericError',
      description: 'why',
      details: { x: 1 },
    })
  })

  test.each(['', 'x', '{}', '"text"', 'null', '[]', '["2","a","Heartbeat",{}]', '[2]', '[2,null,"Heartbeat",{}]'])(
    'what is no frame (%s) is answered in 2.0.1 with id -1 and ignored in 1.6',
    (text) => {
      expect(parseFrame('ocpp1.6', text)).toMatchObject({ kind: 'bad', reply: undefined })
      const frame = parseFrame('ocpp2.0.1', text)
      expect(replyTo(frame)).toEqual([4, '-1', 'RpcFrameworkError'])
    },
  )

  test.each(['[2,"a"]', '[2,"a",7,{}]', '[2,"a","",{}]', '[2,"a","Heartbeat","text"]', '[2,"a","Heartbeat",[1]]'])(
    'a CALL that cannot be read but has an id (%s) is answered under that id',
    (text) => {
      const old = parseFrame('ocpp1.6', text)
      expect(replyTo(old)).toEqual([4, 'a', 'FormationViolation'])
      const frame = parseFrame('ocpp2.0.1', text)
      expect(replyTo(frame)).toEqual([4, 'a', 'RpcFrameworkError'])
    },
  )

  test('an unknown message type is ignored in 1.6 and answered in 2.0.1; 2.1 knows two more', () => {
    expect(parseFrame('ocpp1.6', '[9,"a",{}]')).toMatchObject({ kind: 'ignored' })
    const frame = parseFrame('ocpp2.0.1', '[6,"a","NotifyPeriodicEventStream",{}]')
    expect(replyTo(frame)).toEqual([4, 'a', 'MessageTypeNotSupported'])
    expect(parseFrame('ocpp2.1', '[6,"a","NotifyPeriodicEventStream",{}]')).toMatchObject({ kind: 'ignored' })
    expect(parseFrame('ocpp2.1', '[5,"a","InternalError","",{}]')).toMatchObject({ kind: 'ignored' })
  })

  test('a payload left out, null or an empty array is an empty object, and an id may be a number', () => {
    expect(parseFrame('ocpp1.6', '[2,"a","Heartbeat"]')).toMatchObject({ payload: {}, quirks: ['missingPayload'] })
    expect(parseFrame('ocpp1.6', '[2,"a","Heartbeat",null]')).toMatchObject({ quirks: ['missingPayload'] })
    expect(parseFrame('ocpp1.6', '[2,"a","Heartbeat",[]]')).toMatchObject({ payload: {}, quirks: ['arrayPayload'] })
    expect(parseFrame('ocpp1.6', '[2,17,"Heartbeat",{}]')).toMatchObject({ id: 17, quirks: ['numericMessageId'] })
  })

  test('NUL characters are taken out of texts', () => {
    expect(parseFrame('ocpp1.6', '[2,"a","Authorize",{"idTag":"A\\u0000B"}]')).toMatchObject({
      payload: { idTag: 'AB' },
    })
  })
})

describe('writing', () => {
  test('frames are JSON arrays, and the id is echoed as it came', () => {
    expect(callFrame('a', 'Reset', { type: 'Soft' })).toBe('[2,"a","Reset",{"type":"Soft"}]')
    expect(resultFrame('a', {})).toBe('[3,"a",{}]')
    expect(resultFrame(17, {})).toBe('[3,17,{}]')
  })

  test('a long description is cut to 255 characters', () => {
    const [, , , description] = JSON.parse(errorFrame('ocpp1.6', 'a', new CallError('GenericError', 'x'.repeat(300))))
    expect(description).toHaveLength(255)
  })

  const words: [ErrorCode, string, string][] = [
    ['FormatViolation', 'FormationViolation', 'FormatViolation'],
    ['GenericError', 'GenericError', 'GenericError'],
    ['InternalError', 'InternalError', 'InternalError'],
    ['MessageTypeNotSupported', 'GenericError', 'MessageTypeNotSupported'],
    ['NotImplemented', 'NotImplemented', 'NotImplemented'],
    ['NotSupported', 'NotSupported', 'NotSupported'],
    ['OccurrenceConstraintViolation', 'OccurenceConstraintViolation', 'OccurrenceConstraintViolation'],
    ['PropertyConstraintViolation', 'PropertyConstraintViolation', 'PropertyConstraintViolation'],
    ['ProtocolError', 'ProtocolError', 'ProtocolError'],
    ['RpcFrameworkError', 'ProtocolError', 'RpcFrameworkError'],
    ['SecurityError', 'SecurityError', 'SecurityError'],
    ['TypeConstraintViolation', 'TypeConstraintViolation', 'TypeConstraintViolation'],
  ]
  test.each(words)('%s is spelled %s in 1.6 and %s in 2.0.1', (code, of16, of201) => {
    expect(errorCodeWord('ocpp1.6', code)).toBe(of16)
    expect(errorCodeWord('ocpp2.0.1', code)).toBe(of201)
    expect(errorCodeWord('ocpp2.1', code)).toBe(of201)
  })

  test.each([
    ['type', 'TypeConstraintViolation'],
    ['required', 'OccurrenceConstraintViolation'],
    ['minItems', 'OccurrenceConstraintViolation'],
    ['maxItems', 'OccurrenceConstraintViolation'],
    ['enum', 'PropertyConstraintViolation'],
    ['maxLength', 'PropertyConstraintViolation'],
    ['minimum', 'PropertyConstraintViolation'],
    ['multipleOf', 'PropertyConstraintViolation'],
    ['additionalProperties', 'FormatViolation'],
    ['format', 'FormatViolation'],
    ['something new', 'FormatViolation'],
  ])('a payload that breaks %s is a %s', (keyword, code) => {
    expect(errorCodeOfKeyword(keyword)).toBe(code)
  })
})
