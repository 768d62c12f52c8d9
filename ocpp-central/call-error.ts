import type { JsonObject } from '../domain/command.ts'
import type { OcppProtocol } from '../domain/status.ts'

/** Error codes of a CALLERROR, in the words of OCPP-J 2.0.1 §4.3; 1.6 spells some of them differently. */
export type ErrorCode =
  | 'FormatViolation'
  | 'GenericError'
  | 'InternalError'
  | 'MessageTypeNotSupported'
  | 'NotImplemented'
  | 'NotSupported'
  | 'OccurrenceConstraintViolation'
  | 'PropertyConstraintViolation'
  | 'ProtocolError'
  | 'RpcFrameworkError'
  | 'SecurityError'
  | 'TypeConstraintViolation'

/** Thrown by whatever handles a CALL to have it answered with a CALLERROR. */
export class CallError extends Error {
  readonly code: ErrorCode
  readonly details: JsonObject

  constructor(code: ErrorCode, description: string, details: JsonObject = {}) {
    super(description)
    this.name = 'CallError'
    this.code = code
    this.details = details
  }
}

/** OCPP-J 1.6 §4.2.3 has two spellings of its own, which stations compare letter by letter, and lacks the framework's codes. */
const WORDS_OF_16: Partial<Record<ErrorCode, string>> = {
  FormatViolation: 'FormationViolation',
  OccurrenceConstraintViolation: 'OccurenceConstraintViolation',
  RpcFrameworkError: 'ProtocolError',
  MessageTypeNotSupported: 'GenericError',
}

/** The code as the station's version spells it. */
export function errorCodeWord(protocol: OcppProtocol, code: ErrorCode): string {
  return protocol === 'ocpp1.6' ? (WORDS_OF_16[code] ?? code) : code
}

const CODE_OF_KEYWORD: Record<string, ErrorCode> = {
  type: 'TypeConstraintViolation',
  required: 'OccurrenceConstraintViolation',
  minItems: 'OccurrenceConstraintViolation',
  maxItems: 'OccurrenceConstraintViolation',
  additionalProperties: 'FormatViolation',
  format: 'FormatViolation',
  enum: 'PropertyConstraintViolation',
  const: 'PropertyConstraintViolation',
  pattern: 'PropertyConstraintViolation',
  minLength: 'PropertyConstraintViolation',
  maxLength: 'PropertyConstraintViolation',
  minimum: 'PropertyConstraintViolation',
  maximum: 'PropertyConstraintViolation',
  exclusiveMinimum: 'PropertyConstraintViolation',
  exclusiveMaximum: 'PropertyConstraintViolation',
  multipleOf: 'PropertyConstraintViolation',
}

/** The error code for a payload that breaks this JSON Schema keyword. */
export function errorCodeOfKeyword(keyword: string): ErrorCode {
  return CODE_OF_KEYWORD[keyword] ?? 'FormatViolation'
}
