import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const BINARY = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto'].find((path) =>
  existsSync(path),
)

/** A Mosquitto of our own that can be switched off and on again; its sessions outlive that. */
export interface Broker {
  url: string
  start(): Promise<void>
  /** At once, as when the power goes. */
  stop(): Promise<void>
  remove(): Promise<void>
}

/** Whether there is a Mosquitto to start here. */
export const hasMosquitto = BINARY !== undefined

/** The one that runs on this machine as a service, where there is none to start. */
const SERVICE_PORT = 1883

/** A Mosquitto on a free port, else the one that runs here; null: there is none. Only one of our own can be stopped. */
export async function findBroker(): Promise<Broker | null> {
  if (BINARY !== undefined) return startBroker()
  if (!(await answers(SERVICE_PORT))) return null
  const refuse = () => Promise.reject(new Error('this broker is not ours'))
  return { url: `mqtt://127.0.0.1:${SERVICE_PORT}`, start: refuse, stop: refuse, remove: () => Promise.resolve() }
}

async function startBroker(): Promise<Broker> {
  if (BINARY === undefined) throw new Error('there is no mosquitto here')
  const binary = BINARY
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'zaryad-mosquitto-'))
  const file = join(folder, 'mosquitto.conf')
  writeFileSync(
    file,
    [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous true',
      'persistence true',
      `persistence_location ${folder}/`,
      'autosave_interval 1',
      'autosave_on_changes true',
      'log_dest none',
      ...(process.getuid?.() === 0 ? ['user root'] : []),
    ].join('\n'),
  )
  let child: ChildProcess | null = null
  const broker: Broker = {
    url: `mqtt://127.0.0.1:${port}`,
    async start() {
      child = spawn(binary, ['-c', file], { stdio: 'ignore' })
      for (let tries = 0; tries < 100; tries += 1) {
        if (await answers(port)) return
        await sleep(50)
      }
      throw new Error('mosquitto does not listen')
    },
    async stop() {
      if (child === null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      child = null
      await gone
    },
    async remove() {
      await broker.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await broker.start()
  return broker
}

/** Whether somebody listens on a port of this machine. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
