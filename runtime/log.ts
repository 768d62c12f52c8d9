import { pino } from 'pino'
import type { Log } from '../domain/ports.ts'
import type { Config } from './config.ts'

/** Where the lines go: the process's standard output, or a test's list. */
export interface LogOutput {
  write(text: string): unknown
  isTTY?: boolean
}

/** Lines for a person when `output` is a terminal, one JSON object a line otherwise. Passwords inside addresses never come out. */
export function createLog(level: Config['logLevel'], output: LogOutput = process.stdout): Log {
  const forPeople = output.isTTY === true
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: withoutValues, err: withoutValues },
      redact: { paths: ['password', '*.password', 'authorization', '*.authorization', 'adminKey', '*.adminKey'] },
    },
    { write: (line: string) => output.write(withoutPasswords(forPeople ? humanLine(line) : line)) },
  )
}

/** What may be said of an error. A database's error also carries the statement's values, which may be tokens and frames: those stay out. */
function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name: type, message, stack } = error
  const told: Record<string, unknown> = { type, message, stack }
  for (const name of ['code', 'table', 'constraint', 'routine'] as const) {
    const value = (error as unknown as Record<string, unknown>)[name]
    if (typeof value === 'string' || typeof value === 'number') told[name] = value
  }
  if (error.cause instanceof Error) told['cause'] = withoutValues(error.cause)
  return told
}

/** `postgres://user:secret@host` without the secret. */
export function withoutPasswords(text: string): string {
  return text.replaceAll(/(:\/\/[^:@/\s"]*:)[^/\s"]+@/g, '$1***@')
}

const COLOURS: Record<string, string> = { debug: '\u001B[2m', warn: '\u001B[33m', error: '\u001B[31m' }
const PLAIN = '\u001B[0m'

function humanLine(line: string): string {
  const { time, level, msg, err, error = err, ...fields } = JSON.parse(line) as Record<string, unknown>
  const parts = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  if (isError(error)) parts.push(level === 'error' ? `\n${error.stack}` : error.message)
  const clock = new Date(String(time)).toTimeString().slice(0, 8)
  return `${COLOURS[String(level)] ?? ''}${clock} ${String(msg)}${PLAIN}${parts.length > 0 ? `  ${parts.join(' ')}` : ''}\n`
}

function isError(value: unknown): value is { message: string; stack: string } {
  return typeof value === 'object' && value !== null && 'message' in value && 'stack' in value
}
