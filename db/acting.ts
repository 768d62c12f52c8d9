import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { Database, Db } from './database.ts'

/** Who changes something, as the audit log will name them. */
export interface Actor {
  kind: string
  id: string | null
  name: string | null
  /** What they do: the operation's name. */
  action: string
  requestId: string | null
  address: string | null
  at: Date
}

/**
 * The same database, on which every change is made in the name of whoever `actor` says acts at that moment; null: nobody, and nothing is
 * written down. The name goes into the transaction's setting `zaryad.actor`, where the triggers of migration 0002 find it, so that a change and its line in the
 * audit log stand or fall together. A single statement that changes something gets a transaction of its own.
 */
export function actingOn(db: Db, actor: () => Actor | null): Db {
  return new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new ActingDriver(db, actor),
      createIntrospector: (own) => new PostgresIntrospector(own),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

const CHANGES = /^\s*(insert|update|delete|merge|with|truncate|copy)\b/i

class ActingConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection
  readonly #actor: () => Actor | null
  readonly giveBack: () => void
  inTransaction = false

  constructor(inner: DatabaseConnection, actor: () => Actor | null, giveBack: () => void) {
    this.#inner = inner
    this.#actor = actor
    this.giveBack = giveBack
  }

  run(text: string, parameters: unknown[] = []): Promise<QueryResult<unknown>> {
    return this.#inner.executeQuery(CompiledQuery.raw(text, parameters))
  }

  async nameActor(): Promise<void> {
    const actor = this.#actor()
    if (actor !== null) await this.run(`select set_config('zaryad.actor', $1, true)`, [JSON.stringify(actor)])
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.inTransaction || !CHANGES.test(query.sql) || this.#actor() === null) return this.#inner.executeQuery(query)
    await this.run('begin')
    try {
      await this.nameActor()
      const result = await this.#inner.executeQuery<R>(query)
      await this.run('commit')
      return result
    } catch (error) {
      // A broken connection cannot roll back; what it had not committed is gone with it.
      await this.run('rollback').catch(() => undefined)
      throw error
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery(query, chunkSize)
  }
}

class ActingDriver implements Driver {
  readonly #db: Db
  readonly #actor: () => Actor | null

  constructor(db: Db, actor: () => Actor | null) {
    this.#db = db
    this.#actor = actor
  }

  init(): Promise<void> {
    return Promise.resolve()
  }

  /** Lends a connection of the database that this one stands before, until it is given back. */
  acquireConnection(): Promise<ActingConnection> {
    return new Promise((lent, refused) => {
      this.#db
        .getExecutor()
        .provideConnection(
          (inner) =>
            new Promise<void>((giveBack) => {
              lent(new ActingConnection(inner, this.#actor, giveBack))
            }),
        )
        .catch(refused)
    })
  }

  async beginTransaction(connection: ActingConnection, settings: TransactionSettings): Promise<void> {
    const modes = [
      settings.isolationLevel === undefined ? '' : ` isolation level ${settings.isolationLevel}`,
      settings.accessMode === undefined ? '' : ` ${settings.accessMode}`,
    ].join('')
    await connection.run(`begin${modes}`)
    connection.inTransaction = true
    await connection.nameActor()
  }

  async commitTransaction(connection: ActingConnection): Promise<void> {
    await this.#end(connection, 'commit')
  }

  async rollbackTransaction(connection: ActingConnection): Promise<void> {
    await this.#end(connection, 'rollback')
  }

  async releaseConnection(connection: ActingConnection): Promise<void> {
    connection.giveBack()
  }

  /** The database that this one stands before is not ours to close. */
  async destroy(): Promise<void> {}

  async #end(connection: ActingConnection, how: 'commit' | 'rollback'): Promise<void> {
    connection.inTransaction = false
    await connection.run(how)
  }
}
