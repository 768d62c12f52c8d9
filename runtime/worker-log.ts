import type { Log } from '../domain/ports.ts'

/** One JSON object a line on the console, which is where Workers' logs are collected. Debug lines stay out. */
export function createWorkerLog(): Log {
  const line = (level: 'info' | 'warn' | 'error') => (fields: object, message: string) =>
    console[level](JSON.stringify({ level, msg: message, ...fields }, errorsAsText))
  return { debug: () => undefined, info: line('info'), warn: line('warn'), error: line('error') }
}

function errorsAsText(_name: string, value: unknown): unknown {
  return value instanceof Error ? { message: value.message, stack: value.stack } : value
}
