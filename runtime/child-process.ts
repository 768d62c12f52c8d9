import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Log } from '../domain/ports.ts'

const RESTART_AFTER_MS = { first: 1_000, most: 30_000 }
const STOP_WITHIN_MS = 3_000

/**
 * Keeps a script of ours running in a process of its own: one that ends is started again, after ever longer pauses. Its lines go to the log. It is
 * joined to us by an IPC channel and ends at its `disconnect`, so it never outlives us, however we end.
 */
export function keepRunning(script: string, args: readonly string[], log: Log): { stop(): Promise<void> } {
  let child: ChildProcess
  let restart: NodeJS.Timeout | undefined
  let stopping = false
  let pauseMs = RESTART_AFTER_MS.first

  function start(): void {
    const started = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    child = started
    if (started.stdout !== null) createInterface(started.stdout).on('line', (line) => log.info({}, line))
    if (started.stderr !== null) createInterface(started.stderr).on('line', (line) => log.warn({}, line))
    started.once('error', (error) => log.error({ error }, 'the simulators do not start'))
    started.once('close', (code, signal) => {
      if (stopping) return
      log.warn({ code, signal }, 'the simulators ended; starting them again')
      restart = setTimeout(start, pauseMs)
      pauseMs = Math.min(pauseMs * 2, RESTART_AFTER_MS.most)
    })
  }

  start()
  return {
    async stop() {
      stopping = true
      clearTimeout(restart)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'close')
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
      child.kill('SIGTERM')
      await ended
      clearTimeout(force)
    },
  }
}
